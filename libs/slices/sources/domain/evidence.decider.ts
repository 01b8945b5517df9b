import type { Decider } from '@khamrap/kernel';
import type { EvidenceEvent } from './evidence.events';

/** Erases the bytes of a file that was uploaded. */
export interface EraseEvidence {
  readonly type: 'EraseEvidence';
  readonly sha256: string;
  readonly reason: string;
}

export interface EvidenceState {
  readonly isErased: boolean;
}

/** The rules of a stream `evidence-{sha256}`: what is erased stays erased, and erasing it again changes nothing. */
export const evidenceDecider: Decider<EvidenceState, EraseEvidence, EvidenceEvent> = {
  initialState: { isErased: false },

  decide({ sha256, reason }, { isErased }) {
    return isErased ? [] : [{ type: 'EvidenceErased', data: { sha256, reason } }];
  },

  evolve(_state, event) {
    switch (event.type) {
      case 'EvidenceErased':
        return { isErased: true };
    }
  },
};
