import { isoDate, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { agreementDecider } from '../agreement.decider';
import type { AgreementEvent } from '../agreement.events';
import {
  ACCEPTED,
  accepted,
  acceptTerms,
  addIndicator,
  agreed,
  drafted,
  HEAD,
  IN_EFFECT,
  indicatorAdded,
  MAKER,
  proposed,
  proposeTerms,
  READY_DRAFT,
  RECEIVER,
  returned,
  returnTerms,
  setTarget,
  sign,
  signed,
  targetSet,
  tookEffect,
  voided,
  withdrawAgreement,
  withdrawn,
  WITNESS,
} from '../agreement.examples';

const { given } = specification(agreementDecider);

const YESTERDAY = isoDate('2027-03-30');
const SECOND_RECEIVER = { ...RECEIVER, officeId: 'department-1' };
const SIGNED_BY_MAKER: readonly AgreementEvent[] = [...ACCEPTED, signed('maker', READY_DRAFT)];

describe('negotiating', () => {
  const proposal = [...READY_DRAFT, proposed(READY_DRAFT)];

  test('begins with a proposal, which freezes the terms at a revision', () => {
    given(...READY_DRAFT)
      .when(proposeTerms({ note: 'เสนอครั้งแรก' }))
      .then(proposed(READY_DRAFT, { termsRevision: 2, note: 'เสนอครั้งแรก' }));
  });

  test('needs no target of what an assessor judges, or of what leaves the targets to its sub-indicators', () => {
    const child = { indicatorId: 'online', displayNumber: '1.1', parentIndicatorId: 'income', weight: NOT_STATED };
    const judged = indicatorAdded({ indicatorId: 'judged', displayNumber: '2', direction: 'judged' });
    const past = [drafted(), indicatorAdded(), indicatorAdded(child), targetSet({ indicatorId: 'online' }), judged];
    given(...past)
      .when(proposeTerms())
      .then(proposed(past));
  });

  test('waits for every receiver', () => {
    const draft = [drafted({ parties: [MAKER, RECEIVER, SECOND_RECEIVER] }), indicatorAdded(), targetSet()];
    given(...draft, proposed(draft))
      .when(acceptTerms(draft))
      .then(accepted(draft));
    given(...draft, proposed(draft), accepted(draft))
      .when(acceptTerms(draft, { officeId: SECOND_RECEIVER.officeId }))
      .then(accepted(draft, { officeId: SECOND_RECEIVER.officeId }));
  });

  test('goes back with comments, and may begin again with the same terms', () => {
    const comments = [{ indicatorId: 'income', comment: 'เป้าหมายต่ำไป' }, { comment: 'ขอให้เพิ่มคำนำ' }];
    given(...proposal)
      .when(returnTerms(READY_DRAFT, { comments }))
      .then(returned(READY_DRAFT, { comments }));
    const back = [...proposal, returned(READY_DRAFT)];
    given(...back)
      .when(proposeTerms())
      .then(proposed(back, { termsRevision: 4 }));
  });

  test('goes back after some have signed, whose signatures are void then', () => {
    given(...SIGNED_BY_MAKER)
      .when(returnTerms(READY_DRAFT))
      .then(returned(READY_DRAFT), voided(MAKER));
  });

  test('ends where the maker gives the draft up', () => {
    given(...ACCEPTED)
      .when(withdrawAgreement())
      .then(withdrawn());
  });
});

describe('signing', () => {
  test('by one side does not put the agreement into effect', () => {
    given(...ACCEPTED)
      .when(sign('maker', READY_DRAFT))
      .then(signed('maker', READY_DRAFT));
    given(...ACCEPTED)
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
        signed('receiver', READY_DRAFT, { capture: 'paper', scanSha256, signedOn: YESTERDAY, signedBy: undefined }),
        tookEffect(READY_DRAFT),
      );
  });

  test('with a certificate keeps what was signed with what, and takes nobody here for the signatory', () => {
    const certificate = { documentSha256: 'd'.repeat(64), certificateSha256: 'e'.repeat(64) };
    given(...ACCEPTED)
      .when(sign('maker', READY_DRAFT, { capture: { kind: 'certificate', ...certificate, signedOn: YESTERDAY } }))
      .then(
        signed('maker', READY_DRAFT, { capture: 'certificate', certificate, signedOn: YESTERDAY, signedBy: undefined }),
      );
  });

  test.each([
    { capacity: 'delegated', authority: 'คำสั่งจังหวัดตัวอย่าง ที่ 1/2570' },
    { capacity: 'actingFor', authority: 'คำสั่งจังหวัดตัวอย่าง ที่ 2/2570' },
    { capacity: 'actingInPosition' },
  ] as const)('as $capacity is kept as such, with its authority', (capacity) => {
    given(...ACCEPTED)
      .when(sign('maker', READY_DRAFT, capacity))
      .then(signed('maker', READY_DRAFT, { ...capacity, signedBy: HEAD }));
  });

  test('by a witness may follow when the agreement is in effect', () => {
    given(...IN_EFFECT)
      .when(sign('witness', IN_EFFECT))
      .then(signed('witness', IN_EFFECT));
  });

  test('waits for every one of several makers', () => {
    const parties = [MAKER, { ...MAKER, officeId: 'district-2' }, RECEIVER];
    const draft = [drafted({ parties }), indicatorAdded(), targetSet()];
    const past = agreed(draft);
    const byTwo = [...past, signed('maker', draft), signed('receiver', draft)];
    given(...past, signed('maker', draft))
      .when(sign('receiver', draft))
      .then(signed('receiver', draft));
    given(...byTwo)
      .when(sign('maker', draft, { officeId: 'district-2' }))
      .then(signed('maker', draft, { officeId: 'district-2' }), tookEffect(draft));
  });

  test('counts signatures from before terms had to be proposed, when the same terms are agreed on', () => {
    const earlier = [...READY_DRAFT, signed('maker', READY_DRAFT, { termsRevision: undefined, signedBy: undefined })];
    const past = agreed(earlier);
    given(...past)
      .when(sign('receiver', past))
      .then(signed('receiver', past), { type: 'AgreementTookEffect', data: tookEffect(READY_DRAFT).data });
  });

  test('by a witness asks for no revision where none was kept', () => {
    const data = signed('maker', READY_DRAFT).data;
    const past = [
      ...READY_DRAFT,
      signed('maker', READY_DRAFT),
      signed('receiver', READY_DRAFT),
      tookEffect(READY_DRAFT),
    ];
    given(...past)
      .when(sign('witness', past, { termsRevision: 99 }))
      .then(signed('witness', past, { termsRevision: 99, signedOn: data.signedOn }));
  });
});

describe('changing terms that some have signed', () => {
  const byWitnessToo = [...SIGNED_BY_MAKER, signed('witness', READY_DRAFT)];
  const changed = [...SIGNED_BY_MAKER, targetSet({ value: '7' }), voided(MAKER)];

  test('voids their signatures', () => {
    const other = { indicatorId: 'other', displayNumber: '2' };
    given(...SIGNED_BY_MAKER)
      .when(addIndicator(other))
      .then(indicatorAdded(other), voided(MAKER));
    given(...byWitnessToo)
      .when(setTarget({ value: '7' }))
      .then(targetSet({ value: '7' }), voided(MAKER, WITNESS));
  });

  test('takes the proposal back', () => {
    given(...changed)
      .when(sign('maker', changed))
      .thenRejected('terms.notProposed');
  });

  test('lets them sign again what was agreed on anew, and only then does the agreement take effect', () => {
    const again = [...agreed(changed), signed('receiver', changed)];
    given(...agreed(changed))
      .when(sign('receiver', changed))
      .then(signed('receiver', changed));
    given(...again)
      .when(sign('maker', changed))
      .then(signed('maker', changed), tookEffect(changed));
  });
});
