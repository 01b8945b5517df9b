import type { AgreementDrafted } from '@khamrap/agreements/events';
import type { AwardEvent } from '@khamrap/awards/events';
import type { InspectionEvent } from '@khamrap/inspections/events';
import { streamName, type Position } from '@khamrap/kernel';
import type { ZoneEvent, ZoneProvincesSet } from '@khamrap/offices/events';
import type { DecodedEvent, EventCodec, EventStore } from '@khamrap/platform/event-store';
import { eventsBefore } from '@khamrap/platform/projections';
import type { ProjectionDefinition, ProjectionFold, ProjectionWriter, RowChange } from '@khamrap/platform/projections';
import { LRUCache } from 'lru-cache';
import { findInAgreement, raisedOf, touchedByAgreement } from '../../domain/detection/find';
import { findInAward } from '../../domain/detection/find-in-rounds';
import { watchOfAward } from '../../domain/detection/finding';
import {
  beginMemory,
  REMEMBERED_EVENTS,
  sizeOf,
  type AgreementMemory,
  type RememberedEvent,
  type ToldEvent,
} from '../../domain/detection/memory';
import { NO_OFFICE, OFFICE_EVENTS, touchedByOffice, type HeardOfficeEvent } from '../../domain/detection/office-memory';
import {
  findInScheme,
  NO_SCHEME,
  SCHEME_EVENTS,
  touchedByScheme,
  type HeardSchemeEvent,
} from '../../domain/detection/scheme-memory';
import { takeIn } from '../../domain/detection/take-in';
import type { QuestionEvent } from '../../domain/question.events';
import type { QuestionRulesPublished } from '../../domain/rules/question-rules.events';
import { RULES_OF_PROGRAM, rulesOf, type RulesInForce } from '../../domain/rules/rules-in-force';
import { awardOnRound, Neighbours } from './neighbours';
import { toldOf } from './question-row';
import { QuestionChanges } from './question-changes';
import { createTables, rulesTable, TABLES, zoneTable } from './questions.tables';
import { officeShelf, schemeShelf, type OfficeShelf, type SchemeShelf } from './shelves';

export const QUESTIONS = 'questions';
/** The one row of the rules in force. */
export const RULES_ID = 'current';

const AWARD_EVENTS = [
  'AwardGranted',
  'AwardCorrected',
  'AwardRevoked',
] as const satisfies readonly AwardEvent['type'][];
const INSPECTION_EVENTS = [
  'InspectionRoundOpened',
  'InspectionRoundRevised',
  'InspectionRoundClosed',
  'InspectionRoundReopened',
] as const satisfies readonly InspectionEvent['type'][];
const ZONE_EVENTS = ['ZoneProvincesSet'] as const satisfies readonly ZoneEvent['type'][];
const LIFE_EVENTS = [
  'QuestionOpened',
  'QuestionExplained',
  'QuestionExplanationReturned',
  'QuestionExplanationAccepted',
  'QuestionReopened',
] as const satisfies readonly QuestionEvent['type'][];
const REMEMBERED: ReadonlySet<string> = new Set(REMEMBERED_EVENTS);
const REMEMBERED_COUNT_MAX = 100_000;

/**
 * The read model behind every question: what the rules in force at each position raise, and how far the questions have come.
 * @param rememberedCountMax indicators, targets and figures at the most that the fold keeps in memory
 */
export function questionsProjection(
  store: EventStore,
  codec: EventCodec,
  rememberedCountMax: number = REMEMBERED_COUNT_MAX,
): ProjectionDefinition {
  return {
    name: QUESTIONS,
    version: 1,
    eventTypes: [
      ...REMEMBERED_EVENTS,
      ...SCHEME_EVENTS,
      ...OFFICE_EVENTS,
      ...AWARD_EVENTS,
      ...INSPECTION_EVENTS,
      ...ZONE_EVENTS,
      ...LIFE_EVENTS,
      'QuestionRulesPublished',
    ],
    tables: TABLES,
    createTables,
    begin: () => new QuestionsFold(store, codec, rememberedCountMax),
  };
}

