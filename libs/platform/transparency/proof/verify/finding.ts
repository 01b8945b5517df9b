import { CATALOGUE } from './finding-catalogue';
import type { Severity } from './sentence';

export type { Severity };

export type FindingCode = keyof typeof CATALOGUE;

/** One thing that a verifier has to say. */
export interface Finding {
  readonly code: FindingCode;
  /** Of the event in the log that it is about. */
  readonly position?: number;
  /** A name, a size, a count: what stands in the sentence for {subject}. */
  readonly subject?: string;
}

export function severityOf({ code }: Finding): Severity {
  return CATALOGUE[code].severity;
}

/** The finding as a sentence. */
export function sentenceOf({ code, position, subject }: Finding, language: 'th' | 'en'): string {
  return CATALOGUE[code][language]
    .replaceAll('{position}', String(position ?? '?'))
    .replaceAll('{subject}', subject ?? '?');
}

const KEPT_OF_A_CODE = 20;

/**
 * Collects findings. Of each kind that is not as it should be the first are kept and the others counted, so that a log
 * of which nothing is right fills no memory.
 */
export class Findings {
  readonly #kept: Finding[] = [];
  readonly #counts = new Map<FindingCode, number>();

  add(code: FindingCode, about: Omit<Finding, 'code'> = {}): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= KEPT_OF_A_CODE) this.#kept.push({ code, ...about });
  }

  addAll(findings: readonly Finding[]): void {
    for (const { code, ...about } of findings) this.add(code, about);
  }

  has(code: FindingCode): boolean {
    return this.#counts.has(code);
  }

  /** Whether anything is not as it should be. */
  get broken(): boolean {
    return [...this.#counts.keys()].some((code) => severityOf({ code }) === 'broken');
  }

  /** In the order in which they were found; what is there more often than can be told ends with how often. */
  list(): Finding[] {
    const more = [...this.#counts].filter(([, count]) => count > KEPT_OF_A_CODE);
    const found = this.#kept.toSorted((one, other) => positionOf(one) - positionOf(other));
    return [...found, ...more.map(([code, count]) => moreOf(code, count - KEPT_OF_A_CODE))];
  }
}

const positionOf = ({ position }: Finding): number => position ?? Number.MAX_SAFE_INTEGER;

function moreOf(code: FindingCode, count: number): Finding {
  const severity = severityOf({ code });
  const kind = severity === 'broken' ? 'moreBroken' : severity === 'unchecked' ? 'moreUnchecked' : 'moreOfTheSame';
  return { code: kind, subject: String(count) };
}
