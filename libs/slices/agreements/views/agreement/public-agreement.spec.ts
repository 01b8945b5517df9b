import fc from 'fast-check';
import { NATIVE, streamName, type Json, type Provenance } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { AgreementEvent } from '../../domain/agreement.events';
import {
  actualReported,
  agreed,
  amendmentRequested,
  ANNOUNCED,
  FIRST_HALF_KEY,
  IN_EFFECT,
  indicatorRevised,
  MONITORED,
  READY_DRAFT,
  signed,
  tookEffect,
} from '../../domain/agreement.examples';
import {
  ACTUALS_HISTORY,
  actualCorrected,
  actualReturned,
  CERTIFIED,
  transcribed,
} from '../../domain/figures/actuals.examples';
import {
  after,
  closeRound,
  determineScore,
  fileAppeal,
  HALF,
  HALF_CLOSED,
  reopenRound,
  ROUNDS_HISTORY,
} from '../../domain/rounds/rounds.examples';
import { ImpossibleHistory } from '../../domain/evolving';
import { AMENDED_HISTORY, WITHDRAWN_HISTORY } from '../../domain/terms/terms.examples';
import { agreementView, type AgreementView } from './agreement.view';
import { publicAgreement, wholeAgreement } from './public-agreement';

function viewOf(history: readonly AgreementEvent[]): AgreementView {
  const events = history.map((event, index) => ({
    ...event,
    eventId: `event-${index}`,
    stream: streamName('agreement', 'example'),
    revision: index,
    recordedAtMs: Date.UTC(2027, 0, 1) + index,
    position: 100 + index,
    provenance: (event as { provenance?: Provenance }).provenance ?? NATIVE,
  }));
  return agreementView('example', events as unknown as readonly DecodedEvent[]) as AgreementView;
}

/** Fields by which events find each other, or from which the rules read more than a text. */
const STRUCTURAL =
  /^(?:\w*indicatorId|indicatorId|span|officeId|side|round|rounds|amendmentId|appealId|basis|level|from|to|capture|change|assessor|step|direction|kind|accumulation|fromRound|comparisonSpan|parentIndicatorId)$/i;

interface Mark {
  /** Such as `ActualReported.evidence.name`. */
  readonly field: string;
  readonly text: string;
}

/** Puts a text of its own in the place of every other text and number of the events. */
function marked(history: readonly AgreementEvent[]): {
  readonly events: readonly AgreementEvent[];
  readonly marks: Mark[];
} {
  const marks: Mark[] = [];
  const mark = (value: unknown, field: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => mark(item, field));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          name,
          STRUCTURAL.test(name) ? inner : mark(inner, `${field}.${name}`),
        ]),
      );
    }
    if (typeof value !== 'string') return value;
    const text = `§${marks.length}§`;
    marks.push({ field, text });
    return text;
  };
  const events = history.map((event) => ({ ...event, data: mark(event.data, event.type) }) as AgreementEvent);
  return { events, marks };
}

/** Of each field, whether the public can know all that it said, nothing of it, or some. */
function toldFields(histories: readonly (readonly AgreementEvent[])[]): Readonly<Record<string, string>> {
  const told = new Map<string, Set<boolean>>();
  for (const history of histories) {
    const { events, marks } = marked(history);
    const text = JSON.stringify(publicAgreement(viewOf(events)) ?? null);
    for (const mark of marks) {
      const known = told.get(mark.field) ?? new Set();
      told.set(mark.field, known.add(text.includes(mark.text)));
    }
  }
  return Object.fromEntries(
    [...told].map(([field, is]) => [field, is.size === 2 ? 'some' : is.has(true) ? 'public' : 'inside']),
  );
}

