import type { Condition, MarkName, PublicationRules, ToldEvent } from '@khamrap/audit/events';
import { NOT_STATED, parseSpanKey, type Span } from '@khamrap/kernel';
import type { AgreementEvent, AgreementSigned } from './domain/agreement.events';

// Which events of an agreement everybody may have as they were recorded. What the public may know is said field by field in
// views/agreement/public-agreement.ts; here a body is published where all that it says is told there, and otherwise not at all.

const INSIDE = 'How the parties came to agree stays between them.';
const ALREADY_PUBLIC = 'It happens to agreements that are published, and all that it says is told of them.';

/** The agreement is published. */
const PUBLIC: MarkName = ['public'];
/** A draft was begun or given up: none of the one before becomes public with a later one. */
const DRAFT: MarkName = ['draft'];
/** A round was closed over figures of these days. */
const CLOSING: MarkName = ['closing'];

const terms = (indicatorId: string): MarkName => ['terms', indicatorId];
const removal = (indicatorId: string): MarkName => ['removal', indicatorId];
const target = (indicatorId: string, span: string): MarkName => ['target', indicatorId, span];
const signature = ({ side, officeId }: { side: string; officeId: string }): MarkName => ['signature', side, officeId];
const decision = (ofWhat: 'amendment' | 'appeal', id: string): MarkName => [ofWhat, id];
const closed = (round: string): MarkName => ['round', round];

interface FigureKey {
  readonly indicatorId: string;
  readonly span: string;
  readonly officeId?: string | undefined;
}
/** A figure was corrected or given back: neither it nor what was certified of it stands any more. */
const figure = ({ indicatorId, span, officeId = '' }: FigureKey): MarkName => ['figure', indicatorId, span, officeId];
/** Who signed last did so on paper, or a document says it; lifted where it was by a click. */
const ON_PAPER: MarkName = ['onPaper'];
/** A document stated the figure. */
const statedFigure = (key: FigureKey): MarkName => ['stated', ...figure(key)];

/** With the agreement, unless something else took its place before. */
const withAgreement = (...unless: readonly MarkName[]): Condition => ({
  mark: PUBLIC,
  stands: 'either',
  unless: [DRAFT, ...unless],
});

/** With the closing of a round in which the figure lies, where it stands by then. */
function withClosing(key: FigureKey): Condition | 'never' {
  const days = daysOf(key.span);
  return days ? { mark: CLOSING, stands: 'after', days, unless: [figure(key)] } : 'never';
}

function daysOf(key: string): Span | undefined {
  const span = parseSpanKey(key);
  return span === NOT_STATED ? undefined : span;
}

/** Signatory and actor are one: the one who is told by name has the pseudonym of the envelope. */
function isByClick({ data, isTranscribed }: ToldEvent<AgreementSigned['data']>): boolean {
  return data.signedBy !== undefined || (data.capture === 'click' && !isTranscribed);
}

const decided = (amendmentId: string) => [{ name: decision('amendment', amendmentId) }];

const OF_WORK = { privateValues: ['agreement.report', 'agreement.certify'] } as const;

