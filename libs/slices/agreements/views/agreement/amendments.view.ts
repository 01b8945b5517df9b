import type { AmendmentApproved, AmendmentRejected, AmendmentRequested } from '../../domain/agreement.events';
import type { Amendment } from '../../domain/agreement.state';
import type { Source, Stated } from '@khamrap/platform/http';

type OfAmendment<Data> = Omit<Data, 'amendmentId'> & Stated;

type Requested = AmendmentRequested['data'];

export interface AmendmentView extends Stated, Requested {
  readonly approvals: readonly OfAmendment<AmendmentApproved['data']>[];
  readonly rejection?: OfAmendment<AmendmentRejected['data']>;
}

/** With how far it has come, as the rules see it. */
export type JudgedAmendmentView = AmendmentView & { readonly status: Amendment['status'] };

/** Tells what was asked to be changed, and what the receivers said. */
export class AmendmentsTelling {
  readonly #amendments = new Map<string, AmendmentView>();

  take(event: AmendmentRequested | AmendmentApproved | AmendmentRejected, stated: Source): void {
    const { amendmentId } = event.data;
    if (event.type === 'AmendmentRequested') {
      return void this.#amendments.set(amendmentId, { ...event.data, stated, approvals: [] });
    }
    const amendment = this.#amendments.get(amendmentId);
    if (!amendment) return;
    if (event.type === 'AmendmentApproved') {
      const { officeId, approvedBy } = event.data;
      const approvals = [...amendment.approvals, { officeId, approvedBy, stated }];
      return void this.#amendments.set(amendmentId, { ...amendment, approvals });
    }
    const { officeId, rejectedBy, reason } = event.data;
    this.#amendments.set(amendmentId, { ...amendment, rejection: { officeId, rejectedBy, reason, stated } });
  }

  /** @param judged the amendments as the rules see them */
  amendments(judged: ReadonlyMap<string, Amendment>): readonly JudgedAmendmentView[] {
    return [...this.#amendments].map(([amendmentId, amendment]) => ({
      ...amendment,
      status: judged.get(amendmentId)?.status ?? 'requested',
    }));
  }
}
