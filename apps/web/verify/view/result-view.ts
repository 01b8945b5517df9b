import {
  sentenceOf,
  severityOf,
  type Finding,
  type Outcome,
  type Severity,
} from '@khamrap/platform/transparency/proof';
import type { Report } from '../checking/task';
import { element } from './element';
import { textIn, type Language, type TextName } from './texts';

/** A report, and what the page knows about it. */
export interface Result {
  readonly report: Report;
  /** Name of the file; undefined for the log of the server. */
  readonly fileName: string | undefined;
  readonly checkedAt: Date;
  readonly seconds: number;
}

const SECTIONS: readonly { readonly severity: Severity; readonly title: TextName; readonly mark: string }[] = [
  { severity: 'broken', title: 'findingsTitle', mark: '✕' },
  { severity: 'unchecked', title: 'uncheckedTitle', mark: '?' },
  { severity: 'checked', title: 'checkedTitle', mark: '✓' },
  { severity: 'limit', title: 'limitsTitle', mark: '–' },
];
const MARKS: Readonly<Record<Outcome, string>> = { verified: '✓', broken: '✕', unchecked: '?' };

/** The answer, as it stands in the page: the verdict first, then what it rests on. */
export function resultView(result: Result, language: Language, onPrint: () => void): readonly HTMLElement[] {
  const { report } = result;
  const told = (name: TextName): string => textIn(language, name);
  const sections = SECTIONS.flatMap(({ severity, title, mark }) => {
    const findings = report.findings.filter((finding) => severityOf(finding) === severity);
    return findings.length === 0 ? [] : findingsView(findings, { severity, title: told(title), mark }, language);
  });
  const printing = element('button', { type: 'button' }, told('printButton'));
  printing.addEventListener('click', onPrint);
  return [
    element(
      'div',
      { class: `verdict ${report.outcome}` },
      element('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[report.outcome]),
      element(
        'div',
        {},
        element('h2', { id: 'verdict-title' }, told(report.outcome)),
        element('p', {}, told(`${report.outcome}Means`)),
      ),
    ),
    subjectView(result, language),
    ...sections,
    ...keysView(report, told),
    ...checkpointView(report, told),
    element('p', { class: 'actions' }, printing),
  ];
}

function findingsView(
  findings: readonly Finding[],
  { severity, title, mark }: { readonly severity: Severity; readonly title: string; readonly mark: string },
  language: Language,
): readonly HTMLElement[] {
  const items = findings.map((finding) =>
    element(
      'li',
      {
        'data-code': finding.code,
        ...(finding.position !== undefined && { 'data-position': String(finding.position) }),
      },
      element('span', { 'aria-hidden': 'true' }, mark),
      sentenceOf(finding, language),
    ),
  );
  return [element('h3', {}, title), element('ul', { class: `of-${severity}` }, ...items)];
}

function subjectView({ report, fileName, checkedAt, seconds }: Result, language: Language): HTMLElement {
  const told = (name: TextName, values: Readonly<Record<string, string>> = {}): string =>
    textIn(language, name, values);
  const rows: [TextName, string][] = [['subject', fileName ?? told('subjectLive')]];
  if (report.checkpoint) {
    rows.push(['origin', report.checkpoint.origin]);
    rows.push(['size', told('sizeEvents', { count: countIn(language, report.checkpoint.size) })]);
  }
  rows.push(['checkedAt', momentIn(language, checkedAt)]);
  rows.push(['took', told('seconds', { count: seconds.toFixed(1) })]);
  return element(
    'dl',
    {},
    ...rows.flatMap(([name, value]) => [element('dt', {}, told(name)), element('dd', {}, value)]),
  );
}

function keysView({ keys, areKeysHeld }: Report, told: (name: TextName) => string): readonly HTMLElement[] {
  if (keys.length === 0) return [];
  return [
    element('h3', {}, told('keysTitle')),
    element('p', {}, told(areKeysHeld ? 'keysOfHolder' : 'keysOfSource')),
    ...keys.map((key) => element('pre', {}, key)),
  ];
}

function checkpointView({ checkpoint }: Report, told: (name: TextName) => string): readonly HTMLElement[] {
  if (checkpoint === undefined) return [];
  return [element('h3', {}, told('checkpointTitle')), element('pre', {}, checkpoint.note)];
}

export function countIn(language: Language, count: number): string {
  return new Intl.NumberFormat(language).format(count);
}

/** In Thai, the years of the Buddhist Era, as everywhere in Thai offices. */
function momentIn(language: Language, moment: Date): string {
  const locale = language === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(moment);
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'long' }).format(moment);
  return `${day} ${time}`;
}
