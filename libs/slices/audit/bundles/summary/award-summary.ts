import type { AwardEvent } from '@khamrap/awards/events';
import { NOT_STATED, type Position } from '@khamrap/kernel';
import type { DisclosedEvent } from '../files/stream-files';

/** An award as its last disclosed statement has it. */
export interface AwardSummary {
  readonly category: string;
  readonly grantors: string;
  readonly recipients: string;
  readonly year: string;
  readonly state: string;
  readonly position: Position;
}

type Granted = Extract<AwardEvent, { type: 'AwardGranted' }>['data'];

/** What an award is after one more of its events. */
export function awardAfter(
  before: AwardSummary | undefined,
  { type, data, position }: Pick<DisclosedEvent, 'type' | 'data' | 'position'>,
): AwardSummary | undefined {
  const event = { type, data } as unknown as AwardEvent;
  switch (event.type) {
    case 'AwardGranted':
      return granted(event.data, position, 'มอบแล้ว · granted');
    case 'AwardCorrected':
      return event.data.granted ? granted(event.data.granted, position, 'แก้ไขแล้ว · corrected') : before;
    case 'AwardRevoked':
      return before && { ...before, state: `เพิกถอน · revoked (${event.data.revokedOn})`, position };
    default:
      return before;
  }
}

function granted(data: Granted, position: Position, state: string): AwardSummary {
  const { category, categoryPrinted, grantors, recipients, awardYear, fiscalYear, level, rank } = data;
  const details = [level, rank && `${rank.rank} (${rank.comparisonSet})`].filter((detail) => detail !== undefined);
  const years = [awardYear === NOT_STATED ? 'ไม่ระบุ · not stated' : awardYear, fiscalYear].filter(
    (year) => year !== undefined,
  );
  return {
    category: [categoryPrinted ?? category, ...details].join(', '),
    grantors: namesIn(grantors),
    recipients: namesIn(recipients),
    year: years.join(' / '),
    state,
    position,
  };
}

function namesIn(named: readonly { readonly name: string }[]): string {
  return named.map(({ name }) => name).join(', ');
}