export const agreementPublication = {
  AgreementDrafted: {
    publish: () => withAgreement(),
    because: 'The heading is told with the agreement; what is not to be signed is public from its first event on.',
    marks: ({ data: { basis } }) => [{ name: DRAFT }, ...(basis === 'signed' ? [] : [{ name: PUBLIC }])],
  },
  IndicatorAdded: {
    publish: ({ data: { indicatorId } }) => withAgreement(terms(indicatorId)),
    because: 'Terms that were signed are an undertaking in public; those that were changed before are not told.',
  },
  IndicatorRevised: {
    publish: ({ data: { indicatorId } }) => withAgreement(terms(indicatorId)),
    because: 'As where it was added.',
    marks: ({ data: { indicatorId } }) => [{ name: terms(indicatorId) }],
  },
  IndicatorRemoved: {
    publish: { mark: PUBLIC, stands: 'before' },
    because: 'What a document corrects was public; what was taken out of a draft was not.',
    marks: ({ data: { indicatorId } }) => [{ name: terms(indicatorId) }, { name: removal(indicatorId) }],
  },
  TargetSet: {
    publish: ({ data: { indicatorId, span } }) => withAgreement(target(indicatorId, span), removal(indicatorId)),
    because: 'The target that was signed is told, none that it took the place of.',
    marks: ({ data: { indicatorId, span } }) => [{ name: target(indicatorId, span) }],
  },
  TermsProposed: { publish: 'never', because: INSIDE },
  TermsReturned: { publish: 'never', because: INSIDE },
  TermsAccepted: { publish: 'never', because: INSIDE },
  AgreementSigned: {
    publish: (signed) => (isByClick(signed) ? 'never' : withAgreement(signature(signed.data))),
    because:
      'Who signed is told by name. Of who signed by a click the pseudonym would stand beside the name, and say whose every ' +
      'other act is; who brings in a paper is not taken for the signatory.',
    marks: (signed) => [{ name: ON_PAPER, ...(isByClick(signed) && { lifted: true as const }) }],
  },
  SignaturesVoided: {
    publish: 'never',
    because: INSIDE,
    marks: ({ data: { signatures } }) => signatures.map((voided) => ({ name: signature(voided) })),
  },
  AgreementTookEffect: {
    publish: { mark: ON_PAPER, stands: 'before' },
    because:
      'By it the agreement is published. It is recorded together with the last signature, by the same person: where that was a ' +
      'click, their pseudonym would stand beside the name, as with the signature itself.',
    marks: () => [{ name: PUBLIC }],
  },
  AgreementWithdrawn: { publish: 'never', because: INSIDE, marks: () => [{ name: DRAFT }] },
  AmendmentRequested: {
    publish: ({ data: { amendmentId } }) => ({ mark: decision('amendment', amendmentId), stands: 'after' }),
    because: 'What is pending stays inside; what was decided is told with what was asked.',
  },
  AmendmentApproved: {
    publish: ({ data: { amendmentId } }) => ({ mark: decision('amendment', amendmentId), stands: 'either' }),
    because: 'The approval of one receiver is told once all have decided.',
  },
  AmendmentRejected: {
    publish: 'atOnce',
    because: 'It decides, and the reason is told.',
    marks: ({ data: { amendmentId } }) => decided(amendmentId),
  },
  TargetAmended: {
    publish: 'atOnce',
    because: ALREADY_PUBLIC,
    marks: ({ data: { amendmentId } }) => decided(amendmentId),
  },
  WeightAmended: {
    publish: 'atOnce',
    because: ALREADY_PUBLIC,
    marks: ({ data: { amendmentId } }) => decided(amendmentId),
  },
  IndicatorCancelled: {
    publish: 'atOnce',
    because: ALREADY_PUBLIC,
    marks: ({ data: { amendmentId } }) => decided(amendmentId),
  },
  ActualReported: {
    ...OF_WORK,
    publish: ({ data, isTranscribed }) => {
      if (data.evidence.length > 0) return 'never';
      return isTranscribed ? 'atOnce' : withClosing(data);
    },
    because:
      'What a document states is public; what an office reports is with the closing of its round, where it stands and was ' +
      'not given back. Names of files stay inside, so a figure with evidence does: what it came to stands in the closing.',
    marks: ({ data }) => [{ name: statedFigure(data) }],
    marksOfTranscribed: true,
  },
  ActualCorrected: {
    ...OF_WORK,
    publish: ({ data, isTranscribed }) =>
      isTranscribed && data.evidence.length === 0 ? { mark: statedFigure(data), stands: 'before' } : 'never',
    because:
      'It says why the figure before was wrong, which is told only where that one was public: a document states both, or ' +
      'it stays inside.',
    marks: ({ data, isTranscribed }) => [
      { name: figure(data) },
      ...(isTranscribed ? [{ name: statedFigure(data) }] : []),
    ],
  },
  ActualCertified: {
    publish: ({ data }) => (data.comment === undefined ? withClosing(data) : 'never'),
    because: 'The steps are told with the figure of a closed round, comments never.',
  },
  ActualReturned: {
    publish: 'never',
    because: 'What was given back, and why, stays between those who work on it.',
    marks: ({ data }) => [{ name: figure(data) }],
  },
  ActualExamined: { publish: 'never', because: 'What inspectors find stays inside.' },
  ExemptionGranted: { publish: 'atOnce', because: ALREADY_PUBLIC },
  EvaluationRoundClosed: {
    publish: 'atOnce',
    because: 'The snapshot is what the public is told of the round.',
    marks: ({ data: { round, span } }) => {
      const days = daysOf(span);
      return [{ name: closed(round) }, ...(days ? [{ name: CLOSING, days }] : [])];
    },
  },
  EvaluationRoundReopened: {
    publish: 'atOnce',
    because: 'That a closed round is open again, and why, is told.',
    marks: ({ data: { round } }) => [{ name: closed(round), lifted: true }],
  },
  ScoreDetermined: {
    publish: ({ data: { assessor, reason, round } }) =>
      assessor === 'evaluator' && reason === undefined ? { mark: closed(round), stands: 'either' } : 'never',
    because:
      'Scores of evaluators are told of rounds that are closed; what is said for them, and self-assessments, never.',
  },
  ResultAnnounced: { publish: 'atOnce', because: 'It is the announcement.' },
  AppealFiled: {
    publish: ({ data: { appealId } }) => ({ mark: decision('appeal', appealId), stands: 'after' }),
    because: 'What is pending stays inside; what was decided is told with its grounds.',
  },
  AppealDecided: {
    publish: 'atOnce',
    because: 'The decision and its reason are told.',
    marks: ({ data: { appealId } }) => [{ name: decision('appeal', appealId) }],
  },
  AgreementClosed: { publish: 'atOnce', because: ALREADY_PUBLIC },
} as const satisfies PublicationRules<AgreementEvent>;
