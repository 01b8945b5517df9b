import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { IsoDate } from '@khamrap/kernel';
import { PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { dayOfAnswer, ReadModels, type SightToAsk, type Standpoint } from '@khamrap/platform/projections';
import { isUUID } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { dueOf, type DueStep, type ReportProgress } from '../../domain/due';
import { deadlinesOf } from '../../domain/scheme-facts';
import { cursorOf, provincesOf } from '../standings/standings.handlers';
import type { StandingsFilter } from '../standings/standings.sql';
import { STANDINGS } from '../standings/standings.projection';
import type { DuePage, DueQuery, DueRow } from './due.answer';
import { findOpenRounds, findWaiting, type DueCursor, type OpenRound, type WaitingRow } from './due.query';

export class ListDue extends Query<DuePage> {
  constructor(
    readonly query: DueQuery,
    /** The day in Bangkok. */
    readonly today: IsoDate,
    readonly sight: SightToAsk = PUBLIC_SIGHT,
  ) {
    super();
  }
}

@QueryHandler(ListDue)
export class ListDueHandler implements IQueryHandler<ListDue> {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: Pick<EventStore, 'readLog'>,
  ) {}

  async execute({ query, today, sight }: ListDue): Promise<DuePage> {
    const after = cursorOf<DueCursor>(
      query,
      ['text', 'text', 'text', 'text'],
      ([agreementId, , indicatorId]) => isUUID(agreementId) && isUUID(indicatorId),
    );
    const find = async (manager: EntityManager, at: Standpoint, seen: Sight) => {
      const onDate = query.onDate ?? (await dayOfAnswer(this.store, query, at, today));
      const open = await findOpenRounds(manager, at, onDate, query);
      const { zone } = query;
      const provinces = zone === undefined ? undefined : await provincesOf(manager, at, zone, query);
      const asked: StandingsFilter = query;
      const filter = { ...asked, ...(provinces && { provinces }), effectiveOn: onDate };
      const view = { standpoint: at, sight: seen };
      return { onDate, open, rows: await findWaiting(manager, view, filter, open, after, query.limit) };
    };
    const { standpoint, result } = await this.readModels.read(STANDINGS, query, find, sight);
    const { onDate, open, rows } = result;
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return {
      onDate,
      items: rows
        .slice(0, query.limit)
        .flatMap((row) => dueRows(row, open, onDate, query.office))
        .filter(({ lateSince }) => query.late === undefined || lateSince !== null),
      position: standpoint.position,
      ...(last && { next: [last.agreementId, last.displayOrder, last.indicatorId, last.period] }),
    };
  }
}

interface Office {
  readonly officeId: string | null;
  readonly officeName: string | null;
}

/** What is due of an indicator and a round, keeper by keeper. */
function dueRows(
  row: WaitingRow,
  open: readonly OpenRound[],
  onDay: IsoDate,
  office: string | undefined,
): readonly DueRow[] {
  const opened = open.find(
    ({ schemeId, calendar, round }) =>
      schemeId === row.schemeId &&
      calendar.fiscalYear === row.fiscalYear &&
      calendar.calendarVersion === row.calendarVersion &&
      round.round === row.round,
  );
  if (!opened) return [];
  const reports = (row.reports === null ? {} : JSON.parse(row.reports)) as Record<string, ReportProgress>;
  const keepers = (row.keepers === null ? [{ officeId: null, officeName: null }] : JSON.parse(row.keepers)) as Office[];
  return keepers.flatMap((keeper) => {
    const deadlines = deadlinesOf(opened.calendar, opened.round, keeper.officeId ?? '');
    const due = dueOf(reports[keeper.officeId ?? ''], deadlines, opened.round.graceDays, onDay);
    if (!due) return [];
    const contact = contactOf(row, keeper, due.step);
    if (office !== undefined && keeper.officeId !== office && row.supervisorId !== office) return [];
    return [{ ...headingOf(row), ...keeperOf(keeper), ...due, ...contact }];
  });
}

function headingOf(row: WaitingRow) {
  const { agreementId, agreementTitle, fiscalYear, province, round, period, indicatorId, displayNumber, name } = row;
  return { agreementId, agreementTitle, fiscalYear, province, round, period, indicatorId, displayNumber, name };
}

function keeperOf({ officeId, officeName }: Office): Pick<DueRow, 'keeperOfficeId' | 'keeperOfficeName'> {
  return { keeperOfficeId: officeId, keeperOfficeName: officeName };
}

function contactOf(
  row: WaitingRow,
  keeper: Office,
  step: DueStep,
): Pick<DueRow, 'contactOfficeId' | 'contactOfficeName'> {
  switch (step) {
    case 'report':
    case 'correct':
    case 'keeper':
      return { contactOfficeId: keeper.officeId, contactOfficeName: keeper.officeName };
    case 'supervisor':
      return row.supervisorId === null
        ? { contactOfficeId: row.makerOfficeId, contactOfficeName: row.makerOfficeName }
        : { contactOfficeId: row.supervisorId, contactOfficeName: row.supervisorName };
    case 'performanceUnit':
      return { contactOfficeId: row.receiverOfficeId, contactOfficeName: row.receiverOfficeName };
  }
}
