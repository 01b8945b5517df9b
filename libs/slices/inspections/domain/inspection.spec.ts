import { isoDate, NOT_STATED, streamName, type Rejection } from '@khamrap/kernel';
import { CommandSalts, EventCodec } from '@khamrap/platform/event-store';
import { commandContext, specification } from '@khamrap/testing';
import { publishedPositions } from '../../audit/publication/publication.model';
import { inspectionRoundPublication } from '../publication';
import type { InspectionCommand } from './inspection.commands';
import { inspectionDecider } from './inspection.decider';
import { inspectionStreamDeclarations, type InspectionEvent } from './inspection.events';
import {
  asked,
  DUE,
  EVERY_INSPECTION_EVENT,
  FINDING,
  happened,
  HEAD,
  LATER,
  RESOLVED_HISTORY,
  ROUND,
  SECOND,
  TODAY,
  TRANSCRIBED,
} from './inspection.examples';
import { inspectionRoundRefusals, type InspectionRefusal } from './inspection.refusals';

const { given } = specification(inspectionDecider);
const opened = happened('InspectionRoundOpened');
const closed = happened('InspectionRoundClosed', { resolved: [], fulfilled: [], summary: undefined });
const found = [opened, happened('FindingRecorded')];
const answered = [...found, happened('FindingResponded')];
const { dueOn: _dueOn, ...UNDUE } = FINDING;
const RESPONSE = {
  responseId: 'response-9',
  findingId: 'finding-1',
  officeId: 'phrae-cdd',
  text: 'ชี้แจง',
  evidence: [],
};
const RECOMMENDATION = { recommendationId: 'recommendation-1', text: 'จัดทำแผนติดตาม', officeId: 'phrae-cdd' };
const VISIT = { ...happened('InspectionVisitRecorded').data, recordedBy: undefined };
const SAYING = { findingId: 'finding-1', reason: 'เหตุผล' };
const judge = (responseId: string, outcome: 'accepted' | 'insufficient', reason?: string) =>
  asked('JudgeResponse', { responseId, outcome, ...(reason !== undefined && { reason }) });
const escalate = (decidedOn = LATER) =>
  asked('EscalateFinding', { ...SAYING, toLevel: 'province', toOfficeId: 'phrae-province' }, { decidedOn });
const escalated = happened('FindingEscalated', { reason: SAYING.reason });

