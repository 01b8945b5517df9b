import { randomUUID } from 'node:crypto';
import type { FiscalYear } from '@khamrap/kernel';
import { SOURCE_BODY, spanNumber } from '../world/agreements';
import type { HttpRequest } from './connection';

/** Agreements that take reports. */
export interface Reportable {
  readonly agreementId: string;
  readonly indicatorIds: readonly string[];
  readonly fiscalYear: FiscalYear;
}

export interface ActualsOptions {
  readonly agreements: readonly Reportable[];
  /** `one`: always the first of them. `skewed`: the n-th is chosen 1/n times as often as the first (Zipf's law). */
  readonly choice: 'one' | 'skewed';
  /** Number of this run, and how many there are: no two of them report for the same indicator and span. */
  readonly run: number;
  readonly runCount: number;
  readonly token: string;
}

/** Requests that report an actual, each a new command that the rules accept. */
export class Actuals {
  readonly #reportCounts: number[];
  readonly #chances: readonly number[];
  readonly #headers: Readonly<Record<string, string>>;

  constructor(private readonly options: ActualsOptions) {
    this.#reportCounts = options.agreements.map(() => 0);
    this.#headers = { authorization: `Bearer ${options.token}`, 'content-type': 'application/json' };
    let sum = 0;
    const sums = options.agreements.map((_, index) => (sum += 1 / (index + 1)));
    this.#chances = sums.map((each) => each / sum);
  }

  next(): HttpRequest {
    const chosen = this.options.choice === 'one' ? 0 : this.#chooseSkewed();
    const { agreementId, indicatorIds, fiscalYear } = this.options.agreements[chosen] as Reportable;
    const count = this.#reportCounts[chosen] as number;
    this.#reportCounts[chosen] = count + 1;
    const indicatorId = indicatorIds[count % indicatorIds.length];
    const index = Math.floor(count / indicatorIds.length) * this.options.runCount + this.options.run;
    const span = spanNumber(fiscalYear, index);
    const value = `${1_000 + (count % 9_000)}.${10 + (count % 90)}`;
    return {
      method: 'POST',
      path: `/v1/agreements/${agreementId}/indicators/${indicatorId}/actuals`,
      headers: { ...this.#headers, 'idempotency-key': randomUUID() },
      body: JSON.stringify({
        span,
        value,
        unit: 'millionBaht',
        finality: 'provisional',
        asOf: span.to,
        source: SOURCE_BODY,
      }),
    };
  }

  #chooseSkewed(): number {
    const drawn = Math.random();
    let low = 0;
    let high = this.#chances.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#chances[middle] as number) >= drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
