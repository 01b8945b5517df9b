import type { EventStore } from '@khamrap/platform/event-store';
import { parseVerifierKey, policyText, type Policy } from '@khamrap/platform/transparency/proof';
import { originOfEpoch, vkeysInUse, type Annals, type RecordedEpoch, type RecordedKey } from './annals';
import type { LogAnnals } from './log-annals';

/** By what a log is known, as it has recorded it itself. */
export interface DescribedLog {
  /** Of its checkpoints now. */
  readonly origin: string;
  readonly logId: string;
  /** In the order in which they were adopted. */
  readonly keys: readonly RecordedKey[];
  readonly epochs: readonly RecordedEpoch[];
}

/** Tells how the log is to be verified: its keys with their validity, and whom it has witness it. */
export class LogDescription {
  constructor(
    private readonly store: Pick<EventStore, 'identity'>,
    private readonly annals: LogAnnals,
    /** The witnesses and the quorum; log lines in it are passed over. */
    private readonly witnesses: Policy,
  ) {}

  async describe(): Promise<DescribedLog> {
    const annals = await this.annals.read();
    const { logId } = this.store.identity();
    return { origin: this.#originOf(annals), logId, keys: annals.keys, epochs: annals.epochs };
  }

  /** The keys that sign now, and the witnesses with their quorum (c2sp.org/tlog-policy). */
  async policyText(): Promise<string> {
    const logs = vkeysInUse(await this.annals.read()).map(parseVerifierKey);
    return policyText({ ...this.witnesses, logs });
  }

  // The name of the keys that sign. An epoch that the signer has not gone along with has none, and is not told for one.
  #originOf(annals: Annals): string {
    const [vkey] = vkeysInUse(annals).slice(-1);
    return vkey === undefined ? originOfEpoch(this.store.identity().origin, 0) : parseVerifierKey(vkey).name;
  }
}
