import fc from 'fast-check';
import { NATIVE, Rejection, streamName, type Provenance } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { publishedPositions, type RuledEvent } from '../audit/publication/publication.model';
import type { AgreementCommand } from './domain/agreement.commands';
import { agreementDecider } from './domain/agreement.decider';
import type { AgreementEvent } from './domain/agreement.events';
import {
  actualReported,
  agreed,
  amendmentApproved,
  amendmentRejected,
  amendmentRequested,
  ANNOUNCED,
  drafted,
  FIRST_HALF_KEY,
  IN_EFFECT,
  indicatorAdded,
  indicatorRemoved,
  indicatorRevised,
  MONITORED,
  READY_DRAFT,
  signed,
  stateAfter,
  targetSet,
  tookEffect,
  TRANSCRIBED,
  voided,
  withdrawn,
  MAKER,
} from './domain/agreement.examples';
import {
  ACTUALS_HISTORY,
  actualCertified,
  actualCorrected,
  actualExamined,
  actualReturned,
  certifyActual,
  correctActual,
  exemptionGranted,
  returnActual,
  transcribed,
} from './domain/figures/actuals.examples';
import {
  after,
  closeRound,
  determineScore,
  fileAppeal,
  HALF,
  HALF_CLOSED,
  reopenRound,
  ROUNDS_HISTORY,
} from './domain/rounds/rounds.examples';
import { AMENDED_HISTORY, WITHDRAWN_HISTORY } from './domain/terms/terms.examples';
import { agreementPublication } from './publication';
import { agreementView } from './views/agreement/agreement.view';
import { publicAgreement } from './views/agreement/public-agreement';

// What everybody may have of the log, beside what everybody may read of agreements.

const FIRST_POSITION = 100;

function recorded(history: readonly AgreementEvent[]): readonly (RuledEvent & DecodedEvent)[] {
  return history.map((event, index) => ({
    ...event,
    eventId: `event-${index}`,
    stream: streamName('agreement', 'example'),
    revision: index,
    recordedAtMs: Date.UTC(2027, 0, 1) + index,
    position: FIRST_POSITION + index,
    provenance: (event as { provenance?: Provenance }).provenance ?? NATIVE,
  })) as unknown as readonly (RuledEvent & DecodedEvent)[];
}

/** The events that are published, each as `type` where it was at once and as `type by type` where another published it. */
function published(history: readonly AgreementEvent[]): readonly string[] {
  return publishedPositions(agreementPublication, recorded(history)).flatMap((by, index) => {
    const type = history[index]!.type;
    if (by === undefined) return [];
    return by === FIRST_POSITION + index ? [type] : [`${type} by ${history[by - FIRST_POSITION]!.type}`];
  });
}

/** What is published of the events that a history adds to the one before it, and of that by them. */
function added(before: readonly AgreementEvent[], ...events: readonly AgreementEvent[]): readonly string[] {
  const known = new Map<string, number>();
  for (const each of published(before)) known.set(each, (known.get(each) ?? 0) + 1);
  return published([...before, ...events]).filter((each) => {
    const count = known.get(each) ?? 0;
    known.set(each, count - 1);
    return count <= 0;
  });
}

