import { NATIVE, streamName, type JsonObject, type Provenance } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import {
  ACTUALS_HISTORY,
  actualCorrected,
  JOINT_RATIO,
  transcribed,
  WITH_JOINT,
} from '../../domain/figures/actuals.examples';
import type { AgreementEvent } from '../../domain/agreement.events';
import {
  accepted,
  actualReported,
  FIRST_HALF_KEY,
  IN_EFFECT,
  indicatorAdded,
  MAKER,
  MONITORED,
  proposed,
  READY_DRAFT,
  RECEIVER,
  stateAfter,
  targetSet,
} from '../../domain/agreement.examples';
import { ROUNDS_HISTORY } from '../../domain/rounds/rounds.examples';
import { AMENDED_HISTORY, WITHDRAWN_HISTORY } from '../../domain/terms/terms.examples';
import { agreementView, type AgreementView } from './agreement.view';

function decoded(event: AgreementEvent, index: number): DecodedEvent {
  return {
    ...(event as { type: string; data: JsonObject }),
    eventId: `event-${index}`,
    stream: streamName('agreement', 'example'),
    revision: index,
    schemaVersion: 1,
    recordedAtMs: Date.UTC(2027, 0, 1) + index,
    position: 100 + index,
    provenance: (event as { provenance?: Provenance }).provenance ?? NATIVE,
  } as unknown as DecodedEvent;
}

function viewOf(history: readonly AgreementEvent[]): AgreementView {
  const view = agreementView('example', history.map(decoded));
  if (!view) throw new Error('nothing was drafted');
  return view;
}

const indicatorOf = (view: AgreementView, indicatorId: string) =>
  view.indicators.find(({ terms }) => terms.indicatorId === indicatorId);

test('of nothing there is nothing to tell', () => {
  expect(agreementView('example', [])).toBeUndefined();
});

test('the view sees what the rules see, and stands where its last event stands', () => {
  for (const history of [READY_DRAFT, MONITORED, AMENDED_HISTORY, WITHDRAWN_HISTORY, ACTUALS_HISTORY, ROUNDS_HISTORY]) {
    const view = viewOf(history);
    expect(view.state).toEqual(stateAfter(history));
    expect(view).toMatchObject({ revision: history.length - 1, lastPosition: 99 + history.length });
  }
});

test('a proposal stands with its acceptances until the terms change', () => {
  const past = [...READY_DRAFT, proposed(READY_DRAFT), accepted(READY_DRAFT)];
  expect(viewOf(READY_DRAFT)).not.toHaveProperty('termsRevision');
  expect(viewOf(past)).toMatchObject({
    termsRevision: 2,
    negotiation: { proposal: { officeId: MAKER.officeId }, acceptances: [{ officeId: RECEIVER.officeId }] },
  });
  const changed = viewOf([...past, targetSet({ value: '7' })]);
  expect(changed.negotiation).toEqual({ acceptances: [], returns: [] });
  expect(changed).not.toHaveProperty('termsRevision');
});

test('what was returned, revised and removed on the way is told beside what was agreed on', () => {
  const view = viewOf(AMENDED_HISTORY);
  expect(view.negotiation.returns).toMatchObject([{ officeId: RECEIVER.officeId, comments: [{}, {}] }]);
  expect(indicatorOf(view, 'income')).toMatchObject({
    terms: { weight: '35' },
    earlierTerms: [{ terms: { weight: '40' }, stated: { eventId: 'event-1' } }],
  });
  expect(view.removedIndicators).toMatchObject([
    { terms: { indicatorId: 'twice' }, removed: { reason: 'ซ้ำกับตัวชี้วัดที่ 1' } },
  ]);
  expect(view.signatures.map(({ side }) => side)).toEqual(['maker', 'receiver', 'witness']);
  expect(view).toMatchObject({ effectiveOn: '2027-03-31', state: { status: 'inEffect' } });
});

test('targets are told as promised and as amended, each amendment with how far it came', () => {
  const view = viewOf(AMENDED_HISTORY);
  expect(indicatorOf(view, 'income')).toMatchObject({
    targets: [{ span: FIRST_HALF_KEY, levels: ['1000000', '1200000', '1500000'] }],
    amendedTargets: [
      { amendmentId: 'amendment-1', effectiveFrom: '2027-03-31', levels: ['900000', '1000000', '1100000'] },
    ],
    amendedWeights: [{ weight: '30' }],
  });
  expect(indicatorOf(view, 'online')?.cancellation).toMatchObject({ fromRound: '12' });
  expect(view.amendments).toMatchObject([
    { amendmentId: 'amendment-1', status: 'approved', approvals: [{ officeId: RECEIVER.officeId }] },
    { amendmentId: 'amendment-2', status: 'rejected', approvals: [], rejection: { officeId: RECEIVER.officeId } },
    { amendmentId: 'amendment-3', status: 'approved' },
  ]);
});

