import type { BothLanguages, Json } from '@khamrap/kernel';
import type { Subject } from './vault';

/** Port: one kind of records that the service keeps about people, told to them when they ask for it. */
export interface SubjectRecord {
  /** Its name in the document, such as `sessions`. */
  readonly name: string;
  readonly title: BothLanguages;
  /** What it is kept for, and for how long. */
  readonly explanation: BothLanguages;
  /** @param identity absent where it was erased */
  recordsOf(pseudonym: string, identity: Subject | undefined): Promise<Json>;
}

/** The kinds of records that capabilities register; each tells of its own, so nothing is left out by forgetting it elsewhere. */
export class SubjectRecords {
  readonly #kinds = new Map<string, SubjectRecord>();

  /** @throws Error when there is one of that name already */
  register(kind: SubjectRecord): void {
    if (this.#kinds.has(kind.name)) throw new Error(`records of the name ${kind.name} are registered twice`);
    this.#kinds.set(kind.name, kind);
  }

  /** Every kind, in the order of names. */
  get kinds(): readonly SubjectRecord[] {
    return [...this.#kinds.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}
