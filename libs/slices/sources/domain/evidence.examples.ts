import type { EraseEvidence } from './evidence.decider';
import type { EvidenceErased } from './evidence.events';

// Evidence for specs.

const ERASING = { sha256: 'e'.repeat(64), reason: 'มีข้อมูลส่วนบุคคลของผู้ที่ไม่เกี่ยวข้อง' };

export function evidenceErased(changes: Partial<EvidenceErased['data']> = {}): EvidenceErased {
  return { type: 'EvidenceErased', data: { ...ERASING, ...changes } };
}
export function eraseEvidence(changes: Partial<EvidenceErased['data']> = {}): EraseEvidence {
  return { type: 'EraseEvidence', ...ERASING, ...changes };
}
