import { isoDate, NATIVE, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import type { AwardCommand } from './award.commands';
import { awardDecider } from './award.decider';
import type { AwardEvent } from './award.events';
import {
  ANNOUNCEMENT_ID,
  announceAwards,
  AWARD_ID,
  awardGranted,
  awardRevoked,
  awardsAnnounced,
  BASIS,
  correctAnnounced,
  correctGranted,
  grantAward,
  GRANTED_IN_FULL,
  grantedCorrected,
  GRANTOR,
  KNOWN,
  RECIPIENT,
  revokeAward,
  TODAY,
  TRANSCRIBED,
} from './award.examples';
import { awardRefusals, type AwardRefusal } from './award.refusals';

const { given } = specification(awardDecider);

interface Refused {
  readonly given?: AwardEvent | readonly AwardEvent[];
  readonly when: AwardCommand;
  readonly facts?: Record<string, string | number | readonly string[]>;
  readonly pointer?: string;
}

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<AwardRefusal, readonly Refused[]> = {
  'award.alreadyGranted': [
    { given: [awardGranted(), awardRevoked()], when: grantAward() },
    { given: awardGranted(), when: grantAward() },
    { given: awardGranted(), when: announceAwards() },
  ],
  'award.alreadyAnnounced': [
    { given: awardsAnnounced(), when: announceAwards() },
    { given: awardsAnnounced(), when: grantAward() },
  ],
  'award.grantorMissing': [
    { when: grantAward({ grantors: [] }), pointer: '/grantors' },
    { when: announceAwards({ grantors: [] }), pointer: '/grantors' },
  ],
  'award.grantorRepeated': [
    { when: grantAward({ grantors: [GRANTOR, { ...GRANTOR, name: 'ชื่ออื่น' }] }), pointer: '/grantors/1' },
    {
      when: announceAwards({ grantors: [GRANTOR, { name: 'กระทรวง' }, { name: GRANTOR.name }] }),
      pointer: '/grantors/2',
    },
  ],
  'award.recipientMissing': [
    { when: grantAward({ recipients: [] }), pointer: '/recipients' },
    { given: awardGranted(), when: correctGranted({ recipients: [] }), pointer: '/granted/recipients' },
  ],
  'award.recipientRepeated': [{ when: grantAward({ recipients: [RECIPIENT, RECIPIENT] }), pointer: '/recipients/1' }],
  'award.grantorIsRecipient': [
    {
      when: grantAward({ recipients: [RECIPIENT, { name: 'ชื่ออื่น', officeId: GRANTOR.officeId }] }),
      pointer: '/recipients/1',
    },
    { when: grantAward({ grantors: [{ name: RECIPIENT.name }] }), pointer: '/recipients/0' },
    { when: grantAward({ grantors: [GRANTOR, RECIPIENT] }), pointer: '/recipients/0' },
  ],
  'award.countNotPositive': [0, -14]
    .map<Refused>((statedCount) => ({
      when: announceAwards({ statedCount }),
      facts: { statedCount },
      pointer: '/statedCount',
    }))
    .concat([
      {
        when: grantAward({ statedTotal: { group: 'g', count: 0 } }),
        facts: { statedCount: 0 },
        pointer: '/statedTotal/count',
      },
      {
        given: awardsAnnounced(),
        when: correctAnnounced({ statedTotal: { group: 'g', count: -1 } }),
        facts: { statedCount: -1 },
        pointer: '/announced/statedTotal/count',
      },
    ]),
  'award.rankNotPositive': [
    { when: grantAward({ rank: { rank: 0, comparisonSet: 'ทุกจังหวัด' } }), facts: { rank: 0 }, pointer: '/rank/rank' },
    {
      when: grantAward({ oneOf: { rank: 0, of: 4, comparisonSet: 'ทุกจังหวัด' } }),
      facts: { rank: 0 },
      pointer: '/oneOf/rank',
    },
  ],
  'award.oneOfTooFew': [
    { when: grantAward({ oneOf: { of: 0, comparisonSet: 'ทุกจังหวัด' } }), facts: { of: 0 }, pointer: '/oneOf/of' },
    {
      when: grantAward({ oneOf: { rank: 5, of: 4, comparisonSet: 'ทุกจังหวัด' } }),
      facts: { rank: 5, of: 4 },
      pointer: '/oneOf/of',
    },
  ],
  'award.validityReversed': [
    {
      when: grantAward({ validUntil: isoDate('2027-09-19') }),
      facts: { announcedOn: '2027-09-20', validUntil: '2027-09-19' },
      pointer: '/validUntil',
    },
  ],
  'award.announcementUnknown': [
    { when: grantAward({ partOf: ANNOUNCEMENT_ID }), facts: { partOf: ANNOUNCEMENT_ID }, pointer: '/partOf' },
    { when: grantAward({ partOf: ANNOUNCEMENT_ID }, NATIVE, { isAnnounced: false }), pointer: '/partOf' },
    {
      given: awardGranted(),
      when: correctGranted({ partOf: ANNOUNCEMENT_ID }),
      pointer: '/granted/partOf',
    },
  ],
  'award.partOfItself': [
    { given: awardGranted(), when: correctGranted({ partOf: AWARD_ID }, NATIVE, KNOWN), pointer: '/granted/partOf' },
  ],
  'award.basisIncomplete': (
    [
      ['closureRevision', { agreementId: BASIS.agreementId, closureRevision: 1 }],
      ['closureRevision', { ...BASIS, closureRevision: 0 }],
      ['eventId', { agreementId: BASIS.agreementId, eventId: BASIS.eventId }],
      ['figure/span', { ...BASIS, figure: { indicatorId: AWARD_ID, span: '2027-09-30..2026-10-01' } }],
    ] as const
  ).map(([field, basisAgreement]) => ({
    when: grantAward({ basisAgreement }, NATIVE, KNOWN),
    pointer: `/basisAgreement/${field}`,
  })),
  'award.agreementUnknown': [
    {
      when: grantAward({ basisAgreement: BASIS }, NATIVE, { isAgreementKnown: false }),
      facts: { agreementId: BASIS.agreementId },
      pointer: '/basisAgreement/agreementId',
    },
  ],
  'award.notRecorded': [{ when: correctGranted() }, { when: revokeAward() }],
  'award.alreadyRevoked': [
    { given: [awardGranted(), awardRevoked()], when: revokeAward() },
    { given: [awardGranted(), awardRevoked()], when: correctGranted({ level: 'advanced' }) },
    { given: [awardsAnnounced(), awardRevoked()], when: revokeAward() },
  ],
  'award.kindDiffers': [
    { given: awardGranted(), when: correctAnnounced(), facts: { recorded: 'granted' }, pointer: '/announced' },
    { given: awardsAnnounced(), when: correctGranted(), facts: { recorded: 'announced' }, pointer: '/granted' },
  ],
  'award.nothingCorrected': [
    { given: awardGranted(), when: correctGranted(), pointer: '/granted' },
    { given: awardGranted(), when: correctGranted({ level: undefined }), pointer: '/granted' },
    { given: awardsAnnounced(), when: correctAnnounced(), pointer: '/announced' },
    {
      given: [awardGranted(), grantedCorrected(GRANTED_IN_FULL)],
      when: correctGranted(GRANTED_IN_FULL, NATIVE, KNOWN),
      pointer: '/granted',
    },
  ],
  'award.revokedInTheFuture': [
    {
      given: awardGranted(),
      when: revokeAward({ revokedOn: isoDate('2027-10-02') }),
      facts: { revokedOn: '2027-10-02', decidedOn: TODAY },
      pointer: '/revokedOn',
    },
  ],
  'award.revokedBeforeAnnounced': [
    {
      given: awardGranted(),
      when: revokeAward({ revokedOn: isoDate('2027-09-19') }),
      facts: { revokedOn: '2027-09-19', announcedOn: '2027-09-20' },
      pointer: '/revokedOn',
    },
  ],
  'award.yearOutOfRange': [
    { when: grantAward({ awardYear: 2027 }), facts: { year: 2027 }, pointer: '/awardYear' },
    { when: grantAward({ fiscalYear: 2643 }), facts: { year: 2643 }, pointer: '/fiscalYear' },
    { when: announceAwards({ awardYear: 2343 }), facts: { year: 2343 }, pointer: '/awardYear' },
    { when: announceAwards({ fiscalYear: 2027 }), facts: { year: 2027 }, pointer: '/fiscalYear' },
  ],
  'award.provinceUnknown': [
    {
      when: grantAward({ recipients: [RECIPIENT, { name: 'ชุมชน', province: 'TH-99' }] }),
      facts: { province: 'TH-99' },
      pointer: '/recipients/1/province',
    },
    { when: announceAwards({ province: 'TH-28' }), facts: { province: 'TH-28' }, pointer: '/province' },
    { given: awardsAnnounced(), when: correctAnnounced({ province: 'TH-97' }), pointer: '/announced/province' },
  ],
  'award.formContradicted': [
    { when: grantAward({ forms: [] }), pointer: '/forms' },
    { when: grantAward({ forms: ['plaque', 'plaque'] }), facts: { forms: ['plaque', 'plaque'] }, pointer: '/forms' },
    { when: grantAward({ forms: ['plaque', NOT_STATED] }, TRANSCRIBED), pointer: '/forms' },
  ],
  'award.sourceNeeded': [
    { when: grantAward({ awardYear: NOT_STATED }), pointer: '/awardYear' },
    { when: grantAward({ forms: [NOT_STATED] }), pointer: '/forms' },
    { when: announceAwards({}, NATIVE) },
    { given: awardsAnnounced(), when: correctAnnounced({ statedCount: 13 }, NATIVE), pointer: '/announced' },
    { given: awardGranted(), when: revokeAward({ revokedOn: NOT_STATED }), pointer: '/revokedOn' },
  ],
};

describe.each(Object.entries(refused))('%s', (code, cases) => {
  test.each(cases.map((example, index) => [index + 1, example] as const))('case %i', (_number, example) => {
    const past = [example.given ?? []].flat();
    given(...past)
      .when(example.when)
      .thenRejected(code, example.facts);
    const state = past.reduce((folded, event) => awardDecider.evolve(folded, event), awardDecider.initialState);
    const refusal = awardDecider.decide(example.when, state);
    expect(refusal).toMatchObject(example.pointer === undefined ? {} : { pointer: example.pointer });
  });
});

test('every code of the catalogue is refused with above', () => {
  // Refused in commands/, before the rules are asked.
  const byAccess = ['award.notYours', 'award.ofOwnOffice', 'award.provinceDiffers'];
  expect([...Object.keys(refused), ...byAccess].sort()).toEqual(Object.keys(awardRefusals).sort());
  expect(Object.values(refused).every((cases) => cases.length > 0)).toBe(true);
});
