import { isoDate, NATIVE, NOT_STATED, Rejection, type DomainEvent, type Provenance } from '@khamrap/kernel';
import { SeededRandom } from '@khamrap/testing';
import type { AgreementCommand } from '../../../agreements/domain/agreement.commands';
import { agreementDecider } from '../../../agreements/domain/agreement.decider';
import type { AgreementEvent } from '../../../agreements/domain/agreement.events';
import {
  acceptTerms,
  addIndicator,
  approveAmendment,
  draftAgreement,
  FIRST_HALF,
  FIRST_HALF_KEY,
  HEAD,
  GOVERNOR,
  KEEPER,
  proposeTerms,
  rejectAmendment,
  removeIndicator,
  reportActual,
  requestAmendment,
  returnTerms,
  reviseIndicator,
  setTarget,
  sign,
  stateAfter,
  TODAY,
  TRANSCRIBED,
  withdrawAgreement,
  YEAR,
} from '../../../agreements/domain/agreement.examples';
import {
  certifyActual,
  correctActual,
  examineActual,
  grantExemption,
  returnActual,
  SUPERVISOR,
  UNIT,
} from '../../../agreements/domain/figures/actuals.examples';
import {
  AFTER_HALF,
  announceResult,
  closeRound,
  decideAppeal,
  determineScore,
  fileAppeal,
  HALF,
  reopenRound,
  ROUNDS,
  SCHEME,
  YEAR_KEY,
} from '../../../agreements/domain/rounds/rounds.examples';

/** What one command made true. */
export interface LivedAct {
  readonly events: readonly DomainEvent[];
  readonly provenance: Provenance;
}

/** Values that no other event says, so that where one is found it is known who said it. */
class UniqueValues {
  #used = 0;
  /** As a number that stands nowhere else. */
  number(): string {
    return `${(this.#used += 1)}0000000${this.#used}`;
  }
  text(what: string): string {
    return `${what}-${(this.#used += 1)}-ข้อความ`;
  }
}

type Choose = (random: SeededRandom, past: readonly AgreementEvent[], unique: UniqueValues) => AgreementCommand;

const INDICATORS = ['income', 'water'] as const;
const CHECKERS = { supervisor: SUPERVISOR, performanceUnit: UNIT } as const;
const provenance = (random: SeededRandom): Provenance => (random.integer(0, 7) === 0 ? TRANSCRIBED : NATIVE);
const indicatorId = (random: SeededRandom) => random.pick(INDICATORS);
const figure = (random: SeededRandom) => ({ indicatorId: indicatorId(random), span: FIRST_HALF_KEY });

/** What was asked last, so that it is not left undecided for ever. */
const pending = (past: readonly AgreementEvent[]): string =>
  past.findLast((event) => event.type === 'AmendmentRequested')?.data.amendmentId ?? 'none';
const appealed = (past: readonly AgreementEvent[]): string =>
  past.findLast((event) => event.type === 'AppealFiled')?.data.appealId ?? 'none';