test.each<[string, readonly InspectionEvent[], InspectionCommand, readonly InspectionEvent[]]>([
  ['a round is opened', [], asked('OpenRound', ROUND), [opened]],
  [
    'a document may leave open what it does not say',
    [],
    asked(
      'OpenRound',
      { ...ROUND, fiscalYear: undefined, days: { from: NOT_STATED, to: NOT_STATED }, inspectors: [], provinces: [] },
      { provenance: TRANSCRIBED },
    ),
    [
      happened('InspectionRoundOpened', {
        fiscalYear: undefined,
        days: { from: NOT_STATED, to: NOT_STATED },
        inspectors: [],
        provinces: [],
      }),
    ],
  ],
  [
    'a round is stated anew',
    [opened],
    asked('ReviseRound', { ...ROUND, theme: 'ประเด็นใหม่', reason: 'แก้ไขประเด็น' }),
    [happened('InspectionRoundRevised')],
  ],
  ['as it was, that changes nothing', [opened], asked('ReviseRound', { ...ROUND, reason: 'เหตุผล' }), []],
  [
    'nothing was found where an inspector says so',
    [opened],
    asked('StateNoFindings', { statement: 'ไม่พบข้อค้นพบ' }),
    [happened('NoFindingsStated')],
  ],
  [
    'said twice it is said once',
    [opened, happened('NoFindingsStated')],
    asked('StateNoFindings', { statement: 'อีกครั้ง' }),
    [],
  ],
  [
    'a finding takes back that there is none',
    [opened, happened('NoFindingsStated')],
    asked('RecordFinding', FINDING),
    [happened('NoFindingsVoided'), happened('FindingRecorded')],
  ],
  ['a round without findings closes', [opened, happened('NoFindingsStated')], asked('CloseRound', {}), [closed]],
  [
    'what is open is carried beyond the closing',
    [...found, happened('RecommendationMade')],
    asked('CloseRound', {}),
    [closed, happened('FindingsCarried', { findingIds: ['finding-1'], recommendationIds: ['recommendation-1'] })],
  ],
  [
    'what is resolved is told with it',
    RESOLVED_HISTORY,
    asked('CloseRound', {}),
    [happened('InspectionRoundClosed', { fulfilled: [], summary: undefined })],
  ],
  ['one of two answers resolves nothing', answered, judge('response-1', 'accepted'), [happened('ResponseJudged')]],
  [
    'the last one does',
    RESOLVED_HISTORY.slice(0, 5),
    judge('response-2', 'accepted'),
    [happened('ResponseJudged', SECOND), happened('FindingResolved')],
  ],
  [
    'as it does when the round is over',
    [...RESOLVED_HISTORY.slice(0, 5), closed],
    judge('response-2', 'accepted'),
    [
      happened('ResponseJudged', { ...SECOND, isRoundClosed: true }),
      happened('FindingResolved', { isRoundClosed: true }),
    ],
  ],
  [
    'a correction that asks nobody else resolves too',
    RESOLVED_HISTORY.slice(0, 5),
    asked('CorrectFinding', { ...FINDING, officeIds: ['phrae-cdd'], reason: 'เหตุผล' }),
    [
      happened('FindingCorrected', { officeIds: ['phrae-cdd'], severity: 'high', reason: 'เหตุผล' }),
      happened('FindingResolved', { responseId: 'response-1' }),
    ],
  ],
  [
    'an office answers again where it was not enough',
    [...answered, happened('ResponseJudged', { outcome: 'insufficient', reason: 'ขาดเอกสาร' })],
    asked('Respond', { ...RESPONSE, responseId: 'response-1' }, { actor: HEAD }),
    [happened('FindingResponded', { text: 'ชี้แจง', evidence: [] })],
  ],
  ['what is overdue is escalated', found, escalate(), [escalated]],
  ['also where one of two has answered', answered, escalate(), [escalated]],
  [
    'more time is given',
    found,
    asked('ExtendDueDate', { findingId: 'finding-1', dueOn: LATER, reason: 'รอเอกสาร' }),
    [happened('DueDateExtended')],
  ],
  [
    'a resolved finding is opened again',
    RESOLVED_HISTORY,
    asked('ReopenFinding', { findingId: 'finding-1', reason: 'ยังไม่ได้ดำเนินการ', dueOn: LATER }),
    [happened('FindingReopened')],
  ],
  [
    'a round is opened again',
    [...found, closed],
    asked('ReopenRound', { reason: 'ตรวจเพิ่มเติม' }),
    [happened('InspectionRoundReopened')],
  ],
  [
    'who copies out a document judges nothing themselves',
    [{ ...opened, provenance: TRANSCRIBED } as InspectionEvent, ...answered.slice(1)],
    asked('JudgeResponse', { responseId: 'response-1', outcome: 'accepted' }, { actor: HEAD, provenance: TRANSCRIBED }),
    [happened('ResponseJudged', { judgedBy: HEAD })],
  ],
])('%s', (_what, history, command, events) => {
  given(...history)
    .when(command)
    .then(...events);
});

