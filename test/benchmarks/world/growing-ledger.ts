import { createPool, type Database } from '@khamrap/platform/database';
import { Ledger, openPostgresEventStore, type EventStore } from '@khamrap/platform/event-store';
import type { FiscalYear, Position } from '@khamrap/kernel';
import { eventCodec } from '../../../apps/composition/infrastructure';
import { Vault } from '@khamrap/platform/vault';
import { announce, generatedAgreement, monthsOf, registerSource, report, type GeneratedAgreement } from './agreements';
import { PROVINCES } from './provinces';

export const OFFICES_OF_PROVINCE = 12;

const FIRST_YEAR: FiscalYear = 2546;
/** The first year is a pilot in a few provinces; from the second on all of them take part. */
const PILOT_PROVINCE_COUNT = 14;
const AGREEMENTS_AT_ONCE = 128;

/** A fiscal year that is over, and the part of the log that tells of it. */
export interface CompleteYear {
  readonly fiscalYear: FiscalYear;
  readonly provinces: readonly string[];
  readonly firstPosition: Position;
  readonly lastPosition: Position;
}

export interface OpenLedger {
  readonly store: EventStore;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

/** The store and the loop of the service, without HTTP. */
export async function openLedger({ urls }: Database): Promise<OpenLedger> {
  const store = await openPostgresEventStore({
    appendUrl: urls.append,
    readUrl: urls.read,
    origin: 'benchmark.test/log',
    clock: 'system',
  });
  const pool = createPool({ url: urls.append, size: 4, applicationName: 'khamrap vault' });
  const ledger = new Ledger(store, eventCodec(), new Vault(pool));
  const close = async (): Promise<void> => {
    await store.close();
    await pool.end();
  };
  return { store, ledger, close };
}

/**
 * A ledger that grows as one would: year by year; within a year first the agreements of all provinces, then month by month
 * the reports of all of them. What a province does in a year never changes: 12 agreements, 48 indicators, 576 reports.
 */
export class GrowingLedger {
  readonly completeYears: CompleteYear[] = [];
  /** Agreements of the newest year that has any. */
  newestAgreements: readonly GeneratedAgreement[] = [];
  readonly #steps: AsyncGenerator<number>;
  #ledger!: OpenLedger;
  /** LedgerOpened stands at position 0. */
  #eventCount = 1;

  constructor() {
    this.#steps = this.#grow();
  }

  /** Grows until the log holds this many events, or a few more. @returns events a second */
  async growTo(eventCount: number, database: Database): Promise<number> {
    const before = this.#eventCount;
    const begun = performance.now();
    this.#ledger = await openLedger(database);
    try {
      while (this.#eventCount < eventCount) this.#eventCount += (await this.#steps.next()).value as number;
    } finally {
      await this.#ledger.close();
    }
    return (this.#eventCount - before) / ((performance.now() - begun) / 1_000);
  }

  get eventCount(): number {
    return this.#eventCount;
  }

  async *#grow(): AsyncGenerator<number> {
    yield await registerSource(this.#ledger.ledger);
    for (let fiscalYear = FIRST_YEAR; ; fiscalYear++) {
      const firstPosition = this.#eventCount;
      const provinces = fiscalYear === FIRST_YEAR ? PROVINCES.slice(0, PILOT_PROVINCE_COUNT) : PROVINCES;
      const agreements = provinces.flatMap((province) =>
        Array.from({ length: OFFICES_OF_PROVINCE }, (_, office) => generatedAgreement(province, office, fiscalYear)),
      );
      yield* inGroups(agreements, (agreement, index) =>
        announce(this.#ledger.ledger, agreement, index % OFFICES_OF_PROVINCE),
      );
      this.newestAgreements = agreements;
      for (const month of monthsOf(fiscalYear)) {
        yield* inGroups(agreements, (agreement) => report(this.#ledger.ledger, agreement, month));
      }
      this.completeYears.push({ fiscalYear, provinces, firstPosition, lastPosition: this.#eventCount - 1 });
    }
  }
}

/** Does something for many agreements, some at a time; yields how many events each group made. */
export async function* inGroups<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<number>,
): AsyncGenerator<number> {
  for (let begin = 0; begin < items.length; begin += AGREEMENTS_AT_ONCE) {
    const group = items.slice(begin, begin + AGREEMENTS_AT_ONCE);
    const counts = await Promise.all(group.map((item, index) => work(item, begin + index)));
    yield counts.reduce((sum, count) => sum + count, 0);
  }
}
