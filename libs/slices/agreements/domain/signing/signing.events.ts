import {
  code,
  eventSchema,
  integer,
  list,
  object,
  official,
  optional,
  type EventOf,
  type IsoDate,
} from '@khamrap/kernel';
import { CAPACITIES, CAPTURES, SIDES } from '../agreement.vocabulary';

// How terms become an agreement: proposed, returned or accepted, signed, in effect; or withdrawn before that.

const frozenTerms = {
  /** Revision of the stream at which the terms were frozen. */
  termsRevision: integer(),
  /** SHA-256 of the canonical terms (agreement.terms.ts). */
  termsHash: code(),
};

/** The terms stand as they are and wait for the receivers; whatever changes them takes the proposal back. */
export const termsProposed = eventSchema('TermsProposed', 1, {
  ...frozenTerms,
  officeId: code(),
  note: optional(official()),
});
/** A receiver asks for changes: the draft is open again, and signatures on it are void. */
export const termsReturned = eventSchema('TermsReturned', 1, {
  termsHash: code(),
  officeId: code(),
  comments: list(object({ indicatorId: optional(code()), comment: official() })),
});
export const termsAccepted = eventSchema('TermsAccepted', 1, { termsHash: code(), officeId: code() });

const signature = {
  side: code(SIDES),
  officeId: code(),
  signatoryName: official(),
  position: official(),
  capacity: code(CAPACITIES),
  capture: code(CAPTURES),
  /** SHA-256 of the scanned paper, in hexadecimal; absent for a click. */
  scanSha256: optional(code()),
  signedOn: code<IsoDate>(),
  /** SHA-256 of the canonical terms that the signatory saw (agreement.terms.ts). */
  termsHash: code(),
};
export const agreementSignedV1 = eventSchema('AgreementSigned', 1, signature);
export const agreementSigned = eventSchema('AgreementSigned', 2, {
  ...signature,
  /** Revision of the stream at which the terms were frozen. */
  termsRevision: optional(integer()),
  /** The written order or appointment by which somebody other than the holder signs. */
  authority: optional(official()),
  /** The signed document and the certificate, by their SHA-256. */
  certificate: optional(object({ documentSha256: code(), certificateSha256: code() })),
  /** Pseudonym of the signatory, where the one who records the signature is the signatory. */
  signedBy: optional(code()),
});

/** The terms changed after some had signed: these signatures no longer count, and their parties may sign again. */
export const signaturesVoided = eventSchema('SignaturesVoided', 1, {
  signatures: list(object({ side: code(SIDES), officeId: code() })),
});

/** The last maker or receiver has signed. From here on the terms are fixed. */
export const agreementTookEffect = eventSchema('AgreementTookEffect', 1, {
  /** The latest day on which a maker or receiver signed. */
  effectiveOn: code<IsoDate>(),
  termsHash: code(),
});

/** The draft is given up; the office may begin another for the same year in this stream. */
export const agreementWithdrawn = eventSchema('AgreementWithdrawn', 1, { officeId: code(), reason: official() });

export type TermsProposed = EventOf<typeof termsProposed>;
export type TermsReturned = EventOf<typeof termsReturned>;
export type TermsAccepted = EventOf<typeof termsAccepted>;
export type AgreementSigned = EventOf<typeof agreementSigned>;
export type SignaturesVoided = EventOf<typeof signaturesVoided>;
export type AgreementTookEffect = EventOf<typeof agreementTookEffect>;
export type AgreementWithdrawn = EventOf<typeof agreementWithdrawn>;
