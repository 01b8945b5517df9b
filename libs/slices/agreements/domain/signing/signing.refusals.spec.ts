import { isoDate, NOT_STATED, type JsonObject } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import type { AgreementCommand } from '../agreement.commands';
import { agreementDecider } from '../agreement.decider';
import type { AgreementEvent } from '../agreement.events';
import {
  ACCEPTED,
  accepted,
  acceptTerms,
  agreed,
  ANNOUNCED,
  drafted,
  GOVERNOR,
  HEAD,
  IN_EFFECT,
  indicatorAdded,
  MAKER,
  MONITORED,
  proposed,
  proposeTerms,
  READY_DRAFT,
  RECEIVER,
  requestAmendment,
  returnTerms,
  sign,
  signed,
  stateAfter,
  targetSet,
  termsHashAfter,
  TODAY,
  withdrawAgreement,
} from '../agreement.examples';
import type { signingRefusals } from './signing.refusals';

const { given } = specification(agreementDecider);

const TOMORROW = isoDate('2027-04-01');
const CHANGED: readonly AgreementEvent[] = [...READY_DRAFT, targetSet({ value: '1' })];
const PROPOSED: readonly AgreementEvent[] = [...READY_DRAFT, proposed(READY_DRAFT)];
const CHILD = { indicatorId: 'online', displayNumber: '1.1', parentIndicatorId: 'income', weight: NOT_STATED };