type Refused = readonly [history: readonly InspectionEvent[], command: InspectionCommand, pointer?: string];
const refused: Record<InspectionRefusal, readonly Refused[]> = {
  'inspection.alreadyOpened': [[[opened], asked('OpenRound', ROUND)]],
  'inspection.notOpened': [[[], asked('CloseRound', {})]],
  'inspection.closed': [
    [[opened, closed], asked('RecordFinding', FINDING)],
    [[opened, closed], asked('StateNoFindings', { statement: 'ไม่พบ' })],
    [[opened, closed], asked('CloseRound', {})],
  ],
  'inspection.conductedHere': [
    [[opened], asked('RecordFinding', FINDING, { provenance: TRANSCRIBED })],
    [answered, asked('JudgeResponse', { responseId: 'response-1', outcome: 'accepted' }, { provenance: TRANSCRIBED })],
    [[opened, closed], asked('ReopenRound', { reason: 'เหตุผล' }, { provenance: TRANSCRIBED })],
  ],
  'inspection.notClosed': [[[opened], asked('ReopenRound', { reason: 'เหตุผล' })]],
  'inspection.findingsNotStated': [
    [[opened], asked('CloseRound', {})],
    [[...found, happened('FindingWithdrawn')], asked('CloseRound', {})],
    [[opened, happened('NoFindingsStated'), happened('NoFindingsVoided')], asked('CloseRound', {})],
  ],
  'inspection.hasFindings': [[found, asked('StateNoFindings', { statement: 'ไม่พบ' })]],
  'inspection.provinceHasFindings': [
    [found, asked('ReviseRound', { ...ROUND, provinces: ROUND.provinces.slice(0, 1), reason: 'เหตุผล' }), '/provinces'],
  ],
  'inspection.notStated': [
    [[], asked('OpenRound', { ...ROUND, fiscalYear: undefined }), '/fiscalYear'],
    [[], asked('OpenRound', { ...ROUND, days: { from: NOT_STATED, to: NOT_STATED } }), '/days/from'],
    [[], asked('OpenRound', { ...ROUND, inspectors: [] }), '/inspectors'],
    [[], asked('OpenRound', { ...ROUND, provinces: ROUND.provinces.slice(2) }), '/inspectedProvinces'],
    [[opened], asked('RecordFinding', { ...FINDING, severity: NOT_STATED }), '/severity'],
  ],
  'inspection.fiscalYearOutOfRange': [[[], asked('OpenRound', { ...ROUND, fiscalYear: 2022 }), '/fiscalYear']],
  'inspection.daysReversed': [
    [[], asked('OpenRound', { ...ROUND, days: { from: LATER, to: DUE } }), '/days/to'],
    [[opened], asked('RecordVisit', { ...VISIT, days: { from: LATER, to: DUE } }), '/days/to'],
  ],
  'inspection.provinceUnknown': [
    [[], asked('OpenRound', { ...ROUND, provinces: [{ province: 'TH-99', isInspected: true }] }), '/provinces/0'],
    [[], asked('OpenRound', { ...ROUND, places: [{ name: 'ที่ใด', province: 'TH-99' }] }), '/places/0/province'],
  ],
  'inspection.provinceRepeated': [
    [[], asked('OpenRound', { ...ROUND, provinces: [...ROUND.provinces, ...ROUND.provinces] }), '/provinces/3'],
  ],
  'visit.participantsExceedTotal': [
    [[opened], asked('RecordVisit', { ...VISIT, participantTotal: 7 }), '/participantTotal'],
  ],
  'visit.holderOnBehalf': [
    [
      [opened],
      asked('RecordVisit', { ...VISIT, presidedBy: { name: 'ก', capacity: 'holder', onBehalfOf: { name: 'ข' } } }),
      '/presidedBy/onBehalfOf',
    ],
  ],
  'finding.notRecorded': [
    [[opened], asked('Respond', RESPONSE)],
    [[opened], asked('WithdrawFinding', SAYING)],
    [[opened], asked('ReopenFinding', SAYING)],
  ],
  'finding.settled': [
    [RESOLVED_HISTORY, asked('Respond', RESPONSE)],
    [RESOLVED_HISTORY, asked('CorrectFinding', { ...FINDING, reason: 'เหตุผล' })],
    [[...answered, happened('FindingWithdrawn')], judge('response-1', 'accepted')],
  ],
  'finding.notResolved': [[found, asked('ReopenFinding', SAYING)]],
  'finding.resolvedBefore': [[[...RESOLVED_HISTORY, happened('FindingReopened')], asked('WithdrawFinding', SAYING)]],
  'finding.officeMissing': [[[opened], asked('RecordFinding', { ...FINDING, officeIds: [] }), '/officeIds']],
  'finding.officeRepeated': [[[opened], asked('RecordFinding', { ...FINDING, officeIds: ['a', 'a'] }), '/officeIds/1']],
  'finding.provinceNotInspected': [
    [[opened], asked('RecordFinding', { ...FINDING, provinces: ['TH-57'] }), '/provinces/0'],
  ],
  'finding.dueInThePast': [
    [[opened], asked('RecordFinding', { ...FINDING, dueOn: isoDate('2027-03-30') }), '/dueOn'],
    [[opened], asked('MakeRecommendation', { ...RECOMMENDATION, dueOn: isoDate('2027-03-30') }), '/dueOn'],
  ],
  'finding.dueNotLater': [
    [found, asked('ExtendDueDate', { findingId: 'finding-1', dueOn: DUE, reason: 'เหตุผล' }), '/dueOn'],
  ],
  'finding.dueDayByExtension': [
    [found, asked('CorrectFinding', { ...FINDING, dueOn: LATER, reason: 'เหตุผล' }), '/dueOn'],
  ],
  'finding.noDueDay': [[[opened, happened('FindingRecorded', { dueOn: undefined })], escalate()]],
  'finding.notOverdue': [
    [found, escalate(DUE)],
    [RESOLVED_HISTORY.slice(0, 4), escalate()],
  ],
  'finding.escalatedBefore': [[[...found, escalated], escalate()]],
  'recommendation.notMade': [[[opened], asked('Respond', { ...RESPONSE, recommendationId: 'recommendation-1' })]],
  'recommendation.settled': [
    [
      [...found, happened('RecommendationMade'), happened('FindingWithdrawn')],
      asked('Respond', { ...RESPONSE, recommendationId: 'recommendation-1' }),
    ],
  ],
  'recommendation.officeMissing': [
    [[opened], asked('MakeRecommendation', { ...RECOMMENDATION, officeId: undefined }), '/officeId'],
  ],
  'response.unknown': [[found, judge('response-1', 'accepted')]],
  'response.officeNotAsked': [[found, asked('Respond', { ...RESPONSE, officeId: 'other' }), '/officeId']],
  'response.pending': [[answered, asked('Respond', RESPONSE)]],
  'response.acceptedBefore': [[[...answered, happened('ResponseJudged')], asked('Respond', RESPONSE)]],
  'response.judgedAlready': [[[...answered, happened('ResponseJudged')], judge('response-1', 'accepted')]],
  'response.own': [
    [answered, asked('JudgeResponse', { responseId: 'response-1', outcome: 'accepted' }, { actor: HEAD })],
  ],
  'response.reasonMissing': [[answered, judge('response-1', 'insufficient'), '/reason']],
};