const BY_EFFECT = (type: string): string => `${type} by AgreementTookEffect`;
const inEffectByPaper = (terms: readonly AgreementEvent[]): readonly AgreementEvent[] => {
  const paper = { capture: 'paper', scanSha256: 'c'.repeat(64), signedBy: undefined } as const;
  return [
    ...agreed(terms),
    signed('maker', terms, paper),
    signed('receiver', terms, { ...paper, signatoryName: 'ผู้รับตัวอย่าง' }),
    tookEffect(terms),
  ].map((event) => ({ ...event, data: defined(event.data) }) as AgreementEvent);
};
/** Without the fields that are undefined: a stored event has none. */
function defined(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

const closing = HALF_CLOSED.at(-1) as Extract<AgreementEvent, { type: 'EvaluationRoundClosed' }>;
const closed: AgreementEvent = { ...closing, data: { ...closing.data, span: FIRST_HALF_KEY } };
const file = { evidence: [{ sha256: 'c'.repeat(64), mediaType: 'text/csv', name: 'ยอดจำหน่าย' }] };

describe('of how an agreement came about', () => {
  const revised = [drafted(), indicatorAdded(), targetSet(), indicatorRevised(), targetSet({ value: '1300000' })];
  const removed = [
    ...READY_DRAFT,
    indicatorAdded({ indicatorId: 'gone', displayNumber: '2' }),
    targetSet({ indicatorId: 'gone' }),
    indicatorRemoved({ indicatorId: 'gone' }),
  ];
  test.each<[string, readonly AgreementEvent[], readonly string[]]>([
    ['a draft', READY_DRAFT, []],
    ['a proposal', IN_EFFECT.slice(0, -3), []],
    ['a draft that was given up', WITHDRAWN_HISTORY, []],
    [
      'what was signed by a click, without who signed and by whose signature it took effect',
      IN_EFFECT,
      ['AgreementDrafted', 'IndicatorAdded', 'TargetSet'].map(BY_EFFECT),
    ],
    [
      'what was signed on paper, with who signed',
      inEffectByPaper(READY_DRAFT),
      [
        ...['AgreementDrafted', 'IndicatorAdded', 'TargetSet', 'AgreementSigned', 'AgreementSigned'].map(BY_EFFECT),
        'AgreementTookEffect',
      ],
    ],
    [
      'the terms that were signed, not those before',
      inEffectByPaper(revised),
      [
        ...['AgreementDrafted', 'IndicatorRevised', 'TargetSet', 'AgreementSigned', 'AgreementSigned'].map(BY_EFFECT),
        'AgreementTookEffect',
      ],
    ],
    [
      'nothing of an indicator that was taken out',
      inEffectByPaper(removed),
      [
        ...['AgreementDrafted', 'IndicatorAdded', 'TargetSet', 'AgreementSigned', 'AgreementSigned'].map(BY_EFFECT),
        'AgreementTookEffect',
      ],
    ],
    [
      'no draft before the one that came into effect',
      [...READY_DRAFT, withdrawn(), ...inEffectByPaper([drafted({ title: 'ร่างใหม่' })])],
      [...['AgreementDrafted', 'AgreementSigned', 'AgreementSigned'].map(BY_EFFECT), 'AgreementTookEffect'],
    ],
    [
      'no signature that was voided',
      [
        ...READY_DRAFT,
        transcribed(signed('maker', READY_DRAFT)),
        voided(MAKER),
        { ...signed('receiver', READY_DRAFT, { signedBy: undefined }), provenance: TRANSCRIBED } as AgreementEvent,
        tookEffect(READY_DRAFT),
      ].map((event) => ({ ...event, data: defined(event.data) }) as AgreementEvent),
      [...['AgreementDrafted', 'IndicatorAdded', 'TargetSet', 'AgreementSigned'].map(BY_EFFECT), 'AgreementTookEffect'],
    ],
    ['what was announced, at once', ANNOUNCED, ['AgreementDrafted', 'IndicatorAdded']],
    ['what is followed, at once', MONITORED, MONITORED.map(({ type }) => type)],
    [
      'corrections of what was announced, with what they correct',
      [...ANNOUNCED, indicatorRevised(), indicatorRemoved()],
      ['AgreementDrafted', 'IndicatorAdded', 'IndicatorRevised', 'IndicatorRemoved'],
    ],
  ])('%s', (_what, history, expected) => {
    expect(published(history)).toEqual(expected);
  });
});

describe('of what happens to an agreement in effect', () => {
  const [reopened] = after(HALF_CLOSED, reopenRound(HALF)).slice(HALF_CLOSED.length) as [AgreementEvent];
  const score = (changes: object): AgreementEvent => ({
    type: 'ScoreDetermined',
    data: { round: HALF, assessor: 'evaluator', score: '4.1', determinedBy: 'person', ...changes },
  });
  const decided = AMENDED_HISTORY.find(({ type }) => type === 'TargetAmended')!;
  const approved = { ...decided, data: { ...decided.data, amendmentId: 'amendment-1' } } as AgreementEvent;
  const filed = after(HALF_CLOSED, fileAppeal()).at(-1)!;
  const { appealId } = filed.data as { appealId: string };
  const appealDecided = {
    type: 'AppealDecided',
    data: { appealId, outcome: 'dismissed', decidedBy: 'person', reason: 'เหตุผล' },
  } as AgreementEvent;
  const CLOSED = 'EvaluationRoundClosed';
  test.each<[string, readonly AgreementEvent[], readonly string[]]>([
    ['a figure, while its round is open: nothing', [actualReported(), actualCertified()], []],
    [
      'a figure and its certification, with the closing of its round',
      [actualReported(), actualCertified(), closed],
      [`ActualReported by ${CLOSED}`, `ActualCertified by ${CLOSED}`, CLOSED],
    ],
    [
      'a figure of a span in the round: with it; of another span: not',
      [actualReported({ span: '2026-10-01..2026-12-31' }), actualReported({ span: '2027-04-01..2027-09-30' }), closed],
      [`ActualReported by ${CLOSED}`, CLOSED],
    ],
    ['a figure of a span that is not stated: not', [actualReported({ span: 'notStated' }), closed], [CLOSED]],
    ['what was given back: not', [actualReported(), actualReturned(), closed], [CLOSED]],
    [
      'what was given back, and stood by: the certification alone',
      [actualReported(), actualReturned(), actualCertified({ step: 'keeper' }), closed],
      [`ActualCertified by ${CLOSED}`, CLOSED],
    ],
    ['a figure that was corrected, and why: not', [actualReported(), actualCorrected(), closed], [CLOSED]],
    [
      'what was reported after a round was closed: with the next closing',
      [closed, reopened, actualReported(), closed],
      [CLOSED, 'EvaluationRoundReopened', `ActualReported by ${CLOSED}`, CLOSED],
    ],
    ['comments and names of files: not', [actualReported(file), actualCertified({ comment: 'ดี' }), closed], [CLOSED]],
    ['what a document states: at once', [transcribed(actualReported())], ['ActualReported']],
    ['what a document states, with a file: not', [transcribed(actualReported(file))], []],
    [
      'what a document corrects: where a document had stated it',
      [transcribed(actualReported()), transcribed(actualCorrected()), transcribed(actualCorrected({ value: '7' }))],
      ['ActualReported', 'ActualCorrected', 'ActualCorrected'],
    ],
    ['a document’s correction of what was inside: not', [actualReported(), transcribed(actualCorrected())], []],
    ['what inspectors find: not', [actualReported(), actualExamined()], []],
    ['an exemption', [exemptionGranted()], ['ExemptionGranted']],
    ['what is pending: not', [amendmentRequested(), amendmentApproved(), filed], []],
    [
      'an amendment that was approved',
      [amendmentRequested(), amendmentApproved(), approved],
      ['AmendmentRequested by TargetAmended', 'AmendmentApproved by TargetAmended', 'TargetAmended'],
    ],
    [
      'an amendment that was rejected; another one is still pending',
      [amendmentRequested(), amendmentRequested({ amendmentId: 'amendment-2' }), amendmentRejected()],
      ['AmendmentRequested by AmendmentRejected', 'AmendmentRejected'],
    ],
    ['an appeal that was decided', [filed, appealDecided], ['AppealFiled by AppealDecided', 'AppealDecided']],
    [
      'an evaluator’s score, once the round is closed',
      [score({}), closed, score({ score: '5' })],
      [`ScoreDetermined by ${CLOSED}`, CLOSED, 'ScoreDetermined'],
    ],
    [
      'a score of a round that is open again: not before it is closed',
      [closed, reopened, score({})],
      [CLOSED, 'EvaluationRoundReopened'],
    ],
    [
      'self-assessments and what is said for a score: not',
      [score({ assessor: 'selfAssessment' }), score({ reason: 'ดี' }), closed],
      [CLOSED],
    ],
  ])('%s', (_what, events, expected) => {
    expect(added(IN_EFFECT, ...events)).toEqual(expected);
  });
});

/** Fields by which events find each other, or from which the rules read more than a text. */
const STRUCTURAL =
  /^(?:\w*indicatorId|indicatorId|span|officeId|side|round|rounds|amendmentId|appealId|basis|level|from|to|capture|change|assessor|step|direction|kind|accumulation|fromRound|comparisonSpan|parentIndicatorId)$/i;
/** Stand in bodies that are published, and are told nowhere else: pseudonyms of who did it officially, and commitments. */
const IN_BODIES_ONLY = /^(?!AgreementSigned\.)\w+\.(?:\w+By|note)$/;

/** Puts a text of its own in the place of every other text of the events, and says which stand in each. */
function marked(history: readonly AgreementEvent[]) {
  let count = 0;
  const marks: { readonly index: number; readonly field: string; readonly text: string }[] = [];
  const mark = (value: unknown, index: number, field: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => mark(item, index, field));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          name,
          STRUCTURAL.test(name) ? inner : mark(inner, index, `${field}.${name}`),
        ]),
      );
    if (typeof value !== 'string') return value;
    const text = `§${(count += 1)}§`;
    marks.push({ index, field, text });
    return text;
  };
  const events = history.map((event, index) => ({ ...event, data: mark(event.data, index, event.type) }));
  return { events: events as readonly AgreementEvent[], marks };
}

