import { isoDate, NATIVE, NOT_STATED, type Provenance } from '@khamrap/kernel';
import type { AnnounceAwards, CorrectAward, FactsOfOthers, GrantAward, RevokeAward } from './award.commands';
import type { AwardCorrected, AwardGranted, AwardRevoked, AwardsAnnounced, BasisAgreement } from './award.events';

// Awards for specs; each can be changed in the one respect that a specification is about.

export const TRANSCRIBED: Provenance = { kind: 'transcribed', sourceDocument: 'a'.repeat(64), passage: 'paragraph 2' };
export const GRANTOR = { name: 'สำนักงานผู้มอบตัวอย่าง', officeId: 'grantor-1' } as const;
export const RECIPIENT = { name: 'จังหวัดตัวอย่าง', officeId: 'province-1' } as const;
export const AWARD_ID = '0a1b2c3d-0000-5000-8000-000000000001';
export const ANNOUNCEMENT_ID = '0a1b2c3d-0000-5000-8000-000000000002';
export const TODAY = isoDate('2027-10-01');
/** All that an award names is there. */
export const KNOWN: FactsOfOthers = { isAnnounced: true, isAgreementKnown: true };
export const BASIS: BasisAgreement = {
  agreementId: '0a1b2c3d-0000-5000-8000-000000000003',
  round: '12',
  closureRevision: 1,
  figure: { indicatorId: '0a1b2c3d-0000-5000-8000-000000000004', span: '2026-10-01..2027-09-30' },
  eventId: '0a1b2c3d-0000-5000-8000-000000000005',
};

const GRANTED: Omit<AwardGranted['data'], 'awardYear'> = {
  category: 'serviceQuality',
  grantors: [GRANTOR],
  recipients: [RECIPIENT],
  forms: ['plaque', 'certificate'],
  announcedOn: isoDate('2027-09-20'),
};
const ANNOUNCED: Omit<AwardsAnnounced['data'], 'awardYear' | 'recipients'> = {
  category: 'convenientService',
  grantors: [GRANTOR],
  statedCount: 14,
  announcedOn: isoDate('2027-09-20'),
  province: 'TH-54',
};

/** Every field that a granted award can have, beside those of the simplest one. */
export const GRANTED_IN_FULL: Partial<Omit<AwardGranted['data'], 'awardYear'>> = {
  categoryPrinted: 'PMOA',
  grantors: [GRANTOR, { name: 'กระทรวงตัวอย่าง' }],
  recipients: [{ ...RECIPIENT, province: 'TH-54' }],
  fiscalYear: 2570,
  level: 'advanced',
  rank: { rank: 2, comparisonSet: 'ทุกจังหวัด' },
  oneOf: { rank: 1, of: 4, comparisonSet: 'จังหวัดต้นแบบ' },
  validUntil: isoDate('2030-09-19'),
  score: '99.15',
  basis: 'ประกาศ',
  asPrinted: 'อันดับ ๒',
  partOf: ANNOUNCEMENT_ID,
  statedTotal: { group: 'document-1', count: 71 },
  basisAgreement: BASIS,
};
/** Every field that an announcement can have, beside those of the simplest one. */
export const ANNOUNCED_IN_FULL: Partial<Omit<AwardsAnnounced['data'], 'awardYear'>> = {
  categoryPrinted: 'GECC',
  recipients: 'partlyNamed',
  fiscalYear: 2570,
  level: 'basic',
  asPrinted: '๑๔ รางวัล',
  statedTotal: { group: 'document-1', count: 71 },
};

export function awardGranted(changes: Partial<AwardGranted['data']> = {}): AwardGranted {
  return { type: 'AwardGranted', data: { ...GRANTED, awardYear: '2570', ...changes } };
}
export function awardsAnnounced(changes: Partial<AwardsAnnounced['data']> = {}): AwardsAnnounced {
  return { type: 'AwardsAnnounced', data: { ...ANNOUNCED, recipients: NOT_STATED, awardYear: '2570', ...changes } };
}
export function grantedCorrected(changes: Partial<AwardGranted['data']> = {}): AwardCorrected {
  return { type: 'AwardCorrected', data: { granted: awardGranted(changes).data, reason: 'พิมพ์ผิด' } };
}
export function announcedCorrected(changes: Partial<AwardsAnnounced['data']> = {}): AwardCorrected {
  return { type: 'AwardCorrected', data: { announced: awardsAnnounced(changes).data, reason: 'พิมพ์ผิด' } };
}
export function awardRevoked(changes: Partial<AwardRevoked['data']> = {}): AwardRevoked {
  const data = { revokedOn: isoDate('2027-09-30'), reason: 'คุณสมบัติไม่ครบ', basis: 'มติคณะกรรมการ' };
  return { type: 'AwardRevoked', data: { ...data, ...changes } };
}

export function grantAward(
  changes: Partial<GrantAward['data']> = {},
  provenance: Provenance = NATIVE,
  facts: FactsOfOthers = {},
): GrantAward {
  return { type: 'GrantAward', data: { ...GRANTED, awardYear: 2570, ...changes }, provenance, facts };
}
export function announceAwards(
  changes: Partial<AnnounceAwards['data']> = {},
  provenance: Provenance = TRANSCRIBED,
): AnnounceAwards {
  return { type: 'AnnounceAwards', data: { ...ANNOUNCED, awardYear: 2570, ...changes }, provenance };
}
export function correctGranted(
  changes: Partial<GrantAward['data']> = {},
  provenance: Provenance = NATIVE,
  facts: FactsOfOthers = {},
): CorrectAward {
  const statement = { kind: 'granted', data: grantAward(changes).data } as const;
  return { type: 'CorrectAward', awardId: AWARD_ID, statement, reason: 'พิมพ์ผิด', provenance, facts };
}
export function correctAnnounced(
  changes: Partial<AnnounceAwards['data']> = {},
  provenance: Provenance = TRANSCRIBED,
): CorrectAward {
  const statement = { kind: 'announced', data: announceAwards(changes).data } as const;
  return { type: 'CorrectAward', awardId: AWARD_ID, statement, reason: 'พิมพ์ผิด', provenance };
}
export function revokeAward(changes: Partial<RevokeAward['data']> = {}, provenance: Provenance = NATIVE): RevokeAward {
  return { type: 'RevokeAward', data: awardRevoked(changes).data, decidedOn: TODAY, provenance };
}