const CHOICES: readonly Choose[] = [
  (random, _past, unique) =>
    draftAgreement({
      scheme: SCHEME,
      title: unique.text('title'),
      basis: random.pick(['signed', 'signed', 'announced']),
    }),
  (random, _past, unique) => {
    const id = indicatorId(random);
    const displayNumber = String(INDICATORS.indexOf(id) + 1);
    return addIndicator({
      indicatorId: id,
      displayNumber,
      name: unique.text('name'),
      weight: random.pick(['40', '60', NOT_STATED]),
    });
  },
  (random, _past, unique) => {
    const id = indicatorId(random);
    const displayNumber = String(INDICATORS.indexOf(id) + 1);
    return reviseIndicator({
      indicatorId: id,
      displayNumber,
      name: unique.text('name'),
      definition: unique.text('definition'),
    });
  },
  (random, _past, unique) => removeIndicator({ indicatorId: indicatorId(random), reason: unique.text('removal') }),
  (random, _past, unique) =>
    setTarget(
      { indicatorId: indicatorId(random), span: random.pick([FIRST_HALF, YEAR]), value: unique.number() },
      provenance(random),
    ),
  (_random, _past, unique) => proposeTerms({ note: unique.text('note') }),
  (_random, past, unique) => returnTerms(past, { comments: [{ comment: unique.text('comment') }] }),
  (_random, past) => acceptTerms(past),
  (random, past, unique) =>
    sign(random.pick(['maker', 'receiver', 'witness'] as const), past, { position: unique.text('post') }),
  (_random, _past, unique) => withdrawAgreement({ reason: unique.text('withdrawal') }),
  (random, past, unique) => {
    const id = indicatorId(random);
    const change = random.pick([
      {
        change: 'target',
        indicatorId: id,
        target: { span: random.pick([FIRST_HALF_KEY, YEAR_KEY]), value: unique.number(), unit: 'baht' },
      },
      { change: 'weight', indicatorId: id, weight: unique.number().slice(0, 9) },
      { change: 'cancelIndicator', indicatorId: id, fromRound: '12m' },
      { change: 'cancelIndicator', indicatorId: id, fromRound: '6m' },
    ] as const);
    const amendmentId = `amendment-${past.length}`;
    const data = {
      amendmentId,
      changes: [change],
      reason: unique.text('reason'),
      requestedBy: HEAD,
      effectiveFrom: TODAY,
    };
    return { ...requestAmendment(data, { rounds: ROUNDS }), decidedOn: TODAY };
  },
  (_random, past) => approveAmendment({ amendmentId: pending(past), approvedBy: GOVERNOR }),
  (_random, past, unique) => rejectAmendment({ amendmentId: pending(past), reason: unique.text('rejection') }),
  (random, _past, unique) => ({
    ...reportActual({ ...figure(random), span: FIRST_HALF, value: unique.number() }, provenance(random)),
    decidedOn: AFTER_HALF,
    actorId: KEEPER,
  }),
  (random, _past, unique) => ({
    ...correctActual(
      { ...figure(random), value: unique.number(), reason: unique.text('correction') },
      provenance(random),
    ),
    decidedOn: AFTER_HALF,
  }),
  (random, _past, unique) => {
    const step = random.pick(['supervisor', 'performanceUnit'] as const);
    const comment = random.integer(0, 2) === 0 ? { comment: unique.text('certification') } : {};
    return certifyActual({ ...figure(random), step, certifiedBy: CHECKERS[step], ...comment });
  },
  (random, _past, unique) => returnActual({ ...figure(random), comment: unique.text('return') }),
  (random, _past, unique) =>
    examineActual({
      ...figure(random),
      observedValue: undefined,
      verdict: 'agrees',
      comment: unique.text('examination'),
    }),
  (random, _past, unique) =>
    grantExemption({ indicatorId: indicatorId(random), round: HALF, reason: unique.text('exemption') }, ROUNDS),
  () => closeRound(HALF, { decidedOn: AFTER_HALF }),
  () => reopenRound(HALF),
  (_random, _past, unique) => determineScore({ round: HALF, reason: unique.text('score') }),
  () => announceResult({ round: HALF, announcedOn: AFTER_HALF }),
  (_random, past, unique) => fileAppeal({ appealId: `appeal-${past.length}`, grounds: unique.text('grounds') }),
  (_random, past, unique) =>
    decideAppeal({ appealId: appealed(past), outcome: 'dismissed', reason: unique.text('decision') }),
];

/** Led to effect, so that lives come far; chance goes on from wherever they stand. */
const TO_EFFECT: readonly Choose[] = [
  (_random, _past, unique) => draftAgreement({ scheme: SCHEME, title: unique.text('title') }),
  (_random, _past, unique) => addIndicator({ name: unique.text('name') }),
  (_random, _past, unique) =>
    addIndicator({ indicatorId: 'water', displayNumber: '2', name: unique.text('name'), weight: '60' }),
  (_random, _past, unique) => setTarget({ value: unique.number() }),
  (_random, _past, unique) => setTarget({ value: unique.number() }),
  (_random, _past, unique) => setTarget({ indicatorId: 'water', value: unique.number() }),
  (_random, _past, unique) => proposeTerms({ note: unique.text('note') }),
  (_random, past) => acceptTerms(past),
  (_random, past, unique) => sign('maker', past, { position: unique.text('post') }),
];
/** Ways round: the receiver gives the terms back; they change after somebody has signed. */
const RETURNED: readonly Choose[] = [
  ...TO_EFFECT.slice(0, 7),
  (_random, past, unique) => returnTerms(past, { comments: [{ comment: unique.text('comment') }] }),
  ...TO_EFFECT.slice(5),
];
const VOIDED: readonly Choose[] = [...TO_EFFECT, ...TO_EFFECT.slice(5)];
const BY_CLICK: Choose = (_random, past, unique) => sign('receiver', past, { position: unique.text('post') });
const ON_PAPER: Choose = (_random, past, unique) =>
  sign('receiver', past, {
    position: unique.text('post'),
    capture: { kind: 'paper', scanSha256: 'b'.repeat(64), signedOn: isoDate('2026-10-01') },
  });

/** The life of an agreement, as its rules let it be: acts in their order, each with texts and numbers that no other event says. */
export function randomLife(seed: number, length: number): readonly LivedAct[] {
  const random = new SeededRandom(seed);
  const unique = new UniqueValues();
  const past: AgreementEvent[] = [];
  const acts: LivedAct[] = [];
  const take = (choose: Choose): void => {
    const command = choose(random, past, unique);
    const decision = agreementDecider.decide(command, stateAfter(past));
    if (decision instanceof Rejection || decision.length === 0) return;
    const stated = 'provenance' in command ? command.provenance : NATIVE;
    past.push(...decision.map((event) => Object.assign({ ...event }, { provenance: stated })));
    acts.push({
      events: decision.map((event) => JSON.parse(JSON.stringify(event)) as DomainEvent),
      provenance: stated,
    });
  };
  const led = [...random.pick([TO_EFFECT, RETURNED, VOIDED]), random.pick([BY_CLICK, ON_PAPER])];
  const ledTo = random.integer(0, 2) > 0 ? led.length : random.integer(0, led.length);
  for (const choose of led.slice(0, ledTo)) take(choose);
  for (let step = 0; step < length; step += 1) take(random.pick(CHOICES));
  return acts;
}