describe.each(Object.entries(refused))('%s', (code, cases) => {
  test.each(cases.map((each) => [each] as const))('%#', ([history, command, pointer]) => {
    given(...history)
      .when(command)
      .thenRejected(code);
    const state = history.reduce(inspectionDecider.evolve, inspectionDecider.initialState);
    if (pointer !== undefined) expect((inspectionDecider.decide(command, state) as Rejection).pointer).toBe(pointer);
  });
});

test('every refusal is explained in both languages', () => {
  for (const code of Object.keys(refused)) expect(inspectionRoundRefusals).toHaveProperty([code]);
  for (const { title } of Object.values(inspectionRoundRefusals)) {
    expect(title.th).toMatch(/[ก-๙]/);
    expect(title.en).toMatch(/^[A-Z]/);
  }
});

test('every event comes back from the record as it went in, and hides nothing', () => {
  const codec = new EventCodec(inspectionStreamDeclarations);
  const stream = streamName('inspection', 'round-1');
  expect([...new Set(EVERY_INSPECTION_EVENT.map(({ type }) => type))].toSorted()).toEqual([...codec.types].toSorted());
  for (const event of EVERY_INSPECTION_EVENT) {
    const context = commandContext({ decidedAt: `${TODAY}T02:00:00.000Z` });
    const encoded = codec.encode({ event, index: 0, stream, revision: 0, context, salts: new CommandSalts() });
    expect([codec.decode(encoded.event).data, encoded.disclosures]).toEqual([event.data, []]);
  }
});

test('what is found is published once it is resolved and its round is closed, and what is open never', () => {
  const history = [
    happened('InspectionRoundOpened', { inspectors: [{ inspectorId: 'pseudonym-1' }] }),
    ...RESOLVED_HISTORY.slice(1),
    happened('FindingRecorded', { ...UNDUE, findingId: 'finding-2' }),
    happened('InspectionRoundClosed', { fulfilled: [] }),
    happened('FindingsCarried'),
    happened('FindingReopened'),
    happened('FindingResponded', { responseId: 'response-3' }),
    happened('FindingResolved', { isRoundClosed: true }),
  ].map((event, position) => ({
    ...event,
    stream: 'inspection-round-1',
    position,
    provenance: { kind: 'native' } as const,
  }));
  expect(publishedPositions(inspectionRoundPublication as never, history as never)).toEqual([
    0,
    8,
    8,
    8,
    8,
    8,
    8,
    undefined,
    8,
    undefined,
    12,
    12,
    12,
  ]);
  const named = [{ ...history[0]!, data: happened('InspectionRoundOpened').data }];
  expect(publishedPositions(inspectionRoundPublication as never, named as never)).toEqual([undefined]);
});
