import type { CommandAnswer } from '@khamrap/platform/http';
import type { AgreementAnswer } from '../../libs/slices/agreements/views/agreement/agreement.answer';
import type { AwardItem } from '../../libs/slices/awards/views/awards/awards.query';
import type { AgreementStandingRow, StandingRow } from '../../libs/slices/standings/views/standings/standings.query';

export type { AgreementAnswer, AgreementStandingRow, AwardItem, CommandAnswer, StandingRow };

export interface List<Item> {
  readonly items: readonly Item[];
  readonly position: number;
}

export interface AwardList extends List<AwardItem> {
  readonly awardCount: number;
}

export interface StandingsEvent {
  readonly position: number;
  readonly standings: readonly StandingRow[];
}

/** RFC 9457, as this service writes it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly titles: { readonly th: string; readonly en: string };
  readonly status: number;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly currentRevision?: number;
  readonly errors?: readonly {
    readonly code: string;
    readonly pointer?: string;
    readonly parameter?: string;
    readonly header?: string;
    readonly messages?: { readonly th: string; readonly en: string };
  }[];
}