/** What the public can never know, whatever becomes of the agreement. */
const NEVER = [
  'TermsProposed.note',
  'TermsProposed.termsHash',
  'TermsReturned.termsHash',
  'TermsReturned.comments.comment',
  'TermsAccepted.termsHash',
  'AgreementSigned.signedBy',
  'AgreementWithdrawn.reason',
  'IndicatorRemoved.reason',
  'AmendmentRequested.requestedBy',
  'AmendmentApproved.approvedBy',
  'AmendmentRejected.rejectedBy',
  'ExemptionGranted.grantedBy',
  'ActualReported.note',
  'ActualReported.preparedBy',
  'ActualReported.reportedBy',
  'ActualReported.evidence.name',
  'ActualCorrected.note',
  'ActualCorrected.preparedBy',
  'ActualCorrected.correctedBy',
  'ActualCorrected.evidence.name',
  'ActualCertified.certifiedBy',
  'ActualCertified.comment',
  'ActualReturned.returnedBy',
  'ActualReturned.comment',
  'ActualExamined.inspectionRound',
  'ActualExamined.verdict',
  'ActualExamined.observedValue',
  'ActualExamined.comment',
  'ActualExamined.examinedBy',
  'EvaluationRoundClosed.closedBy',
  'EvaluationRoundReopened.reopenedBy',
  'ScoreDetermined.determinedBy',
  'ScoreDetermined.reason',
  'AppealFiled.filedBy',
  'AppealDecided.decidedBy',
  'AgreementClosed.closedBy',
];
/** What depends on what became of it, each with a test below: figures, self-assessments, terms that were taken back. */
const SOME =
  /^(?:Actual(?:Reported|Corrected)\.|ScoreDetermined\.|AgreementDrafted\.|Indicator(?:Added|Revised)\.|TargetSet\.|AgreementSigned\.)/;

const FIRST_TERMS = AMENDED_HISTORY.slice(
  0,
  AMENDED_HISTORY.findIndex(({ type }) => type === 'TermsProposed'),
);
/** The first terms were good enough, and one side signed on paper. */
const SIGNED_AT_ONCE = [
  ...agreed(FIRST_TERMS),
  ...AMENDED_HISTORY.filter((event) => event.type === 'AgreementSigned' && event.data.capture === 'paper'),
  signed('receiver', FIRST_TERMS),
  tookEffect(FIRST_TERMS),
];
const HISTORIES = [AMENDED_HISTORY, SIGNED_AT_ONCE, WITHDRAWN_HISTORY, ACTUALS_HISTORY, ROUNDS_HISTORY];
/** The same figures as documents state them. */
const STATED = ACTUALS_HISTORY.filter(({ type }) => !/Certified|Returned|Examined/.test(type)).map((event) =>
  event.type === 'ActualReported' || event.type === 'ActualCorrected' ? transcribed(event) : event,
);

test('of every field of every event it is said who is told', () => {
  const told = toldFields([...HISTORIES, STATED]);
  const inside = Object.keys(told).filter((field) => told[field] === 'inside');
  expect(inside.sort()).toEqual([...NEVER].sort());
  for (const [field, who] of Object.entries(told)) if (who === 'some') expect(field).toMatch(SOME);
});

test('what the public can never know stands in no answer to it, at any moment; and in the answers to those inside', () => {
  for (const history of [...HISTORIES, STATED]) {
    const { events, marks } = marked(history);
    const never = marks.filter(({ field }) => NEVER.includes(field) && !field.endsWith('.termsHash'));
    for (let count = 1; count <= events.length; count += 1) {
      const told = JSON.stringify(publicAgreement(viewOf(events.slice(0, count))) ?? null);
      expect(never.filter(({ text }) => told.includes(text))).toEqual([]);
    }
  }
  const { events, marks } = marked(ACTUALS_HISTORY);
  const whole = JSON.stringify(wholeAgreement(viewOf(events)));
  const inside = marks.filter(({ field }) =>
    /Reported\.(?:note|reportedBy)$|(?:Returned|Examined)\.comment$/.test(field),
  );
  expect(inside.filter(({ text }) => !whole.includes(text))).toEqual([]);
});

