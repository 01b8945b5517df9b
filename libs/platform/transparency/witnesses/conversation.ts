import { verifierKeyText, type Witness } from '../proof';
import type { SignedCheckpoint } from '../checkpoints';
import type { WitnessRecord } from './witness-records';

/** A witness is asked again although nothing has changed, so that everybody can see that nothing has. */
const HEARTBEAT_MS = 10 * 60_000;
const BACK_OFF_MS_MIN = 1_000;
const BACK_OFF_MS_MAX = 60_000;

/** What the log and one witness have come to. */
export class Conversation {
  #record: WitnessRecord;
  #backOffMs = 0;
  #notBefore = 0;
  /** Of the last cosignature; after a start it is asked at once. */
  #cosignedAtMs = -Infinity;
  /** While it is being asked. */
  busy = false;

  constructor(
    readonly witness: Witness,
    known: readonly WitnessRecord[],
  ) {
    const vkey = verifierKeyText(witness.key);
    this.#record = known.find((record) => record.vkey === vkey) ?? {
      vkey,
      origin: null,
      cosignedSize: null,
      cosignedAt: null,
      refused: false,
      trouble: null,
    };
  }

  get record(): WitnessRecord {
    return this.#record;
  }

  /** Size of what it has cosigned last, as far as the log knows; 0 of another origin. */
  knownSize(origin: string): number {
    return this.#record.origin === origin ? (this.#record.cosignedSize ?? 0) : 0;
  }

  /** Whether it is to be asked now. @param nowMs of any clock that only goes forward */
  isDue({ origin, size }: SignedCheckpoint, nowMs: number): boolean {
    if (this.busy || nowMs < this.#notBefore) return false;
    if (this.#record.trouble !== null || this.#record.origin !== origin) return true;
    return this.#record.cosignedSize !== size || nowMs - this.#cosignedAtMs >= HEARTBEAT_MS;
  }

  cosigned({ origin, size }: SignedCheckpoint, timeSeconds: number, nowMs: number): void {
    this.#record = {
      ...this.#record,
      origin,
      cosignedSize: size,
      cosignedAt: new Date(timeSeconds * 1_000),
      refused: false,
      trouble: null,
    };
    this.#cosignedAtMs = nowMs;
    this.#backOffMs = 0;
  }

  /** It has not cosigned. @returns whether that is news */
  failed(trouble: string, nowMs: number, refused = false): boolean {
    const isNews = this.#record.trouble !== trouble || (refused && !this.#record.refused);
    this.#record = { ...this.#record, refused: refused || this.#record.refused, trouble };
    this.#backOffMs = Math.min(Math.max(2 * this.#backOffMs, BACK_OFF_MS_MIN), BACK_OFF_MS_MAX);
    this.#notBefore = nowMs + (refused ? BACK_OFF_MS_MAX : this.#backOffMs);
    return isNews;
  }
}
