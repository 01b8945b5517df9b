/**
 * What a finding means for the answer: `checked` was looked at and is as it should be; `broken` is not as it should be;
 * `unchecked` had to be looked at and could not be; `limit` is what this check does not prove, however good all of it
 * is.
 */
export type Severity = 'checked' | 'broken' | 'unchecked' | 'limit';

/** A sentence in both languages; {position} and {subject} are filled in. */
export interface Sentence {
  readonly severity: Severity;
  readonly th: string;
  readonly en: string;
}

export const checked = (th: string, en: string): Sentence => ({ severity: 'checked', th, en });
export const broken = (th: string, en: string): Sentence => ({ severity: 'broken', th, en });
export const unchecked = (th: string, en: string): Sentence => ({ severity: 'unchecked', th, en });
export const limit = (th: string, en: string): Sentence => ({ severity: 'limit', th, en });