test.each<[string, readonly AgreementEvent[], boolean]>([
  ['a draft', READY_DRAFT, false],
  ['a proposal', IN_EFFECT.slice(0, -3), false],
  ['what was withdrawn', WITHDRAWN_HISTORY.slice(0, -1), false],
  ['what was begun anew', WITHDRAWN_HISTORY, false],
  ['an agreement in effect', IN_EFFECT, true],
  ['one whose year is over', ROUNDS_HISTORY, true],
  ['what was announced', ANNOUNCED, true],
  ['what is followed', MONITORED, true],
])('%s', (_what, history, isPublished) => {
  expect(publicAgreement(viewOf(history)) !== undefined).toBe(isPublished);
});

const NATIVE_VALUE = actualReported().data.value;
const valuesOf = (history: readonly AgreementEvent[], own?: ReadonlySet<string>) =>
  publicAgreement(viewOf(history), own)?.indicators[0]?.actuals.map(({ value, earlier }) => [
    value,
    ...earlier.map((figure) => figure.value),
  ]);

describe('a figure', () => {
  const stated = transcribed(actualReported({ value: '1' }));
  const closed = HALF_CLOSED;
  const correction = actualCorrected({ indicatorId: 'indicator-1', value: '3' });
  const indicatorId = viewOf(closed).indicators[0]!.terms.indicatorId;
  const corrected = { ...correction, data: { ...correction.data, indicatorId } };
  test.each<[string, readonly AgreementEvent[], Json]>([
    ['of an office is known to none outside', CERTIFIED, []],
    ['of a document is known', [...IN_EFFECT, stated], [['1']]],
    ['of an office does not take its place', [...IN_EFFECT, stated, actualCorrected({ value: '2' })], [['1']]],
    ['of another document does', [...IN_EFFECT, stated, transcribed(actualCorrected({ value: '2' }))], [['2', '1']]],
    ['of a closed round is known', closed, [['120']]],
    ['is known also when the round is open again', after(closed, reopenRound(HALF)), [['120']]],
    ['that takes its place then is not', [...after(closed, reopenRound(HALF)), corrected], [['120']]],
    [
      'is, once the round is closed again',
      [
        ...after(closed, reopenRound(HALF)),
        corrected,
        { ...closed.at(-1)!, data: { ...closed.at(-1)!.data, revision: 2 } } as AgreementEvent,
      ],
      [['3', '120']],
    ],
    ['that was given back waits inside', [...CERTIFIED, actualReturned()], []],
  ])('%s', (_what, history, expected) => {
    expect(valuesOf(history)).toEqual(expected);
  });

  test('is seen through by who keeps its indicator', () => {
    expect(valuesOf(CERTIFIED, new Set(['income']))).toEqual([[NATIVE_VALUE]]);
    expect(valuesOf(CERTIFIED, new Set(['other']))).toEqual([]);
  });
});

test('a figure that was given back is not made public by the closing of its round', () => {
  const given = [...CERTIFIED, actualReturned()];
  const closing = HALF_CLOSED.at(-1) as Extract<AgreementEvent, { type: 'EvaluationRoundClosed' }>;
  const span = FIRST_HALF_KEY;
  expect(valuesOf([...given, { ...closing, data: { ...closing.data, span } }])).toEqual([]);
  expect(valuesOf([...CERTIFIED, { ...closing, data: { ...closing.data, span } }])).toEqual([[NATIVE_VALUE]]);
});

test('scores are those of evaluators, while their round is closed', () => {
  const selfAssessed = determineScore({ assessor: 'selfAssessment', determinedBy: 'person-self' });
  const scored = after(HALF_CLOSED.slice(0, -1), determineScore({ score: '4.1' }), selfAssessed);
  const scores = (history: readonly AgreementEvent[]) =>
    publicAgreement(viewOf(history))?.rounds.flatMap((round) => round.scores.map(({ score }) => score));
  expect(scores(scored)).toEqual([]);
  const closed = after(scored, closeRound(HALF));
  expect(scores(closed)).toEqual(['4.1']);
  expect(scores(after(closed, reopenRound(HALF)))).toEqual([]);
});

