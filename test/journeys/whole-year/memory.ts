import type { CommandAnswer } from '../answers';
import { FISCAL_YEAR, SCHEME_ID } from './bodies-of-the-year';
import type { Person } from './persons';

type Read = (person: Person, path: string) => Promise<unknown>;

interface Known {
  readonly position: number;
  readonly recordedAt: string;
  /** What was answered, by who asked for what. */
  readonly answers: readonly { readonly person: Person; readonly path: string; readonly answer: unknown }[];
}

/** Asked beside those about the agreement itself. */
const QUESTIONS_OF_THE_NATION = [
  `/v1/standings/roll-ups?by=province&fiscalYear=${FISCAL_YEAR}&round=12m&`,
  `/v1/standings/league?by=agreement&fiscalYear=${FISCAL_YEAR}&round=9m&scheme=${SCHEME_ID}&`,
  `/v1/standings/due?province=TH-54&fiscalYear=${FISCAL_YEAR}&onDate=2026-04-20&`,
] as const;

/** What was known after each step of a story, and whether the service still tells it as it was. */
export class Memory {
  readonly #known: Known[] = [];
  #agreementId = '';

  constructor(private readonly read: Read) {}

  isAbout(agreementId: string): void {
    this.#agreementId = agreementId;
  }

  /** Asks what is known now that the command is through. */
  async keep({ position, receipt }: CommandAnswer): Promise<void> {
    if (this.#agreementId === '' || position === null || !receipt) return;
    const id = this.#agreementId;
    const asked: readonly (readonly [Person, string])[] = [
      ['head', `/v1/agreements/${id}?`],
      // An outsider to what is private in it.
      ['inspector', `/v1/agreements/${id}?`],
      ['dashboard', `/v1/standings?agreement=${id}&`],
      ['dashboard', `/v1/agreements?agreement=${id}&`],
      ...QUESTIONS_OF_THE_NATION.map((path) => ['dashboard', path] as const),
    ];
    const answers: { person: Person; path: string; answer: unknown }[] = [];
    for (const [person, path] of asked) {
      answers.push({ person, path, answer: await this.read(person, `${path}minPosition=${position}`) });
    }
    this.#known.push({ position, recordedAt: receipt.recordedAt as string, answers });
  }

  get stepCount(): number {
    return this.#known.length;
  }

  /** Every step again, by its position: the very same answers. */
  async expectSameByPosition(): Promise<void> {
    for (const { position, answers } of this.#known) {
      for (const { person, path, answer } of answers) {
        const again = await this.read(person, `${path}asOfPosition=${position}`);
        expect({ path, position, answer: again }).toEqual({ path, position, answer });
      }
    }
  }

  /** Every so many steps again, by the moment at which they were recorded. */
  async expectSameByMoment(every: number): Promise<void> {
    for (const { recordedAt } of this.#known.filter((_known, index) => index % every === 0)) {
      // Of two in the same millisecond the later one counts.
      const last = this.#known.findLast((known) => known.recordedAt === recordedAt);
      for (const { person, path, answer } of last?.answers ?? []) {
        const again = await this.read(person, `${path}asOf=${encodeURIComponent(recordedAt)}`);
        expect({ path, recordedAt, answer: again }).toEqual({ path, recordedAt, answer });
      }
    }
  }
}
