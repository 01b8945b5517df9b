import {
  LEDGER_STREAM,
  NATIVE,
  streamName,
  type Decider,
  type DomainEvent,
  type EventDeclaration,
  type StreamName,
} from '@khamrap/kernel';
import {
  CommandSalts,
  derivedId,
  EventCodec,
  ledgerEventDeclarations,
  type CommandContext,
  type NewEvent,
} from '@khamrap/platform/event-store';
import { transparencyEventDeclarations } from '@khamrap/platform/transparency';
import { SLICES } from '../../apps/composition/slices';
import { ACTUALS_HISTORY } from '../../libs/slices/agreements/domain/figures/actuals.examples';
import { ACCESS_LOG_SEALED, WHOLE_LOG_ANNALS } from '../../libs/platform/transparency/signing/spec/log-events.examples';
import { agreementDecider } from '../../libs/slices/agreements/domain/agreement.decider';
import { ROUNDS_HISTORY, UNWEIGHTED_HISTORY } from '../../libs/slices/agreements/domain/rounds/rounds.examples';
import { AMENDED_HISTORY, WITHDRAWN_HISTORY } from '../../libs/slices/agreements/domain/terms/terms.examples';
import { awardDecider } from '../../libs/slices/awards/domain/award.decider';
import {
  ANNOUNCED_IN_FULL,
  announcedCorrected,
  awardGranted,
  awardRevoked,
  awardsAnnounced,
  GRANTED_IN_FULL,
  grantedCorrected,
} from '../../libs/slices/awards/domain/award.examples';
import { goalSetDecider } from '../../libs/slices/goals/domain/goal-set.decider';
import { WHOLE_GOAL_SET } from '../../libs/slices/goals/domain/goal-set.examples';
import { assignmentDecider } from '../../libs/slices/inspections/domain/assignments/assignment.decider';
import { WHOLE_ASSIGNMENT } from '../../libs/slices/inspections/domain/assignments/assignment.examples';
import { inspectionDecider } from '../../libs/slices/inspections/domain/inspection.decider';
import { EVERY_INSPECTION_EVENT } from '../../libs/slices/inspections/domain/inspection.examples';
import { officeDecider } from '../../libs/slices/offices/domain/office.decider';
import { EVERY_OFFICE_EVENT, EVERY_ZONE_EVENT } from '../../libs/slices/offices/domain/office.examples';
import { zoneDecider } from '../../libs/slices/offices/domain/zone.decider';
import { personalDataRequestDecider } from '../../libs/slices/privacy/domain/personal-data-request.decider';
import { ERASED_HISTORY, requestRefused } from '../../libs/slices/privacy/domain/personal-data-request.examples';
import { questionDecider } from '../../libs/slices/questions/domain/question.decider';
import { rulesPublished, WHOLE_QUESTION } from '../../libs/slices/questions/domain/question.examples';
import { questionRulesDecider } from '../../libs/slices/questions/domain/rules/question-rules.decider';
import { retentionDecider } from '../../libs/slices/privacy/domain/retention.decider';
import { retentionApplied } from '../../libs/slices/privacy/domain/retention.examples';
import { schemeDecider } from '../../libs/slices/schemes/domain/scheme.decider';
import { WHOLE_SCHEME } from '../../libs/slices/schemes/domain/scheme.examples';
import { evidenceDecider } from '../../libs/slices/sources/domain/evidence.decider';
import { evidenceErased } from '../../libs/slices/sources/domain/evidence.examples';
import { sourceDocumentDecider } from '../../libs/slices/sources/domain/source-document.decider';
import {
  sourceDocumentDescribed,
  sourceDocumentRegistered,
} from '../../libs/slices/sources/domain/source-document.examples';

type AnyDecider = Decider<unknown, never, DomainEvent>;

/** Every event that the program declares. */
export const DECLARATIONS: readonly EventDeclaration[] = [
  ...ledgerEventDeclarations,
  ...transparencyEventDeclarations,
  ...SLICES.flatMap(({ events = [] }) => events),
];

/** What folds each kind of stream, by the category in its name. The stream that tells about the log itself nobody folds. */
export const DECIDERS: Readonly<Record<string, AnyDecider>> = {
  agreement: agreementDecider,
  award: awardDecider,
  evidence: evidenceDecider,
  'goal-set': goalSetDecider,
  inspection: inspectionDecider,
  'inspection-assignment': assignmentDecider,
  office: officeDecider,
  'personal-data-request': personalDataRequestDecider,
  question: questionDecider,
  'question-rules': questionRulesDecider,
  retention: retentionDecider,
  scheme: schemeDecider,
  'source-document': sourceDocumentDecider,
  zone: zoneDecider,
};

