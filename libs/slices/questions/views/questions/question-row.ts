import { derivedId, type DecodedEvent } from '@khamrap/platform/event-store';
import { bangkokDateOf } from '@khamrap/kernel';
import type { Finding } from '../../domain/detection/finding';
import type { Link, ToldEvent } from '../../domain/detection/memory';
import type { QuestionEvent, QuestionOpened } from '../../domain/question.events';
import type { RulesInForce } from '../../domain/rules/rules-in-force';
import type { QuestionRow } from './questions.tables';

/** The first and the newest events are enough to link, of a question that grows without end. */
const LINKED_COUNT_MAX = 60;
const CHANGED_COUNT_MAX = 20;
export const QUESTION_PREFIX = 'question-';

/** The identifier of a question: the same rule and subject are the same question, in every rebuild. */
export function questionIdOf({ rule, subject }: Pick<Finding, 'rule' | 'subject'>): string {
  return derivedId('question', rule, ...subject);
}

/** An event with its place, as detection is told of it. */
export function toldOf(event: DecodedEvent): ToldEvent {
  return {
    event: { type: event.type, data: event.data },
    link: linkOf(event),
    day: bangkokDateOf(event.recordedAtMs),
    recordedAtMs: event.recordedAtMs,
    isTranscribed: event.provenance.kind === 'transcribed',
  };
}

function linkOf({ eventId, position, type, stream, revision }: DecodedEvent): Link {
  return { eventId, position, type, stream, revision };
}

/** The row of a question after its rule has held: raised, or with more that it rests on. The very same where nothing is new. */
export function rowAfterFinding(
  before: QuestionRow | undefined,
  finding: Finding,
  { rulesVersion, rules }: RulesInForce,
  { link, recordedAtMs }: ToldEvent,
): QuestionRow {
  const { place, measures, seen, watch } = finding;
  const shown = { measures: JSON.stringify(measures), seen_th: seen.th, seen_en: seen.en };
  if (before) {
    const restsOn = together(linksOf(before.rests_on), finding.restsOn);
    return { ...before, ...shown, rests_on: JSON.stringify(restsOn) };
  }
  const { mode, thresholds } = rules[finding.rule];
  return {
    question_id: questionIdOf(finding),
    rule: finding.rule,
    mode,
    rules_version: rulesVersion,
    thresholds: JSON.stringify(thresholds),
    agreement_id: place.agreementId,
    scheme_id: place.schemeId,
    office_id: place.officeId,
    province: place.province,
    offices: place.offices.join('\n'),
    indicator_id: place.indicatorId,
    span: place.span,
    round: place.round,
    fiscal_year: place.fiscalYear,
    rests_on: JSON.stringify(together([], finding.restsOn)),
    ...shown,
    watch,
    changed_by: '[]',
    raised_position: link.position,
    raised_at_ms: recordedAtMs,
    status: 'raised',
    asked_office: null,
    due_on: null,
    life_revision: null,
  };
}

/** The row after an event has changed what it rests on; undefined where it rests on that event itself. */
export function rowAfterTouch(before: QuestionRow, { link }: ToldEvent): QuestionRow | undefined {
  if (linksOf(before.rests_on).some(({ eventId }) => eventId === link.eventId)) return undefined;
  const changed = linksOf(before.changed_by);
  if (changed.some(({ eventId }) => eventId === link.eventId)) return undefined;
  return { ...before, changed_by: JSON.stringify([...changed, link].slice(-CHANGED_COUNT_MAX)) };
}

/** The row after an event of the question's own stream. */
export function rowAfterLife(before: QuestionRow | undefined, event: DecodedEvent): QuestionRow | undefined {
  const told = event as unknown as QuestionEvent;
  const life = { life_revision: event.revision };
  if (told.type === 'QuestionOpened') {
    const { askedOffice, dueOn } = told.data;
    const row = before ?? rowOfOpened(event, told.data);
    return { ...row, ...life, status: 'opened', asked_office: askedOffice, due_on: dueOn };
  }
  if (!before) return undefined;
  switch (told.type) {
    case 'QuestionExplained':
      return { ...before, ...life, status: 'explained' };
    case 'QuestionExplanationReturned':
      return { ...before, ...life, status: 'returned', due_on: told.data.dueOn };
    case 'QuestionExplanationAccepted':
      return { ...before, ...life, status: 'accepted' };
    case 'QuestionReopened':
      return { ...before, ...life, status: 'opened', due_on: told.data.dueOn };
  }
}

/** What somebody took up stays, also where the program's rules would not raise it any more. */
function rowOfOpened(event: DecodedEvent, data: QuestionOpened['data']): QuestionRow {
  return {
    question_id: event.stream.slice(QUESTION_PREFIX.length),
    rule: data.rule,
    mode: data.mode,
    rules_version: data.rulesVersion,
    thresholds: JSON.stringify(Object.fromEntries(data.thresholds.map(({ name, value }) => [name, value]))),
    agreement_id: data.agreementId ?? null,
    scheme_id: data.schemeId ?? null,
    office_id: data.agreementId === undefined ? null : (data.offices[0] ?? null),
    province: data.province ?? null,
    offices: data.offices.join('\n'),
    indicator_id: data.indicatorId ?? null,
    span: data.span ?? null,
    round: data.round ?? null,
    fiscal_year: data.fiscalYear ?? null,
    rests_on: JSON.stringify(data.restsOn),
    measures: '{}',
    seen_th: data.seen.th,
    seen_en: data.seen.en,
    watch: null,
    changed_by: '[]',
    raised_position: event.position,
    raised_at_ms: event.recordedAtMs,
    status: 'raised',
    asked_office: null,
    due_on: null,
    life_revision: null,
  };
}

/** Links as a column holds them. */
export function linksOf(column: string): readonly Link[] {
  return JSON.parse(column) as readonly Link[];
}

function together(known: readonly Link[], more: readonly Link[]): readonly Link[] {
  const byEvent = new Map([...known, ...more].map((link) => [link.eventId, link]));
  const all = [...byEvent.values()].toSorted((one, other) => one.position - other.position);
  const half = LINKED_COUNT_MAX / 2;
  return all.length <= LINKED_COUNT_MAX ? all : [...all.slice(0, half), ...all.slice(-half)];
}
