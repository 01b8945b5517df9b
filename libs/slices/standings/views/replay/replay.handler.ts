import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Rejection, streamName } from '@khamrap/kernel';
import { noteShown, PUBLIC_SIGHT, type Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, EventCodec, type EventStore } from '@khamrap/platform/event-store';
import { ReadModels, type SightToAsk } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { findRounds, type AgreementRound } from '../standings/agreement-rounds.query';
import { STANDINGS } from '../standings/standings.projection';
import { findAgreementStandings, findStandings } from '../standings/standings.query';
import type { StandingRow } from '../standings/standings.rows';
import type { View } from '../standings/standings.sql';
import { agreementRoundTable, standingTable } from '../standings/standings.tables';
import { readLife } from './recorded-life';
import { numbersOfRound, numbersOfStanding } from './replay-of-rows';
import type { ReplayAnswer, ReplayQuery } from './replay.answer';
import { differs, type ReplayedNumber } from './replayed-number';
import { roundAtClosing } from './round-at-closing';
import { rowsToldInFull, type ToldInFull } from './told-in-full';

/** An agreement has an indicator for each of its lines and a handful of spans: far fewer. */
const ROW_COUNT_MAX = 5_000;

export class ReplayAgreement extends Query<ReplayAnswer> {
  constructor(
    readonly agreementId: string,
    readonly query: ReplayQuery,
    readonly sight: SightToAsk = PUBLIC_SIGHT,
    readonly requester?: Requester,
  ) {
    super();
  }
}

/** What is shown of an agreement to whoever asks, which of it in full. */
interface Shown {
  readonly title: string;
  readonly standings: readonly StandingRow[];
  readonly rounds: readonly AgreementRound[];
  readonly isStandingInFull: ToldInFull;
  readonly isRoundInFull: ToldInFull;
}

/** Works out from the events of the log what standings shows: only what it shows to whoever asks, of what it may know. */
@QueryHandler(ReplayAgreement)
export class ReplayAgreementHandler implements IQueryHandler<ReplayAgreement> {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly codec: EventCodec,
  ) {}

  async execute({ agreementId, query, sight, requester }: ReplayAgreement): Promise<ReplayAnswer> {
    const { standpoint, result } = await this.readModels.read(
      STANDINGS,
      query,
      (manager, standsOn, seen) => shownOf(manager, { standpoint: standsOn, sight: seen }, agreementId),
      sight,
    );
    const { position } = standpoint;
    const life =
      result && (await readLife({ store: this.store, codec: this.codec }, agreementId, position, roundAtClosing));
    if (!life) throw new CommandRejected(new Rejection('replay.agreementUnknown'));
    const numbers: ReplayedNumber[] = [];
    const inFull: ReplayedNumber[] = [];
    for (const row of result.standings.filter((each) => isAskedFor(each, query))) {
      const isInFull = result.isStandingInFull(row.indicatorId, row.period);
      const made = numbersOfStanding(life, row, isInFull);
      numbers.push(...made);
      if (isInFull) inFull.push(...made);
    }
    for (const row of result.rounds.filter((each) => isAskedFor({ ...each, indicatorId: null }, query))) {
      const isInFull = result.isRoundInFull(row.round);
      const made = numbersOfRound(life, row, isInFull);
      numbers.push(...made);
      if (isInFull) inFull.push(...made);
    }
    await note(requester, agreementId, inFull);
    const differing = numbers.filter(differs).length;
    const { publishedBy } = query;
    return {
      agreementId,
      title: result.title,
      position,
      ...(publishedBy !== undefined && { publishedBy }),
      numbers,
      differing,
    };
  }
}

async function shownOf(manager: EntityManager, view: View, agreementId: string): Promise<Shown | undefined> {
  const filter = { agreement: agreementId };
  const [agreement] = await findAgreementStandings(manager, view, filter, undefined, 1);
  if (!agreement) return undefined;
  return {
    title: agreement.title,
    standings: await findStandings(manager, view, filter, undefined, ROW_COUNT_MAX),
    rounds: (await findRounds(manager, view, [agreementId])).get(agreementId) ?? [],
    isStandingInFull: await rowsToldInFull(manager, standingTable, view, agreementId),
    isRoundInFull: await rowsToldInFull(manager, agreementRoundTable, view, agreementId),
  };
}

function isAskedFor(
  row: { readonly indicatorId: string | null; readonly period: string | null; readonly round: string | null },
  { indicator, period, round }: ReplayQuery,
): boolean {
  return (
    (indicator === undefined || row.indicatorId === indicator) &&
    (period === undefined || row.period === period) &&
    (round === undefined || row.round === round)
  );
}

/** What is told in full may rest on events that are not published. */
async function note(requester: Requester | undefined, agreementId: string, numbers: readonly ReplayedNumber[]) {
  if (numbers.length === 0) return;
  const stream = streamName('agreement', agreementId);
  const events = numbers.flatMap(({ inputs, published }) => [...inputs, ...published].map(({ event }) => event));
  const positions = new Set(events.flatMap((event) => (event?.stream === stream ? event.position : [])));
  await noteShown(requester, {
    stream,
    positions: [...positions].toSorted((one, other) => one - other),
    isPrivate: false,
  });
}
