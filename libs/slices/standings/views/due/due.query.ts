import type { CalendarRound } from '@khamrap/schemes/events';
import type { IsoDate } from '@khamrap/kernel';
import { FULL_SIGHT } from '@khamrap/platform/access';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import type { Calendar } from '../../domain/scheme-facts';
import { withinSight } from '../standings/rows-in-sight';
import { Parameters, standingsStatement, type StandingsFilter, type View } from '../standings/standings.sql';
import { standingTable } from '../standings/standings.tables';

/** Where a page ended: the sort keys of its last indicator and round. */
export type DueCursor = readonly [agreementId: string, displayOrder: string, indicatorId: string, period: string];

/** A round of a calendar that has been opened by a day. */
export interface OpenRound {
  readonly schemeId: string;
  readonly calendar: Calendar;
  readonly round: CalendarRound;
}

/** The rounds of all calendars that have been opened by a day. */
export async function findOpenRounds(
  manager: EntityManager,
  { past, position }: Standpoint,
  onDay: IsoDate,
  { scheme, round }: Pick<StandingsFilter, 'scheme' | 'round'>,
): Promise<readonly OpenRound[]> {
  const rows = await manager.query<{ schemeId: string; calendars: string }[]>(
    past
      ? `SELECT DISTINCT ON (scheme_id) scheme_id AS "schemeId", calendars FROM read_model.standing_scheme_history
         WHERE from_position <= $1 ORDER BY scheme_id, from_position DESC`
      : `SELECT scheme_id AS "schemeId", calendars FROM read_model.standing_scheme`,
    past ? [position] : [],
  );
  return rows
    .filter(({ schemeId }) => scheme === undefined || schemeId === scheme)
    .flatMap(({ schemeId, calendars }) =>
      (JSON.parse(calendars) as Calendar[]).flatMap((calendar) =>
        calendar.rounds
          .filter((each) => each.opensOn <= onDay && (round === undefined || each.round === round))
          .map((each) => ({ schemeId, calendar, round: each })),
      ),
    );
}

/** An indicator and a round of which something is still to be done. */
export interface WaitingRow {
  readonly agreementId: string;
  readonly agreementTitle: string;
  readonly fiscalYear: number;
  readonly province: string | null;
  readonly schemeId: string;
  readonly calendarVersion: number;
  readonly makerOfficeId: string | null;
  readonly makerOfficeName: string | null;
  readonly receiverOfficeId: string | null;
  readonly receiverOfficeName: string | null;
  readonly indicatorId: string;
  readonly displayOrder: string;
  readonly displayNumber: string;
  readonly name: string;
  readonly keepers: string | null;
  readonly supervisorId: string | null;
  readonly supervisorName: string | null;
  readonly round: string;
  readonly period: string;
  readonly reports: string | null;
}

/** `countMax` + 1 rows at the most, in the order of agreement, display number and span. */
export async function findWaiting(
  manager: EntityManager,
  { standpoint, sight }: View,
  { office, ...filter }: StandingsFilter,
  open: readonly OpenRound[],
  after: DueCursor | undefined,
  countMax: number,
): Promise<WaitingRow[]> {
  if (open.length === 0) return [];
  const parameters = new Parameters();
  // What is still to be done is not published: nothing is told of it beyond the sight of whoever asks.
  const statement = standingsStatement({ standpoint, sight: FULL_SIGHT }, filter, parameters, 'JOIN');
  const conditions = [
    ...statement.conditions,
    // A round is closed by its snapshot, and a year that is over waits for nothing.
    `a.status <> 'closed' AND s.score_basis IS DISTINCT FROM 'closed'`,
    `NOT s.is_certified AND s.status <> 'notApplicable'`,
    ...(sight.kind === 'all' ? [] : [withinSight('s', standingTable, sight, parameters)]),
  ];
  if (office !== undefined) {
    const keeper = parameters.add(JSON.stringify([{ officeId: office }]));
    conditions.push(`(i.keepers::jsonb @> ${keeper}::jsonb OR i.supervisor_id = ${parameters.add(office)})`);
  }
  if (after) {
    const keys = after.map((key) => parameters.add(key)).join(', ');
    conditions.push(`(a.agreement_id, i.display_order, i.indicator_id, s.period) > (${keys})`);
  }
  const column = (of: (round: OpenRound) => unknown): string => parameters.add(open.map(of));
  const rounds = `unnest(${column(({ schemeId }) => schemeId)}::text[], ${column(({ calendar }) => calendar.fiscalYear)}::int[],
    ${column(({ calendar }) => calendar.calendarVersion)}::int[], ${column(({ round }) => round.round)}::text[])`;
  return manager.query<WaitingRow[]>(
    `SELECT a.agreement_id AS "agreementId", a.title AS "agreementTitle", a.fiscal_year AS "fiscalYear", a.province,
            a.scheme_id AS "schemeId", a.calendar_version AS "calendarVersion", a.maker_office_id AS "makerOfficeId",
            a.maker_office_name AS "makerOfficeName", a.receiver_office_id AS "receiverOfficeId",
            a.receiver_office_name AS "receiverOfficeName", i.indicator_id AS "indicatorId",
            i.display_order AS "displayOrder", i.display_number AS "displayNumber", i.name, i.keepers,
            i.supervisor_id AS "supervisorId", i.supervisor_name AS "supervisorName", s.round, s.period, s.reports
     FROM ${statement.from}
     JOIN ${rounds} AS open(scheme_id, fiscal_year, calendar_version, round)
       ON open.scheme_id = a.scheme_id AND open.fiscal_year = a.fiscal_year
         AND open.calendar_version = a.calendar_version AND open.round = s.round
     WHERE ${conditions.join(' AND ')}
     ORDER BY a.agreement_id, i.display_order, i.indicator_id, s.period LIMIT ${parameters.add(countMax + 1)}`,
    parameters.values,
  );
}
