import { NOT_STATED } from '@khamrap/kernel';

// The enumerations are part of the events, so they only ever grow: a value that was written once can be read for ever.

export const LEVELS = ['ministry', 'department', 'cluster', 'province', 'provincialOffice', 'district'] as const;
/**
 * What the agreement rests on: `signed` by its parties in this ledger; `announced`, as a source document tells, with
 * no signatures that anyone here has seen; `monitoringOnly`, figures that are followed without an agreement at hand.
 */
export const BASES = ['signed', 'announced', 'monitoringOnly'] as const;
export const SIDES = ['maker', 'receiver', 'witness'] as const;
/** What a parent agreement is to this one: where in the hierarchy its undertakings come from. */
export const CHAINS = ['governor', 'department', 'ministry', 'cluster'] as const;
export const UNITS = [
  'baht',
  'millionBaht',
  'percent',
  'count',
  NOT_STATED,
  'person',
  'household',
  'village',
  'project',
  'product',
  'day',
  'month',
  'kilogram',
  'tonne',
  'rai',
  'cubicMetre',
  'score',
  'level',
] as const;
/** Which way is better; a `milestone` is reached, a `date` is met, what is `judged` has its score from an assessor. */
export const DIRECTIONS = ['higher', NOT_STATED, 'lower', 'milestone', 'date', 'judged'] as const;
/** How the figures of several spans make the figure of a round. */
export const ACCUMULATIONS = ['cumulative', 'sum', 'latest', 'average', 'ratio', NOT_STATED] as const;
export const INDICATOR_KINDS = ['strategic', 'proxy', 'cascade', 'joint'] as const;
/** How a target is stated: one value, values for five levels, three anchors, described milestones, or dates. */
export const CRITERIA = ['single', 'fiveLevels', 'threeAnchors', 'milestones', 'dates'] as const;
/** In whose right the signatory signs; the Thai terms are in the glossary of the README. */
export const CAPACITIES = ['holder', 'delegated', 'actingFor', 'actingInPosition'] as const;
/**
 * How the signature came here. A click is an act in this system; it is never called a digital signature. A `certificate` is
 * recorded by what it signed and by itself; the ledger does not verify it.
 */
export const CAPTURES = ['click', 'paper', 'certificate'] as const;
export const FINALITIES = ['provisional', 'final', NOT_STATED] as const;
/** What kind of figure an actual is; `adopted` repeats one that another agreement has reported. */
export const FIGURE_KINDS = [
  'value',
  'ratio',
  'delta',
  'milestone',
  'date',
  'narrative',
  'notAvailable',
  'adopted',
] as const;
/** The steps of certification in their order: the keeper stands by a figure, the others check it. */
export const STEPS = ['keeper', 'supervisor', 'performanceUnit'] as const;
/** What an inspector found of an actual. */
export const VERDICTS = ['agrees', 'differs', 'evidenceInsufficient'] as const;
/** Whose score it is; the computed score of a closed round is neither. */
export const ASSESSORS = ['selfAssessment', 'evaluator'] as const;
export const AMENDMENT_CHANGES = ['target', 'weight', 'cancelIndicator'] as const;
export const APPEAL_OUTCOMES = ['upheld', 'partlyUpheld', 'dismissed'] as const;
/** How an indicator stands in the snapshot of a closed round. */
export const SNAPSHOT_STANDINGS = ['scored', 'floored', 'exempt', 'cancelled', 'notCounted', 'notScored'] as const;

export type Level = (typeof LEVELS)[number];
export type AgreementBasis = (typeof BASES)[number];
export type Side = (typeof SIDES)[number];
export type Chain = (typeof CHAINS)[number];
export type Unit = (typeof UNITS)[number];
export type Direction = (typeof DIRECTIONS)[number];
export type Accumulation = (typeof ACCUMULATIONS)[number];
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];
export type CriterionKind = (typeof CRITERIA)[number];
export type SigningCapacity = (typeof CAPACITIES)[number];
export type SignatureCapture = (typeof CAPTURES)[number];
export type Finality = (typeof FINALITIES)[number];
export type FigureKind = (typeof FIGURE_KINDS)[number];
export type CertificationStep = (typeof STEPS)[number];
export type Verdict = (typeof VERDICTS)[number];
export type Assessor = (typeof ASSESSORS)[number];
export type AmendmentChange = (typeof AMENDMENT_CHANGES)[number];
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];
export type SnapshotStanding = (typeof SNAPSHOT_STANDINGS)[number];
