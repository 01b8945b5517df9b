import { sentenceOf, severityOf, type Finding, type Severity } from './finding';

/** `verified`: all that had to be looked at was, and is as it should be. */
export type Outcome = 'verified' | 'broken' | 'unchecked';

type Language = 'th' | 'en';

/** What a check came to, for people. */
export interface Verdict {
  readonly outcome: Outcome;
  /** The first position at which something is not as it should be, where there is one. */
  readonly firstBadPosition?: number;
  readonly findings: readonly Finding[];
  /** Plain sentences, line by line. */
  readonly th: readonly string[];
  readonly en: readonly string[];
}

const HEADLINES: Readonly<Record<Outcome, Readonly<Record<Language, string>>>> = {
  verified: {
    th: 'ผลการตรวจ: ทุกสิ่งที่ตรวจเป็นไปตามที่ควร',
    en: 'Verified: everything that was checked is as it should be.',
  },
  broken: { th: 'ผลการตรวจ: ไม่เป็นไปตามที่ควร', en: 'Not verified: something is not as it should be.' },
  unchecked: {
    th: 'ผลการตรวจ: ยังยืนยันไม่ได้ เพราะมีสิ่งที่ตรวจไม่ได้',
    en: 'Not verified: something could not be checked.',
  },
};

const FIRST_BAD: Readonly<Record<Language, string>> = {
  th: 'ลำดับแรกที่ไม่เป็นไปตามที่ควร: {position}',
  en: 'The first position that is not as it should be: {position}',
};

const HEADINGS: Readonly<Record<Severity, Readonly<Record<Language, string>>>> = {
  broken: { th: 'สิ่งที่ไม่เป็นไปตามที่ควร', en: 'Not as it should be' },
  unchecked: { th: 'สิ่งที่ตรวจไม่ได้', en: 'Could not be checked' },
  checked: { th: 'สิ่งที่ตรวจแล้ว', en: 'Checked' },
  limit: { th: 'สิ่งที่การตรวจนี้ไม่ได้พิสูจน์', en: 'Not proved by this' },
};

const ORDER: readonly Severity[] = ['broken', 'unchecked', 'checked', 'limit'];

/** What the findings come to: how it stands, what was checked by whose keys, and what this does not prove. */
export function verdict(findings: readonly Finding[]): Verdict {
  const outcome = outcomeOf(findings);
  const firstBadPosition = findings
    .filter((finding) => severityOf(finding) === 'broken')
    .reduce<number | undefined>((first, { position }) => least(first, position), undefined);
  const linesIn = (language: Language): string[] => [
    HEADLINES[outcome][language],
    ...(firstBadPosition === undefined ? [] : [FIRST_BAD[language].replace('{position}', String(firstBadPosition))]),
    ...ORDER.flatMap((severity) => section(findings, severity, language)),
  ];
  return {
    outcome,
    ...(firstBadPosition !== undefined && { firstBadPosition }),
    findings,
    th: linesIn('th'),
    en: linesIn('en'),
  };
}

function outcomeOf(findings: readonly Finding[]): Outcome {
  const severities = new Set(findings.map((finding) => severityOf(finding)));
  if (severities.has('broken')) return 'broken';
  // Nothing found wrong in nothing looked at is no verification.
  return severities.has('unchecked') || !severities.has('checked') ? 'unchecked' : 'verified';
}

function section(findings: readonly Finding[], severity: Severity, language: Language): string[] {
  const sentences = findings
    .filter((finding) => severityOf(finding) === severity)
    .map((finding) => `  - ${sentenceOf(finding, language)}`);
  return sentences.length === 0 ? [] : ['', `${HEADINGS[severity][language]}:`, ...new Set(sentences)];
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
