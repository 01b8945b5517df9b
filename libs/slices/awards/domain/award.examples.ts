import { isoDate, NATIVE, NOT_STATED, type Provenance } from '@khamrap/kernel';
import type { AnnounceAwards, GrantAward } from './award.commands';
import type { AwardGranted, AwardsAnnounced } from './award.events';

// Awards for specs; each can be changed in the one respect that a specification is about.

export const TRANSCRIBED: Provenance = { kind: 'transcribed', sourceDocument: 'a'.repeat(64), passage: 'paragraph 2' };
export const GRANTOR = { name: 'สำนักงานผู้มอบตัวอย่าง', officeId: 'grantor-1' } as const;
export const RECIPIENT = { name: 'จังหวัดตัวอย่าง', officeId: 'province-1' } as const;

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

export function awardGranted(changes: Partial<AwardGranted['data']> = {}): AwardGranted {
  return { type: 'AwardGranted', data: { ...GRANTED, awardYear: '2570', ...changes } };
}
export function awardsAnnounced(changes: Partial<AwardsAnnounced['data']> = {}): AwardsAnnounced {
  return { type: 'AwardsAnnounced', data: { ...ANNOUNCED, recipients: NOT_STATED, awardYear: '2570', ...changes } };
}

export function grantAward(changes: Partial<GrantAward['data']> = {}, provenance: Provenance = NATIVE): GrantAward {
  return { type: 'GrantAward', data: { ...GRANTED, awardYear: 2570, ...changes }, provenance };
}
export function announceAwards(
  changes: Partial<AnnounceAwards['data']> = {},
  provenance: Provenance = TRANSCRIBED,
): AnnounceAwards {
  return { type: 'AnnounceAwards', data: { ...ANNOUNCED, awardYear: 2570, ...changes }, provenance };
}
