import { HttpException } from '@nestjs/common';
import {
  CrossSiteRequest,
  CsrfRefused,
  ForeignHost,
  GrantsUnavailable,
  IssuerUnavailable,
  NotAuthenticated,
  NotPermitted,
  SignInRefused,
  type SignInFailure,
} from '@khamrap/platform/access';
import {
  AppendTooLarge,
  CommandRejected,
  IdempotencyKeyReused,
  OutcomeUnknown,
  RevisionMismatch,
  StoreUnavailable,
} from '@khamrap/platform/event-store';
import type { HttpProblemCode } from './http-problems';
import type { BothLanguages } from '@khamrap/kernel';
import { RequestRefused, type ProblemOccurrence } from './problem';

/** How one class of error is told to clients. The only place where errors meet the protocol. */
export interface ProblemTranslation<Failure extends Error = Error> {
  readonly of: abstract new (...parameters: never[]) => Failure;
  readonly translate: (failure: Failure) => ProblemOccurrence;
}

/** Declares how one class of error is told to clients. */
export function translation<Failure extends Error>(
  of: abstract new (...parameters: never[]) => Failure,
  translate: (failure: Failure) => ProblemOccurrence,
): ProblemTranslation {
  return { of, translate: translate as (failure: Error) => ProblemOccurrence };
}

const RETRY_SOON = { 'retry-after': '1' };
const RETRY_LATER = { 'retry-after': '5' };

const SIGN_IN_FAILURES: Readonly<Record<SignInFailure, BothLanguages>> = {
  notBegun: {
    th: 'เบราว์เซอร์นี้ไม่ได้เริ่มเข้าสู่ระบบ หรือเริ่มไว้นานเกินไป โปรดเริ่มใหม่ที่ /session/login',
    en: 'this browser has not begun to sign in, or too long ago: begin anew at /session/login',
  },
  issuerAnswer: {
    th: 'ผู้ให้บริการยืนยันตัวตนไม่ได้ยืนยันตัวตนของท่าน',
    en: 'the issuer has not vouched for you',
  },
  assuranceTooLow: {
    th: 'ระดับความน่าเชื่อถือของการพิสูจน์ตัวตนต่ำกว่าที่ระบบกำหนด',
    en: 'the level of assurance of your identity is lower than it must be here',
  },
};

const TRANSLATIONS: readonly ProblemTranslation[] = [
  translation(RequestRefused, ({ occurrence }) => occurrence),
  translation(CommandRejected, ({ rejection: { code, facts, pointer } }) => ({
    code,
    members: { facts },
    ...(pointer !== undefined && { errors: [{ code, pointer }] }),
  })),
  translation(RevisionMismatch, ({ actualRevision }) => ({
    code: 'revisionMismatch',
    members: { currentRevision: actualRevision },
    ...(actualRevision >= 0 && { headers: { etag: `"${actualRevision}"` } }),
  })),
  translation(IdempotencyKeyReused, () => ({ code: 'idempotencyKeyReused' })),
  translation(StoreUnavailable, () => ({ code: 'storeUnavailable', headers: RETRY_LATER })),
  translation(AppendTooLarge, () => ({ code: 'bodyTooLarge' })),
  translation(OutcomeUnknown, () => ({ code: 'outcomeUnknown', headers: RETRY_SOON })),
  translation(NotAuthenticated, notAuthenticated),
  translation(NotPermitted, () => ({ code: 'notPermitted' })),
  translation(CsrfRefused, ({ failure }) => ({
    code: failure === 'missing' ? 'csrfTokenMissing' : 'csrfTokenInvalid',
  })),
  translation(CrossSiteRequest, () => ({ code: 'crossSiteRequest' })),
  translation(ForeignHost, () => ({ code: 'foreignHost' })),
  translation(SignInRefused, ({ failure }) => ({
    code: 'signInFailed',
    errors: [{ code: failure, messages: SIGN_IN_FAILURES[failure] }],
  })),
  translation(IssuerUnavailable, () => ({ code: 'issuerUnavailable', headers: RETRY_LATER })),
  translation(GrantsUnavailable, () => ({ code: 'grantsUnavailable', headers: RETRY_SOON })),
  translation(HttpException, (exception) => ({ code: codeOfStatus(exception.getStatus()) })),
];

// RFC 6750 §3: a request without any token is told the scheme and nothing more.
function notAuthenticated({ failure }: NotAuthenticated): ProblemOccurrence {
  const error =
    failure === 'missing'
      ? ''
      : `, error="${failure === 'malformed' || failure === 'ambiguous' ? 'invalid_request' : 'invalid_token'}"`;
  const description = failure === 'expired' ? ', error_description="expired"' : '';
  return { code: 'notAuthenticated', headers: { 'www-authenticate': `Bearer realm="khamrap"${error}${description}` } };
}

const CODE_OF_STATUS: ReadonlyMap<number, HttpProblemCode> = new Map([
  [400, 'malformedRequest'],
  [401, 'notAuthenticated'],
  [403, 'notPermitted'],
  [404, 'notFound'],
  [408, 'requestTimeout'],
  [413, 'bodyTooLarge'],
  [414, 'addressTooLong'],
  [415, 'unsupportedMediaType'],
  [431, 'headersTooLarge'],
]);

/** What a status of the framework says; a status that nobody described is a fault of ours. */
export function codeOfStatus(status: number): HttpProblemCode {
  return CODE_OF_STATUS.get(status) ?? 'internalError';
}

/** Turns errors into problems; what nobody declared stays unknown. */
export class ProblemTranslator {
  private readonly translations: readonly ProblemTranslation[];

  constructor(further: readonly ProblemTranslation[]) {
    this.translations = [...further, ...TRANSLATIONS];
  }

  /** The problem that an error is; undefined for an error that clients must learn nothing about. */
  occurrenceOf(error: unknown): ProblemOccurrence | undefined {
    const found = this.translations.find(({ of }) => error instanceof of);
    if (found !== undefined) return found.translate(error as Error);
    const status = (error as { statusCode?: unknown } | null | undefined)?.statusCode;
    // The HTTP framework's own errors (a body that is too large, an address that cannot be decoded) carry their status.
    return typeof status === 'number' && status < 500 ? { code: codeOfStatus(status) } : undefined;
  }
}
