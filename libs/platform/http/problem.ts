import type { BothLanguages, Json } from '@khamrap/kernel';
import type { HttpProblemCode } from './http-problems';

/** What exactly is wrong with one part of the request. */
export interface ProblemDetail {
  /** Stable name of what is wrong. */
  readonly code: string;
  /** JSON Pointer (RFC 6901) into the body; the empty text is the whole body. */
  readonly pointer?: string;
  /** Name of the parameter of the address. */
  readonly parameter?: string;
  /** Name of the header field. */
  readonly header?: string;
  readonly messages?: BothLanguages;
}

/** One occurrence of a problem, before it is put into words. */
export interface ProblemOccurrence {
  /** Names the kind of problem; its status and title are in the catalogue. */
  readonly code: string;
  readonly detail?: BothLanguages;
  readonly errors?: readonly ProblemDetail[];
  /** Further members of the body (RFC 9457 §3.2). */
  readonly members?: Readonly<Record<string, Json>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown at the edge: the request is refused before the domain is asked. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly occurrence: ProblemOccurrence;
  constructor(code: HttpProblemCode, more: Omit<ProblemOccurrence, 'code'> = {}) {
    super(code);
    this.occurrence = { code, ...more };
  }
}