class QuestionsFold implements ProjectionFold {
  readonly #agreements: LRUCache<string, AgreementMemory>;
  readonly #schemes: SchemeShelf;
  readonly #offices: OfficeShelf;
  readonly #neighbours = new Neighbours();
  #rules: RulesInForce | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    rememberedCountMax: number,
  ) {
    this.#schemes = schemeShelf(store, codec);
    this.#offices = officeShelf(store, codec);
    this.#agreements = new LRUCache({
      maxSize: rememberedCountMax,
      sizeCalculation: (memory) => Math.min(sizeOf(memory), rememberedCountMax),
    });
  }

  async project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
    this.#rules ??= await rulesBefore(writer);
    await this.#neighbours.prepare(batch, writer);
    const agreements = await this.#agreementsOf(batch);
    const changes = new QuestionChanges();
    const [rules, zones]: [RowChange[], RowChange[]] = [[], []];
    for (const event of batch) {
      const told = toldOf(event);
      switch (event.stream.slice(0, event.stream.indexOf('-'))) {
        case 'agreement':
          await this.#takeAgreement(agreements, event, told, changes);
          break;
        case 'scheme':
          await this.#takeScheme(event, told as ToldEvent<HeardSchemeEvent>, changes);
          break;
        case 'office':
          await this.#takeOffice(event, told as ToldEvent<HeardOfficeEvent>, changes);
          break;
        case 'award':
          this.#takeAward(agreements, event, told, changes);
          break;
        case 'inspection':
          this.#neighbours.takeInspection(event.stream.slice('inspection-'.length), told);
          break;
        case 'zone':
          zones.push(zoneChange(event));
          break;
        default:
          if (event.type === 'QuestionRulesPublished') rules.push(this.#takeRules(event));
          else changes.live(event);
      }
    }
    this.#keep(agreements);
    await changes.write(writer);
    await this.#neighbours.write(writer);
    await rulesTable.write(writer, rules);
    await zoneTable.write(writer, zones);
  }

  async #takeAgreement(
    agreements: Map<string, AgreementMemory>,
    event: DecodedEvent,
    told: ToldEvent,
    changes: QuestionChanges,
  ): Promise<void> {
    const agreementId = event.stream.slice('agreement-'.length);
    if (event.type === 'AgreementDrafted') {
      agreements.set(agreementId, beginMemory(agreementId, event.data as unknown as AgreementDrafted['data']));
      return;
    }
    const memory = agreements.get(agreementId);
    if (!memory) return;
    const heard = told as ToldEvent<Exclude<RememberedEvent, { type: 'AgreementDrafted' }>>;
    const isFigure = event.type === 'ActualReported' || event.type === 'ActualCorrected';
    const { scheme } = memory.heading;
    const office =
      heard.event.type === 'AgreementSigned'
        ? await this.#offices.of(heard.event.data.officeId, event.position)
        : NO_OFFICE;
    const around = {
      rules: this.#inForce(),
      scheme: scheme && isFigure ? await this.#schemes.of(scheme.schemeId, event.position) : NO_SCHEME,
      office: () => office,
      uses: (sha256: string) => this.#neighbours.uses(sha256),
      inspections: (province: string | null) => this.#neighbours.inspections(province),
      awards: (id: string) => this.#neighbours.awards(id),
    };
    const raised = raisedOf(findInAgreement(memory, heard, around), around.rules);
    changes.found(told, raised, around.rules);
    changes.touched(told, touchedByAgreement(memory, heard));
    takeIn(memory, heard);
    if (isFigure) this.#neighbours.takeFigure(memory, told);
  }

  async #takeScheme(event: DecodedEvent, told: ToldEvent<HeardSchemeEvent>, changes: QuestionChanges): Promise<void> {
    const schemeId = event.stream.slice('scheme-'.length);
    const scheme = await this.#schemes.of(schemeId, event.position);
    changes.found(told, raisedOf(findInScheme(schemeId, scheme, told), this.#inForce()), this.#inForce());
    changes.touched(told, touchedByScheme(schemeId, told));
    await this.#schemes.take(schemeId, told);
  }

  async #takeOffice(event: DecodedEvent, told: ToldEvent<HeardOfficeEvent>, changes: QuestionChanges): Promise<void> {
    const officeId = event.stream.slice('office-'.length);
    changes.touched(told, touchedByOffice(officeId, told));
    await this.#offices.take(officeId, told);
  }

  #takeAward(
    agreements: ReadonlyMap<string, AgreementMemory>,
    event: DecodedEvent,
    told: ToldEvent,
    changes: QuestionChanges,
  ): void {
    const awardId = event.stream.slice('award-'.length);
    const award = event.type === 'AwardRevoked' ? undefined : awardOnRound(awardId, told);
    const memory = award && agreements.get(award.agreementId);
    const found = award && memory ? findInAward(memory, award) : [];
    changes.found(told, raisedOf(found, this.#inForce()), this.#inForce());
    if (event.type !== 'AwardGranted') changes.touched(told, [{ watch: watchOfAward(awardId) }]);
    if (award) this.#neighbours.takeAward(award);
    else if (event.type !== 'AwardGranted') this.#neighbours.dropAward(awardId, told.link);
  }

  #takeRules(event: DecodedEvent): RowChange {
    const { position, recordedAtMs } = event;
    this.#rules = rulesOf(event.data as unknown as QuestionRulesPublished['data']);
    const { rulesVersion, rules } = this.#rules;
    const row = { id: RULES_ID, rules_version: rulesVersion, rules: JSON.stringify(rules) };
    return { row, present: true, position, recordedAtMs };
  }

  /** The agreements that a batch is about, as they were before it. */
  async #agreementsOf(batch: readonly DecodedEvent[]): Promise<Map<string, AgreementMemory>> {
    const firsts = new Map<string, Position>();
    for (const event of batch) {
      const agreementId = agreementOf(event);
      if (agreementId !== undefined && !firsts.has(agreementId)) firsts.set(agreementId, event.position);
    }
    const found = await Promise.all(
      [...firsts].map(async ([agreementId, before]) => {
        const memory = this.#agreements.get(agreementId) ?? (await this.#folded(agreementId, before));
        return memory ? [[agreementId, memory] as const] : [];
      }),
    );
    return new Map(found.flat());
  }

  async #folded(agreementId: string, before: Position): Promise<AgreementMemory | undefined> {
    let memory: AgreementMemory | undefined;
    for await (const event of eventsBefore(this.store, this.codec, streamName('agreement', agreementId), before)) {
      if (event.type === 'AgreementDrafted')
        memory = beginMemory(agreementId, event.data as unknown as AgreementDrafted['data']);
      else if (memory && REMEMBERED.has(event.type))
        takeIn(memory, toldOf(event) as ToldEvent<Exclude<RememberedEvent, { type: 'AgreementDrafted' }>>);
    }
    return memory;
  }

  #inForce(): RulesInForce {
    return this.#rules ?? RULES_OF_PROGRAM;
  }

  /** They have grown in place; the cache measures only what is new to it. */
  #keep(agreements: ReadonlyMap<string, AgreementMemory>): void {
    for (const [agreementId, memory] of agreements) {
      this.#agreements.delete(agreementId);
      this.#agreements.set(agreementId, memory);
    }
  }
}

