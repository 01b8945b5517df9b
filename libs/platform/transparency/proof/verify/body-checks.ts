import { parseLeaf, type Leaf } from '../leaf';
import type { Disclosure } from '../disclosure';
import { Malformed } from '../malformed';
import type { Digest } from '../merkle';
import { entriesOf } from '../tiles';
import { disclosuresIn, openLeaf, type OpenedBody } from './disclosed';
import type { Findings } from './finding';
import type { ReadBundle } from './log-walk';

/** Holds disclosed bodies against their leaves, and counts them. */
export class BodyChecks {
  #bodyCount = 0;
  #privateCount = 0;
  #isSimulated = false;

  constructor(
    private readonly findings: Findings,
    private readonly digest: Digest,
  ) {}

  /** Whether the log says that its clock is a simulated one. */
  get isSimulated(): boolean {
    return this.#isSimulated;
  }

  /** @returns the body, when it is what was recorded */
  check(leaf: Leaf, disclosure: Disclosure): OpenedBody | undefined {
    const { body, privateCount, findings } = openLeaf(leaf, disclosure, this.digest);
    this.findings.addAll(findings);
    this.#privateCount += privateCount;
    if (!body) return undefined;
    this.#bodyCount++;
    if (body.type === 'LedgerOpened' && body.data['clock'] === 'simulated') this.#isSimulated = true;
    return body;
  }

  /** The disclosures that go with a bundle of entries. */
  checkBundle({ first, bytes, companion }: ReadBundle, size: number): void {
    if (!companion) return;
    const subject = `disclosures/${first / 256}.ndjson`;
    const entries = entriesOf(bytes);
    try {
      let last = first - 1;
      for (const disclosure of disclosuresIn(companion)) {
        const { position } = disclosure;
        const entry = entries[position - first];
        if (!entry || position >= size || position <= last)
          throw new Malformed('a disclosure that does not belong here');
        last = position;
        const leaf = leafOf(entry);
        if (leaf) this.check(leaf, disclosure);
      }
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.findings.add('disclosureMalformed', { subject, position: first });
    }
  }

  /** Says what was looked at. @param eventCount of how many events */
  tell(eventCount: number): void {
    if (this.#bodyCount > 0) this.findings.add('bodiesChecked', { subject: String(this.#bodyCount) });
    if (this.#privateCount > 0) this.findings.add('privateValuesChecked', { subject: String(this.#privateCount) });
    if (this.#bodyCount < eventCount)
      this.findings.add('bodiesUndisclosed', { subject: String(eventCount - this.#bodyCount) });
    if (this.#isSimulated) this.findings.add('clockSimulated');
  }
}

/** What is no leaf was found before. */
function leafOf(entry: Uint8Array): Leaf | undefined {
  try {
    return parseLeaf(entry);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
