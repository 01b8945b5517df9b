import type { RequestKind, RequestScope } from './personal-data-request.events';

/** A request, from when it was filed on. */
export interface FiledRequest {
  readonly status: 'open' | 'fulfilled' | 'refused';
  readonly kind: RequestKind;
  readonly subject: string;
  /** The pseudonym of who filed it. */
  readonly filedBy: string;
  readonly scope: RequestScope;
}

/** What the rules need to know of a request. */
export type PersonalDataRequestState = { readonly status: 'notFiled' } | FiledRequest;