function agreementOf({ stream, type, data, revision }: DecodedEvent): string | undefined {
  // Nothing came before the first event of a stream.
  if (stream.startsWith('agreement-')) return revision === 0 ? undefined : stream.slice('agreement-'.length);
  if (type !== 'AwardGranted' && type !== 'AwardCorrected') return undefined;
  return awardOnRound('', { event: { type, data } } as ToldEvent)?.agreementId;
}

async function rulesBefore({ client, schema }: ProjectionWriter): Promise<RulesInForce> {
  const { rows } = await client.query<{ rules_version: number; rules: string }>(
    `SELECT rules_version, rules FROM ${schema}.${rulesTable.name} WHERE id = $1`,
    [RULES_ID],
  );
  const [row] = rows;
  if (!row) return RULES_OF_PROGRAM;
  return { rulesVersion: row.rules_version, rules: JSON.parse(row.rules) as RulesInForce['rules'] };
}

function zoneChange(event: DecodedEvent): RowChange {
  const { position, recordedAtMs } = event;
  const { effectiveFrom, provinces } = event.data as unknown as ZoneProvincesSet['data'];
  const row = {
    zone_id: event.stream.slice('zone-'.length),
    effective_from: effectiveFrom,
    provinces: JSON.stringify(provinces),
  };
  return { row, present: true, position, recordedAtMs };
}