/** What stands in published bodies and is told nobody outside at any moment, by its field. */
function beyondWhatIsTold(history: readonly AgreementEvent[]): readonly string[] {
  const { events, marks } = marked(history);
  const view = (until: number) => agreementView('example', recorded(events.slice(0, until)));
  const told = events.map((_event, index) => {
    const known = view(index + 1);
    return JSON.stringify((known && publicAgreement(known)) ?? null);
  });
  const positions = publishedPositions(agreementPublication, recorded(events));
  return marks
    .filter(({ index }) => positions[index] !== undefined)
    .filter(({ field }) => !IN_BODIES_ONLY.test(field))
    .filter(({ index, text }) => {
      // Known to the public at the latest with the event by which the body is published and its command.
      const by = (positions[index] as number) - FIRST_POSITION;
      return !told.slice(0, by + 2).some((answer) => answer.includes(text));
    })
    .map(({ field, index }) => `${field} of event ${index}`);
}

describe('no body that is published says more than the public is told', () => {
  const withoutFiles = (history: readonly AgreementEvent[]) =>
    history.map((event) =>
      'evidence' in event.data ? ({ ...event, data: { ...event.data, evidence: [] } } as AgreementEvent) : event,
    );
  const histories = [AMENDED_HISTORY, WITHDRAWN_HISTORY, ACTUALS_HISTORY, ROUNDS_HISTORY, HALF_CLOSED];
  const stated = (history: readonly AgreementEvent[]) =>
    history
      .filter(({ type }) => !/Certified|Returned|Examined/.test(type))
      .map((event) => (event.type.startsWith('Actual') ? transcribed(event) : event));

  test('in the histories of the examples', () => {
    const all = [...histories, ...histories.map(withoutFiles), ANNOUNCED, MONITORED, inEffectByPaper(READY_DRAFT)];
    all.push(stated(withoutFiles(ACTUALS_HISTORY)), [...IN_EFFECT, actualReported(file), closed]);
    all.push([...IN_EFFECT, actualReported(), actualCorrected(), closed]);
    expect(all.flatMap((history) => beyondWhatIsTold(history))).toEqual([]);
    expect(all.flatMap((history) => published(history)).length).toBeGreaterThan(100);
  });

  test('whatever is done with a round, its figures and its scores', () => {
    const key = { indicatorId: 'indicator-1' };
    const span = { span: FIRST_HALF_KEY };
    const commands: readonly AgreementCommand[] = [
      closeRound(HALF),
      reopenRound(HALF),
      correctActual({ ...key, ...span, value: '121' }),
      correctActual({ ...key, ...span, value: '122' }, TRANSCRIBED),
      certifyActual({ ...key, ...span }),
      certifyActual({ ...key, ...span, step: 'performanceUnit', certifiedBy: 'person-performance-unit' }),
      returnActual({ ...key, ...span }),
      determineScore({ score: '4.1', ...key }),
      determineScore({ score: '4.2' }),
      fileAppeal(),
    ];
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 14 }), (tried) => {
        const history = tried.reduce<readonly AgreementEvent[]>((past, command) => {
          const decision = agreementDecider.decide(command, stateAfter(past));
          if (decision instanceof Rejection) return past;
          const provenance = (command as { provenance?: Provenance }).provenance ?? NATIVE;
          return [...past, ...decision.map((event) => ({ ...event, provenance }) as unknown as AgreementEvent)];
        }, HALF_CLOSED);
        for (const each of published(history)) reached.add(each);
        expect(beyondWhatIsTold(history)).toEqual([]);
      }),
      { numRuns: 150 },
    );
    expect(reached.size).toBeGreaterThan(5);
  });
});
