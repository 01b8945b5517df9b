import type { BothLanguages } from './both-languages';
import type { JsonObject } from './json';

/** How a refusal concerns the one who asked: what they may do about it. */
export type RejectionKind =
  /** The request contradicts what has already happened. */
  | 'conflict'
  /** The request can be read but breaks a rule of the domain. */
  | 'unprocessable'
  /** What the request is about does not exist, or not for this actor. */
  | 'notFound'
  /** The actor may see it but not do it. */
  | 'forbidden';

/** A refusal by the domain: a code with the facts that explain it. It never carries a protocol's numbers. */
export class Rejection {
  constructor(
    readonly code: string,
    /** Facts that the explanation names, such as the current status. */
    readonly facts: JsonObject = {},
    /** JSON Pointer (RFC 6901) of the field of the request that the refusal concerns. */
    readonly pointer?: string,
  ) {}
}

/** What a refusal's code means, in both languages; each slice declares its own. */
export interface RejectionDescription {
  readonly kind: RejectionKind;
  readonly title: BothLanguages;
}

export type RejectionCatalogue = Readonly<Record<string, RejectionDescription>>;
