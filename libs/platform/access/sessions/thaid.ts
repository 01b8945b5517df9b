import { createHmac } from 'node:crypto';
import { SignInRefused } from '../access-refused';

/** All that ThaID is asked for. Names come along with it and are not kept. */
export const THAID_SCOPE = 'openid pid given_name family_name ial';

const CITIZEN_ID = /^\d{13}$/;

/**
 * Who ThaID vouches for: a keyed hash of the national ID, never the number itself. With the key, which only the vault has,
 * the same person is the same subject for ever; without it nobody finds out by trying all numbers.
 * @throws SignInRefused when no number is stated, or the identity was not proven as well as it must be
 */
export function thaIdSubject(
  claims: Readonly<Record<string, unknown>>,
  secret: Buffer,
  requiredIal: string | undefined,
): string {
  const { pid, ial } = claims;
  if (typeof pid !== 'string' || !CITIZEN_ID.test(pid)) throw new SignInRefused('issuerAnswer');
  if (requiredIal !== undefined && !reaches(ial, requiredIal)) throw new SignInRefused('assuranceTooLow');
  return `thaid:${createHmac('sha256', secret).update(pid, 'ascii').digest('base64url')}`;
}

/** Levels are stated as texts or numbers such as 2.3, whole part and rank. */
function reaches(ial: unknown, required: string): boolean {
  const stated = /^(\d)(?:\.(\d))?$/.exec(typeof ial === 'string' || typeof ial === 'number' ? String(ial) : '');
  const wanted = /^(\d)(?:\.(\d))?$/.exec(required);
  if (stated === null || wanted === null) return false;
  const [level, rank] = [Number(stated[1]) - Number(wanted[1]), Number(stated[2] ?? 0) - Number(wanted[2] ?? 0)];
  return level > 0 || (level === 0 && rank >= 0);
}
