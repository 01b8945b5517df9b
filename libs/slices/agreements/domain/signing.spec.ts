import { isoDate, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { agreementDecider } from './agreement.decider';
import type { AgreementEvent } from './agreement.events';
import {
  addIndicator,
  drafted,
  IN_EFFECT,
  indicatorAdded,
  MAKER,
  READY_DRAFT,
  RECEIVER,
  setTarget,
  sign,
  signed,
  targetSet,
  tookEffect,
  WITNESS,
} from './agreement.examples';
import type { Party } from './agreement.state';

const { given } = specification(agreementDecider);

const YESTERDAY = isoDate('2027-03-30');
const SIGNED_BY_MAKER: readonly AgreementEvent[] = [...READY_DRAFT, signed('maker', READY_DRAFT)];

function voided(...parties: readonly Party[]): AgreementEvent {
  return { type: 'SignaturesVoided', data: { signatures: parties.map(({ side, officeId }) => ({ side, officeId })) } };
}

describe('signing', () => {
  test('by one side does not put the agreement into effect', () => {
    given(...READY_DRAFT)
      .when(sign('maker', READY_DRAFT))
      .then(signed('maker', READY_DRAFT));
    given(...READY_DRAFT)
      .when(sign('witness', READY_DRAFT))
      .then(signed('witness', READY_DRAFT));
  });

  test('by the last maker or receiver puts the agreement into effect in the same decision', () => {
    given(...SIGNED_BY_MAKER)
      .when(sign('receiver', READY_DRAFT))
      .then(signed('receiver', READY_DRAFT), tookEffect(READY_DRAFT));
  });

  test('on paper counts from the day on the paper, and the agreement from the latest of these days', () => {
    const scanSha256 = 'b'.repeat(64);
    given(...SIGNED_BY_MAKER)
      .when(sign('receiver', READY_DRAFT, { capture: { kind: 'paper', scanSha256, signedOn: YESTERDAY } }))
      .then(
        signed('receiver', READY_DRAFT, { capture: 'paper', scanSha256, signedOn: YESTERDAY }),
        tookEffect(READY_DRAFT),
      );
  });

  test('under delegated authority is kept as such', () => {
    const capacity = 'delegated';
    given(...READY_DRAFT)
      .when(sign('maker', READY_DRAFT, { capacity }))
      .then(signed('maker', READY_DRAFT, { capacity }));
  });

  test('by a witness may follow when the agreement is in effect', () => {
    given(...IN_EFFECT)
      .when(sign('witness', IN_EFFECT))
      .then(signed('witness', IN_EFFECT));
  });

  test('waits for every one of several makers', () => {
    const parties = [MAKER, { ...MAKER, officeId: 'district-2' }, RECEIVER];
    const past = [drafted({ parties }), indicatorAdded(), targetSet()];
    const byTwo = [...past, signed('maker', past), signed('receiver', past)];
    given(...past, signed('maker', past))
      .when(sign('receiver', past))
      .then(signed('receiver', past));
    given(...byTwo)
      .when(sign('maker', past, { officeId: 'district-2' }))
      .then(signed('maker', past, { officeId: 'district-2' }), tookEffect(past));
  });

  test('needs no target of an indicator that leaves the targets to its sub-indicators', () => {
    const child = { indicatorId: 'online', displayNumber: '1.1', parentIndicatorId: 'income', weight: NOT_STATED };
    const target = targetSet({ indicatorId: 'online' });
    const past = [drafted(), indicatorAdded(), indicatorAdded(child), target];
    given(...past)
      .when(sign('maker', past))
      .then(signed('maker', past));
  });
});

describe('changing terms that some have signed', () => {
  const byWitnessToo = [...SIGNED_BY_MAKER, signed('witness', READY_DRAFT)];

  test('voids their signatures', () => {
    const other = { indicatorId: 'other', displayNumber: '2' };
    given(...SIGNED_BY_MAKER)
      .when(addIndicator(other))
      .then(indicatorAdded(other), voided(MAKER));
    given(...byWitnessToo)
      .when(setTarget({ value: '7' }))
      .then(targetSet({ value: '7' }), voided(MAKER, WITNESS));
  });

  test('lets them sign again, and only then does the agreement take effect', () => {
    const changed = [...SIGNED_BY_MAKER, targetSet({ value: '7' }), voided(MAKER)];
    const signedAgain = [...changed, signed('receiver', changed)];
    given(...changed)
      .when(sign('receiver', changed))
      .then(signed('receiver', changed));
    given(...signedAgain)
      .when(sign('maker', changed))
      .then(signed('maker', changed), tookEffect(changed));
  });
});