test('a draft that was begun anew is told by itself, after the one that was withdrawn', () => {
  const view = viewOf(WITHDRAWN_HISTORY);
  expect(view).toMatchObject({
    heading: { title: 'ร่างใหม่' },
    indicators: [],
    removedIndicators: [],
    negotiation: { acceptances: [], returns: [] },
    withdrawals: [{ officeId: MAKER.officeId }],
    state: { status: 'draft' },
  });
  expect(viewOf(WITHDRAWN_HISTORY.slice(0, -1))).not.toHaveProperty('termsHash');
});

test('a later target for a span takes the place of the earlier one, where it stood', () => {
  const span = '2026-10-01..2027-09-30';
  const { indicators } = viewOf([...READY_DRAFT, targetSet({ span }), targetSet({ value: '7' })]);
  expect(indicators[0]?.targets.map(({ value }) => value)).toEqual(['7', '1200000']);
});

test('a figure is told with those that it took the place of, its steps, its returns, and what inspectors found', () => {
  const actual = indicatorOf(viewOf(ACTUALS_HISTORY), 'income')?.actuals.find(({ span }) => span === FIRST_HALF_KEY);
  expect(actual).toMatchObject({
    correctedBy: expect.any(String),
    reason: expect.any(String),
    certification: expect.arrayContaining([expect.objectContaining({ step: 'keeper' })]),
    earlier: [
      {
        reportedBy: 'person-keeper',
        certification: [],
        returns: [{ step: 'supervisor' }, { step: 'performanceUnit' }],
        returnedAt: 'performanceUnit',
      },
    ],
    examinations: expect.arrayContaining([expect.objectContaining({ verdict: 'evidenceInsufficient' })]),
  });
});

test('who transcribes a correction has not done the step of the keeper', () => {
  const native = actualCorrected();
  expect(indicatorOf(viewOf([...IN_EFFECT, actualReported(), native]), 'income')?.actuals).toMatchObject([
    { certification: [{ step: 'keeper' }] },
  ]);
  expect(indicatorOf(viewOf([...IN_EFFECT, actualReported(), transcribed(native)]), 'income')?.actuals).toMatchObject([
    { certification: [], stated: { provenance: { kind: 'transcribed' } } },
  ]);
});

test('parts of a joint figure are told one by one', () => {
  const parts = ['district-1', 'district-2'].map((officeId) => actualReported({ ...JOINT_RATIO, officeId }));
  const joint = indicatorOf(viewOf([...WITH_JOINT, ...parts]), 'joint');
  expect(joint?.actuals.map(({ officeId, span }) => [officeId, span])).toEqual([
    ['district-1', FIRST_HALF_KEY],
    ['district-2', FIRST_HALF_KEY],
  ]);
});

test('every revision of a closed round stays readable, with scores, results and appeals', () => {
  const { rounds, appeals, closed } = viewOf(ROUNDS_HISTORY);
  expect(rounds[0]).toMatchObject({
    isClosed: true,
    revisions: [{ revision: 1, reopened: { reason: expect.any(String), resultAnnounced: 'yes' } }, { revision: 2 }],
    scores: [{ assessor: 'evaluator' }, { assessor: 'selfAssessment' }, { assessor: 'evaluator', score: '4.75' }],
  });
  expect(rounds[0]?.revisions[1]).not.toHaveProperty('reopened');
  expect(rounds[0]?.results).toHaveLength(2);
  expect(appeals[0]).toMatchObject({ decision: { outcome: 'partlyUpheld', score: '4.75' } });
  expect(closed).toMatchObject({ closedBy: expect.any(String), stated: { eventId: expect.any(String) } });
});

test('terms in effect are named by what was frozen', () => {
  const view = viewOf([...IN_EFFECT]);
  expect(view).toMatchObject({ termsRevision: 2, termsHash: view.signatures[0]?.termsHash });
  expect(viewOf([...MONITORED, indicatorAdded({ indicatorId: 'b', displayNumber: '2' })])).not.toHaveProperty(
    'termsHash',
  );
});
