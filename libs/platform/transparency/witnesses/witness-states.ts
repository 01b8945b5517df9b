import { verifierKeyText, type Policy } from '../proof';
import type { WitnessRecord, WitnessRecords } from './witness-records';

/** How it stands with one witness. */
export interface WitnessState {
  /** As the policy calls it. */
  readonly name: string;
  readonly vkey: string;
  /** The checkpoint that it has cosigned last; null when none. */
  readonly cosigned: { readonly origin: string; readonly size: number; readonly at: string } | null;
  /** `cosigning`, `silent` (does not answer as it should), `refusing` (holds another history against the log), `notAsked` (yet, or only by file, and nothing was brought). */
  readonly status: 'cosigning' | 'silent' | 'refusing' | 'notAsked';
}

/** Tells how it stands with the witnesses of the policy, on every instance. */
export class WitnessStates {
  /** @param records over connections of the role that reads */
  constructor(
    private readonly policy: Policy,
    private readonly records: Pick<WitnessRecords, 'all'>,
  ) {}

  get quorum(): string | null {
    return this.policy.quorum;
  }

  async all(): Promise<readonly WitnessState[]> {
    const { witnesses } = this.policy;
    const records = witnesses.length === 0 ? [] : await this.records.all();
    return witnesses.map(({ name, key }) => {
      const vkey = verifierKeyText(key);
      const record = records.find((known) => known.vkey === vkey);
      return { name, vkey, cosigned: cosignedOf(record), status: statusOf(record) };
    });
  }
}

function cosignedOf(record: WitnessRecord | undefined): WitnessState['cosigned'] {
  const { origin, cosignedSize: size, cosignedAt } = record ?? {};
  if (!origin || typeof size !== 'number' || !cosignedAt) return null;
  return { origin, size, at: cosignedAt.toISOString() };
}

function statusOf(record: WitnessRecord | undefined): WitnessState['status'] {
  if (record === undefined) return 'notAsked';
  if (record.refused) return 'refusing';
  return record.trouble === null ? 'cosigning' : 'silent';
}