describe('how far the stream has come', () => {
  const selfAssessed = determineScore({ assessor: 'selfAssessment', determinedBy: 'person-self' });
  const INSIDE: readonly AgreementEvent[] = [
    actualReported(),
    actualCorrected({ value: '2' }),
    CERTIFIED.at(-1)!,
    actualReturned(),
    amendmentRequested({ amendmentId: 'amendment-inside' }),
    ...after(HALF_CLOSED, fileAppeal({ appealId: 'appeal-inside' })).slice(HALF_CLOSED.length),
    ...after(HALF_CLOSED.slice(0, -1), selfAssessed).slice(HALF_CLOSED.length - 1),
  ];
  const withIfPossible = (events: readonly AgreementEvent[], event: AgreementEvent) => {
    try {
      viewOf([...events, event]);
      return [...events, event];
    } catch (error) {
      if (error instanceof ImpossibleHistory) return events;
      throw error;
    }
  };
  const telling = [...HISTORIES, STATED, ANNOUNCED, MONITORED, HALF_CLOSED, after(HALF_CLOSED, reopenRound(HALF))];

  test('is told outside as far as it is published: revision and position move when what is told does, and never else', () => {
    let unmoved = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...telling),
        fc.nat(),
        fc.array(fc.constantFrom(...INSIDE), { maxLength: 6 }),
        (history, cut, inside) => {
          const begun = history.slice(0, 1 + (cut % history.length));
          const events = inside.reduce(withIfPossible, begun);
          for (let count = Math.max(1, begun.length - 2); count < events.length; count += 1) {
            const [before, now] = [count, count + 1].map((end) => publicAgreement(viewOf(events.slice(0, end))));
            if (before === undefined || now === undefined) continue;
            const isMoved =
              JSON.stringify({ ...now, revision: 0, asOfPosition: 0 }) !==
              JSON.stringify({ ...before, revision: 0, asOfPosition: 0 });
            const moment = isMoved ? { revision: count, asOfPosition: 100 + count } : before;
            expect(now).toMatchObject({ revision: moment.revision, asOfPosition: moment.asOfPosition });
            unmoved += isMoved ? 0 : 1;
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(unmoved).toBeGreaterThan(100);
  });

  test('is told as commands name it to who works on an indicator, as to those inside', () => {
    const view = viewOf([...CERTIFIED, actualReturned()]);
    const moment = { revision: view.revision, asOfPosition: view.lastPosition };
    expect(publicAgreement(view, new Set(['income']))).toMatchObject(moment);
    expect(wholeAgreement(view)).toMatchObject(moment);
    expect(publicAgreement(view)?.revision).toBeLessThan(view.revision);
  });
});

test('what is not decided is told to none outside', () => {
  const open = publicAgreement(viewOf([...after(HALF_CLOSED, fileAppeal()), amendmentRequested()]));
  expect(open).toMatchObject({ appeals: [], amendments: [] });
  const decided = publicAgreement(viewOf(AMENDED_HISTORY));
  expect(decided?.amendments.map(({ status }) => status)).toEqual(['approved', 'rejected', 'approved']);
});

test('terms that were taken back before anybody signed are not told; corrections of what was public are', () => {
  expect(publicAgreement(viewOf(AMENDED_HISTORY))).toMatchObject({
    negotiation: { acceptances: [], returns: [] },
    removedIndicators: [],
    indicators: expect.arrayContaining([expect.objectContaining({ earlierTerms: [] })]),
  });
  const revised = publicAgreement(viewOf([...ANNOUNCED, transcribed(indicatorRevised({ weight: '41' }))]));
  expect(revised?.indicators[0]?.earlierTerms).toHaveLength(1);
});
