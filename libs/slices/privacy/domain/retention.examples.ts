import { isoDate } from '@khamrap/kernel';
import type { ApplyRetention } from './retention.decider';
import type { RetentionApplied } from './retention.events';

// Retention for specs; each can be changed in the one respect that it is about.

const AGREEMENT = '0b7f6a4e-2f0c-5d35-9c53-51b6b1a7c003';
const COMMITMENT = 'X7s1Yq0xq0m2x3c4v5b6n7m8k9j0h1g2f3d4s5a6p7o';

export function retentionApplied(commitments: readonly string[] = [COMMITMENT]): RetentionApplied {
  return {
    type: 'RetentionApplied',
    data: {
      agreement: AGREEMENT,
      closedOn: isoDate('2016-09-30'),
      years: 10,
      reason: 'คำสั่งกรมการพัฒนาชุมชน ที่ 1/2570',
      fromVault: { commitments },
    },
  };
}

export function applyRetention({ today = '2026-10-01', kept = [COMMITMENT] } = {}): ApplyRetention {
  const { fromVault: _fromVault, ...data } = retentionApplied().data;
  return { type: 'ApplyRetention', data, today: isoDate(today), kept };
}