/**
 * Histories to be recorded, each once, in the versions of the day on which that is done. A new version of an event needs a new
 * history here; what is recorded already is not touched by it, and lies there without one when these examples have moved on.
 */
export const HISTORIES: Readonly<
  Record<string, { readonly category: string; readonly events: readonly DomainEvent[] }>
> = {
  'ledger-opened': {
    category: 'ledger',
    events: [
      {
        type: 'LedgerOpened',
        data: {
          origin: 'recorded.test/log',
          logId: '0b6c4a1e-58a5-4d0e-9a53-0c53d5b8a001',
          formatVersion: 1,
          clock: 'system',
        },
      },
    ],
  },
  'log-annals': { category: 'ledger', events: WHOLE_LOG_ANNALS },
  'access-log-sealed': { category: 'ledger', events: [ACCESS_LOG_SEALED] },
  'agreement-amended': { category: 'agreement', events: AMENDED_HISTORY },
  'agreement-withdrawn': { category: 'agreement', events: WITHDRAWN_HISTORY },
  'agreement-figures': { category: 'agreement', events: ACTUALS_HISTORY },
  'agreement-rounds': { category: 'agreement', events: ROUNDS_HISTORY },
  'agreement-unweighted': { category: 'agreement', events: UNWEIGHTED_HISTORY },
  'award-told-in-full': {
    category: 'award',
    events: [awardGranted(GRANTED_IN_FULL), grantedCorrected(GRANTED_IN_FULL), awardRevoked()],
  },
  'awards-told-in-full': {
    category: 'award',
    events: [awardsAnnounced(ANNOUNCED_IN_FULL), announcedCorrected(ANNOUNCED_IN_FULL)],
  },
  'evidence-erased': { category: 'evidence', events: [evidenceErased()] },
  'goal-set': { category: 'goal-set', events: WHOLE_GOAL_SET },
  inspection: { category: 'inspection', events: EVERY_INSPECTION_EVENT },
  'inspection-assignment': { category: 'inspection-assignment', events: WHOLE_ASSIGNMENT },
  office: { category: 'office', events: EVERY_OFFICE_EVENT },
  'office-with-a-delegate': { category: 'office', events: EVERY_OFFICE_EVENT },
  'personal-data-request': { category: 'personal-data-request', events: [...ERASED_HISTORY, requestRefused()] },
  question: { category: 'question', events: WHOLE_QUESTION },
  'question-rules': { category: 'question-rules', events: [rulesPublished()] },
  retention: { category: 'retention', events: [retentionApplied()] },
  scheme: { category: 'scheme', events: WHOLE_SCHEME },
  'source-document': {
    category: 'source-document',
    events: [sourceDocumentRegistered(), sourceDocumentDescribed()],
  },
  zone: { category: 'zone', events: EVERY_ZONE_EVENT },
};

/** Writes a history as the present program stores it, each event as a command of its own. */
export function written(name: string): readonly NewEvent[] {
  const { category, events } = HISTORIES[name]!;
  const codec = new EventCodec(DECLARATIONS);
  const stream = category === 'ledger' ? LEDGER_STREAM : streamName(category, derivedId('recorded', name));
  return events.map(
    (event, revision) =>
      codec.encode({
        event,
        index: 0,
        stream,
        revision,
        context: contextOf(name, revision),
        salts: new CommandSalts(),
        basis: revision === 1 ? [{ stream: 'office-district-1', revision: 4 }] : [],
      }).event,
  );
}

function contextOf(name: string, revision: number): CommandContext {
  const idOf = (what: string): string => derivedId('recorded', name, what, String(revision));
  return {
    commandId: idOf('command'),
    requestHash: Buffer.from(idOf('request')).toString('base64url'),
    actor: { id: idOf('person'), role: 'officeHead', office: 'district-1', onBehalfOf: idOf('other person') },
    decidedAt: '2027-03-31T02:00:00.000Z',
    correlationId: idOf('correlation'),
    causationId: idOf('cause'),
    provenance:
      revision === 1 ? { kind: 'transcribed', sourceDocument: 'a'.repeat(64), passage: 'paragraph 3' } : NATIVE,
  };
}

/** The category in the name of a stream. */
export function categoryOf(stream: StreamName): string {
  return stream === LEDGER_STREAM ? 'ledger' : /^([a-z-]*[a-z])-/.exec(stream)![1]!;
}