interface Refused {
  readonly given: readonly AgreementEvent[];
  readonly when: AgreementCommand;
  readonly facts?: JsonObject;
  readonly pointer?: string;
}

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<keyof typeof signingRefusals, readonly Refused[]> = {
  'agreement.notForSigning': [
    { given: ANNOUNCED, when: sign('maker', ANNOUNCED), facts: { status: 'announced' } },
    { given: MONITORED, when: sign('maker', MONITORED), facts: { status: 'monitored' } },
    { given: MONITORED, when: proposeTerms() },
  ],
  'agreement.notAParty': [
    { given: ACCEPTED, when: sign('maker', READY_DRAFT, { officeId: 'district-2' }), pointer: '/officeId' },
    { given: ACCEPTED, when: sign('maker', READY_DRAFT, { officeId: RECEIVER.officeId }) },
    { given: IN_EFFECT, when: sign('witness', IN_EFFECT, { officeId: 'office-8' }) },
    { given: READY_DRAFT, when: proposeTerms({ officeId: RECEIVER.officeId }), facts: { side: 'maker' } },
    { given: PROPOSED, when: acceptTerms(READY_DRAFT, { officeId: MAKER.officeId }), facts: { side: 'receiver' } },
    { given: PROPOSED, when: returnTerms(READY_DRAFT, { officeId: MAKER.officeId }), facts: { side: 'receiver' } },
    { given: READY_DRAFT, when: withdrawAgreement({ officeId: RECEIVER.officeId }), facts: { side: 'maker' } },
    { given: IN_EFFECT, when: requestAmendment({ officeId: RECEIVER.officeId }), facts: { side: 'maker' } },
  ],
  'agreement.alreadySignedBySide': [
    { given: [...ACCEPTED, signed('maker', READY_DRAFT)], when: sign('maker', READY_DRAFT) },
    { given: IN_EFFECT, when: sign('receiver', IN_EFFECT), facts: { side: 'receiver', officeId: RECEIVER.officeId } },
  ],
  'signature.bothSides': [
    {
      given: [...ACCEPTED, signed('maker', READY_DRAFT)],
      when: { ...sign('receiver', READY_DRAFT), actorId: HEAD },
      facts: { side: 'maker' },
      pointer: '/side',
    },
    { given: IN_EFFECT, when: { ...sign('witness', IN_EFFECT), actorId: GOVERNOR }, facts: { side: 'receiver' } },
  ],
  'agreement.termsHashDiffers': [
    {
      given: agreed(CHANGED),
      when: sign('maker', READY_DRAFT),
      facts: { currentTermsHash: termsHashAfter(CHANGED) },
      pointer: '/termsHash',
    },
    { given: IN_EFFECT, when: sign('witness', [drafted()]), facts: { currentTermsHash: termsHashAfter(READY_DRAFT) } },
    { given: PROPOSED, when: acceptTerms(CHANGED), pointer: '/termsHash' },
    { given: PROPOSED, when: returnTerms(CHANGED), pointer: '/termsHash' },
  ],
  'agreement.termsRevisionDiffers': [
    {
      given: ACCEPTED,
      when: sign('maker', READY_DRAFT, { termsRevision: 1 }),
      facts: { currentTermsRevision: 2 },
      pointer: '/termsRevision',
    },
    { given: IN_EFFECT, when: sign('witness', IN_EFFECT, { termsRevision: 3 }), facts: { currentTermsRevision: 2 } },
  ],
  'draft.nothingToSign': [{ given: [drafted()], when: proposeTerms() }],
  'draft.targetMissing': [
    {
      given: [...READY_DRAFT, indicatorAdded({ indicatorId: 'other', displayNumber: '2' })],
      when: proposeTerms(),
      facts: { indicatorIds: ['other'] },
    },
    { given: [...READY_DRAFT, indicatorAdded(CHILD)], when: proposeTerms(), facts: { indicatorIds: ['online'] } },
  ],
  'terms.notProposed': [
    { given: READY_DRAFT, when: sign('maker', READY_DRAFT) },
    { given: READY_DRAFT, when: acceptTerms(READY_DRAFT) },
    { given: READY_DRAFT, when: returnTerms(READY_DRAFT) },
    { given: [...ACCEPTED, targetSet({ value: '1' })], when: sign('maker', READY_DRAFT) },
  ],
  'terms.alreadyProposed': [
    { given: ACCEPTED, when: proposeTerms(), facts: { termsRevision: 2, termsHash: termsHashAfter(READY_DRAFT) } },
  ],
  'terms.notAccepted': [
    { given: PROPOSED, when: sign('maker', READY_DRAFT), facts: { waitingFor: [RECEIVER.officeId] } },
    {
      given: [
        drafted({ parties: [MAKER, RECEIVER, { ...RECEIVER, officeId: 'r2' }] }),
        ...PROPOSED.slice(1),
        accepted(READY_DRAFT),
      ],
      when: sign('receiver', READY_DRAFT),
      facts: { waitingFor: ['r2'] },
    },
  ],
  'terms.alreadyAccepted': [
    { given: ACCEPTED, when: acceptTerms(READY_DRAFT), facts: { officeId: RECEIVER.officeId } },
  ],
  'terms.commentsMissing': [
    { given: PROPOSED, when: returnTerms(READY_DRAFT, { comments: [] }), pointer: '/comments' },
  ],
  'signature.authorityMissing': [
    { given: ACCEPTED, when: sign('maker', READY_DRAFT, { capacity: 'delegated' }), pointer: '/authority' },
  ],
  'signature.inTheFuture': [
    { kind: 'paper', scanSha256: 'b'.repeat(64), signedOn: TOMORROW } as const,
    { kind: 'certificate', documentSha256: 'd', certificateSha256: 'e', signedOn: TOMORROW } as const,
  ].map((capture) => ({
    given: ACCEPTED,
    when: sign('maker', READY_DRAFT, { capture }),
    facts: { signedOn: TOMORROW, decidedOn: TODAY },
    pointer: `/${capture.kind}/signedOn`,
  })),
};

describe.each(Object.entries(refused))('%s', (code, cases) => {
  test.each(cases.map((example, index) => [index + 1, example] as const))('case %i', (_number, example) => {
    given(...example.given)
      .when(example.when)
      .thenRejected(code, example.facts);
    const refusal = agreementDecider.decide(example.when, stateAfter(example.given));
    expect(refusal).toMatchObject(example.pointer === undefined ? {} : { pointer: example.pointer });
  });
});

test('every code has its examples above', () => {
  expect(Object.values(refused).every((cases) => cases.length > 0)).toBe(true);
});
