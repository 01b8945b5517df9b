import type { ProjectionWriter } from '@khamrap/platform/projections';
import type { StandingActual } from './agreement-fold';
import { standingTable } from './standings.tables';

export type IndicatorKey = readonly [agreementId: string, indicatorId: string];

interface StoredActual {
  agreement_id: string;
  indicator_id: string;
  period: string;
  actual: string;
  actual_unit: string;
  actual_as_printed: string | null;
  actual_event_id: string;
  finality: string;
  as_of: string | null;
  evidence_count: number;
}

/** The actuals of the few indicators whose targets change in a batch: those stored before it, and those that it brings. */
export class ActualsOfIndicators {
  private constructor(private readonly byIndicator: Map<string, Map<string, StandingActual>>) {}

  static none(): ActualsOfIndicators {
    return new ActualsOfIndicators(new Map());
  }

  static async read({ client, schema }: ProjectionWriter, keys: readonly IndicatorKey[]): Promise<ActualsOfIndicators> {
    const actuals = new ActualsOfIndicators(
      new Map(keys.map((key) => [key.join('/'), new Map<string, StandingActual>()])),
    );
    if (keys.length === 0) return actuals;
    const { rows } = await client.query<StoredActual>(
      `SELECT agreement_id, indicator_id, period, actual, actual_unit, actual_as_printed, actual_event_id, finality,
              as_of::text, evidence_count
       FROM ${schema}.${standingTable.name}
       WHERE (agreement_id, indicator_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[])) AND actual IS NOT NULL AND present`,
      [keys.map(([agreementId]) => agreementId), keys.map(([, indicatorId]) => indicatorId)],
    );
    for (const row of rows) actuals.add(row.agreement_id, row.indicator_id, storedActual(row));
    return actuals;
  }

  add(agreementId: string, indicatorId: string, actual: StandingActual): void {
    this.byIndicator.get(`${agreementId}/${indicatorId}`)?.set(actual.span, actual);
  }

  of(agreementId: string, indicatorId: string): ReadonlyMap<string, StandingActual> {
    return this.byIndicator.get(`${agreementId}/${indicatorId}`) ?? new Map();
  }
}

function storedActual(row: StoredActual): StandingActual {
  return {
    value: row.actual,
    unit: row.actual_unit,
    span: row.period,
    asPrinted: row.actual_as_printed,
    eventId: row.actual_event_id,
    finality: row.finality,
    asOf: row.as_of,
    evidenceCount: row.evidence_count,
  };
}
