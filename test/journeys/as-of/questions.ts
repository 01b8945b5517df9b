import { isoDate } from '@khamrap/kernel';
import { sightOf, type Requester } from '@khamrap/platform/access';
import type { EventStore, Ledger } from '@khamrap/platform/event-store';
import type { Freshness, ReadModels } from '@khamrap/platform/projections';
import type { Vault } from '@khamrap/platform/vault';
import { ReadAgreement, ReadAgreementHandler } from '../../../libs/slices/agreements/views/agreement/agreement.query';
import { ReadAward, ReadAwardHandler } from '../../../libs/slices/awards/views/award/award.query';
import {
  ListAwards,
  ListAwardsHandler,
  TallyAwards,
  TallyAwardsHandler,
} from '../../../libs/slices/awards/views/awards/awards.handlers';
import { ReadGoalSet, ReadGoalSetHandler } from '../../../libs/slices/goals/views/goal-set/goal-set.query';
import { ListGoalSets, ListGoalSetsHandler } from '../../../libs/slices/goals/views/goal-sets/goal-sets.query';
import { ScopeFacts } from '../../../libs/slices/offices/commands/scope-facts';
import { ReadOffice, ReadOfficeHandler } from '../../../libs/slices/offices/views/office/office.query';
import { ListOffices, ListOfficesHandler } from '../../../libs/slices/offices/views/offices/offices.query';
import { ListProvinces, ListProvincesHandler } from '../../../libs/slices/offices/views/provinces/provinces.query';
import {
  ListRoleGrants,
  ListRoleGrantsHandler,
} from '../../../libs/slices/offices/views/role-grants/role-grants.query';
import { ListZones, ListZonesHandler } from '../../../libs/slices/offices/views/zones/zones.query';
import { ReadScheme, ReadSchemeHandler } from '../../../libs/slices/schemes/views/scheme/scheme.query';
import { ListSchemes, ListSchemesHandler } from '../../../libs/slices/schemes/views/schemes/schemes.query';
import {
  ListSourceDocuments,
  ListSourceDocumentsHandler,
  ListSourceFacts,
  ListSourceFactsHandler,
} from '../../../libs/slices/sources/views/sources/sources.query';
import { ListDue, ListDueHandler } from '../../../libs/slices/standings/views/due/due.handler';
import { ListLeague, ListLeagueHandler } from '../../../libs/slices/standings/views/league/league.handler';
import { ROLL_UPS_BY } from '../../../libs/slices/standings/views/roll-ups/roll-ups.answer';
import { ListRollUps, ListRollUpsHandler } from '../../../libs/slices/standings/views/roll-ups/roll-ups.handler';
import {
  ListAgreements,
  ListAgreementsHandler,
  ListStandings,
  ListStandingsHandler,
} from '../../../libs/slices/standings/views/standings/standings.handlers';
import { ZONE, type History } from './histories';

/** A read of the product: one route, or one use of it. */
export interface Question {
  readonly name: string;
  /** Whether it can be asked what the public could know. */
  readonly isOfPublic: boolean;
  /** Whether the answer is the same for everybody who asks. */
  readonly isAlike: boolean;
  ask(times: Freshness, reader: Requester | undefined): Promise<unknown>;
}

/** The machinery of one process. */
export interface Machinery {
  readonly readModels: ReadModels;
  readonly store: EventStore;
  readonly ledger: Ledger;
}

/** The day in Bangkok on which all of a history is recorded. */
const TODAY = isoDate('2021-10-01');
const FISCAL_YEAR = 2570;

type Ask = Question['ask'];
/** Told to everybody alike. */
const open = (name: string, ask: Ask): Question => ({ name, isOfPublic: true, isAlike: true, ask });
/** Told to everybody as it is published, and more of it to some. */
const published = (name: string, ask: Ask): Question => ({ name, isOfPublic: true, isAlike: false, ask });
/** Never told to the public, or not by when it was published. */
const inside = (name: string, ask: Ask): Question => ({ name, isOfPublic: false, isAlike: false, ask });

/** Every read, about a history. */
export function questionsAbout(history: History, machinery: Machinery): readonly Question[] {
  return [...ofStandings(history, machinery), ...ofLists(history, machinery), ...ofStreams(history, machinery)];
}

