/** What a client would rather have, of what the service can do for it (`Prefer`, RFC 7240). */
export interface WaitPreference {
  /** How long it is willing to wait for the answer of a command, in seconds: 0 to WAIT_SECONDS_MAX. */
  readonly seconds: number;
  /** What it waits for: that the verifiable log proves the event, or that witnesses have seen that it does. */
  readonly grade: ProvenGrade;
}

/** How well an event is proven: by the log's signature, or by those of enough witnesses besides. */
export type ProvenGrade = 'included' | 'witnessed';

/** Proxies and clients give up on an answer that takes longer. */
export const WAIT_SECONDS_MAX = 30;

const WAIT = /^wait[ \t]*=[ \t]*(?:"(\d{1,9})"|(\d{1,9}))$/i;
const RECEIPT = /^receipt[ \t]*=[ \t]*(?:"witnessed"|witnessed)$/i;

/**
 * `Prefer: wait=5` asks a command to wait until its receipt is included, `Prefer: wait=5; receipt=witnessed` until it is
 * witnessed. Of several the first counts. What is not understood is passed over, as RFC 7240 §2 wants it: a preference is no
 * demand, and never a reason to refuse.
 */
export function waitPreferenceOf(header: string | string[] | undefined): WaitPreference | undefined {
  if (header === undefined) return undefined;
  for (const preference of String(header).split(',')) {
    const [name = '', ...parameters] = preference.split(';').map((part) => part.trim());
    const [, quoted, bare] = WAIT.exec(name) ?? [];
    const seconds = quoted ?? bare;
    if (seconds === undefined) continue;
    return {
      seconds: Math.min(Number(seconds), WAIT_SECONDS_MAX),
      grade: parameters.some((parameter) => RECEIPT.test(parameter)) ? 'witnessed' : 'included',
    };
  }
  return undefined;
}

/** `Preference-Applied` (RFC 7240 §3): what was done of it. */
export function preferenceApplied({ seconds, grade }: WaitPreference): string {
  return grade === 'witnessed' ? `wait=${seconds}; receipt=witnessed` : `wait=${seconds}`;
}