function ofStandings({ signed, announced, scheme }: History, { readModels, store }: Machinery): readonly Question[] {
  const page = { limit: 1_000 };
  const seen = (reader: Requester | undefined) => sightOf(reader, 'standings.read');
  const standings = new ListStandingsHandler(readModels);
  const agreements = new ListAgreementsHandler(readModels);
  const rollUps = new ListRollUpsHandler(readModels);
  const league = new ListLeagueHandler(readModels);
  const due = new ListDueHandler(readModels, store);
  const narrowed = [
    ['one that is signed', { agreement: signed }],
    ['one that was announced', { agreement: announced }],
  ] as const;
  return [
    ...narrowed.flatMap(([what, filter]) => [
      published(`standings, ${what}`, (times, reader) =>
        standings.execute(new ListStandings({ ...page, ...filter, ...times }, seen(reader))),
      ),
      published(`agreements, ${what}`, (times, reader) =>
        agreements.execute(new ListAgreements({ ...page, ...filter, ...times }, seen(reader))),
      ),
    ]),
    inside('standings, on a day', (times, reader) =>
      standings.execute(
        new ListStandings({ ...page, agreement: signed, effectiveOn: isoDate('2027-04-20'), ...times }, seen(reader)),
      ),
    ),
    ...ROLL_UPS_BY.map((by) =>
      published(`roll-ups by ${by}`, (times, reader) =>
        rollUps.execute(
          new ListRollUps({ by, fiscalYear: FISCAL_YEAR, province: 'TH-54', round: '6m', ...times }, seen(reader)),
        ),
      ),
    ),
    ...(['province', 'agreement'] as const).map((by) =>
      open(`league by ${by}`, (times) =>
        league.execute(new ListLeague({ ...page, by, scheme, fiscalYear: FISCAL_YEAR, round: '6m', ...times })),
      ),
    ),
    inside('due', (times, reader) =>
      due.execute(
        new ListDue(
          { ...page, province: 'TH-54', scheme, onDate: isoDate('2027-04-20'), ...times },
          TODAY,
          seen(reader),
        ),
      ),
    ),
  ];
}

function ofLists({ document }: History, { readModels, store }: Machinery): readonly Question[] {
  const page = { limit: 1_000 };
  const effectiveOn = isoDate('2027-02-15');
  const awards = new ListAwardsHandler(readModels);
  const tallies = new TallyAwardsHandler(readModels);
  const offices = new ListOfficesHandler(readModels, store);
  const zones = new ListZonesHandler(readModels, store);
  const roleGrants = new ListRoleGrantsHandler(readModels, store);
  const documents = new ListSourceDocumentsHandler(readModels);
  return [
    open('awards', (times) => awards.execute(new ListAwards({ ...page, ...times }))),
    ...(['category', 'grantor'] as const).map((by) =>
      open(`tallies by ${by}`, (times) => tallies.execute(new TallyAwards({ ...page, by, ...times }))),
    ),
    open('offices', (times) => offices.execute(new ListOffices({ ...page, effectiveOn, zone: ZONE, ...times }, TODAY))),
    open('zones', (times) => zones.execute(new ListZones({ ...page, effectiveOn, ...times }, TODAY))),
    open('provinces', (times) =>
      new ListProvincesHandler(readModels).execute(new ListProvinces({ ...page, ...times })),
    ),
    ...[undefined, effectiveOn].map((day) =>
      inside(`role-grants on ${day ?? 'any day'}`, async (times, reader) =>
        reader === undefined
          ? undefined
          : roleGrants.execute(
              new ListRoleGrants({ ...page, ...(day && { effectiveOn: day }), ...times }, TODAY, reader),
            ),
      ),
    ),
    open('goal-sets', (times) => new ListGoalSetsHandler(readModels).execute(new ListGoalSets({ ...page, ...times }))),
    open('schemes', (times) => new ListSchemesHandler(readModels).execute(new ListSchemes({ ...page, ...times }))),
    open('source-documents', (times) => documents.execute(new ListSourceDocuments({ ...page, ...times }))),
    published('facts of a document', (times, reader) =>
      new ListSourceFactsHandler(readModels, { grantsOf: () => [...(reader?.grants ?? [])] }).execute(
        new ListSourceFacts(document, { ...page, ...times }, reader),
      ),
    ),
  ];
}

function ofStreams(history: History, { store, ledger }: Machinery): readonly Question[] {
  const { signed, announced, award, goalSet, scheme, office } = history;
  // Nothing in a history is private, so no value is to be put back.
  const vault = { valuesOf: () => Promise.resolve(new Map<string, string>()) } as unknown as Vault;
  const agreements = new ReadAgreementHandler(ledger, store, vault);
  const offices = new ReadOfficeHandler(
    ledger,
    store,
    new ScopeFacts(ledger, { officesBelow: () => Promise.resolve(new Map()) }),
  );
  const effectiveOn = isoDate('2027-02-15');
  return [
    ...[signed, announced].map((id) =>
      published(`agreement ${id}`, (times, reader) => agreements.execute(new ReadAgreement(id, times, reader))),
    ),
    open('award', (times) => new ReadAwardHandler(ledger, store).execute(new ReadAward(award, times))),
    open('goal set', (times) => new ReadGoalSetHandler(ledger, store).execute(new ReadGoalSet(goalSet, times))),
    open('scheme', (times) => new ReadSchemeHandler(ledger, store).execute(new ReadScheme(scheme, times))),
    published('office', (times, reader) =>
      offices.execute(new ReadOffice(office, { effectiveOn, ...times }, TODAY, reader)),
    ),
  ];
}
