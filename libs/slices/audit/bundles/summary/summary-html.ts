import { bangkokDateOf, formatBuddhistDate } from '@khamrap/kernel';
import { agreementHtml, at, table } from './agreement-html';
import type { AgreementSummary } from './agreement-summary';
import type { AwardSummary } from './award-summary';
import type { BundleCounts, BundleFacts, ListedEvent } from './bundle-facts';
import { html, NONE, type Html } from './html';

// A page that is opened from a disk, printed, and sent on: it loads nothing and runs nothing.
const STYLE = `
body { font: 15px/1.5 "Sarabun", "Noto Sans Thai", "Leelawadee UI", sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111 }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 }
th, td { border: 1px solid #999; padding: .2rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { background: #eee }
dt { font-weight: bold }
code { overflow-wrap: anywhere }
article { break-inside: avoid }
@media print { body { margin: 0; max-width: none } a { color: inherit; text-decoration: none } }`;

/** What a summary is made of. */
export interface SummaryParts {
  readonly facts: BundleFacts;
  readonly counts: BundleCounts;
  readonly agreements?: readonly AgreementSummary[];
  readonly awards?: readonly AwardSummary[];
  /** How many events of each type were disclosed. */
  readonly types?: ReadonlyMap<string, number>;
  /** The disclosed events themselves, where there are not too many. */
  readonly events?: readonly ListedEvent[];
}

/** The summary as a page of its own, in Thai and in English. Whatever an event says, none of it becomes markup. */
export function summaryHtml({ facts, counts, agreements = [], awards = [], types, events = [] }: SummaryParts): string {
  const { head } = facts;
  const page = html`<!doctype html>
    <html lang="th">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width" />
        <title>${head.subject}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <h1>สรุปชุดข้อมูลตรวจสอบ · Summary of a bundle to verify</h1>
        <p><strong>หน้านี้ไม่ใช่หลักฐาน หลักฐานคือไฟล์อื่นในชุด · This page proves nothing: the other files do.</strong></p>
        ${factsHtml(facts, counts)} ${agreements.map(agreementHtml)} ${awardsHtml(awards)} ${typesHtml(types)}
        ${eventsHtml(events)} ${verifyingHtml(facts)}
      </body>
    </html> `;
  return page.text;
}

function factsHtml(facts: BundleFacts, { eventCount, disclosedCount }: BundleCounts): Html {
  const { head, recordedAt, logKeys, cosignedBy, witnesses, quorum } = facts;
  const cosigned = cosignedBy.map(({ name, time }) => html`<dd>${name}, ${time}</dd>`);
  return html`<dl>
    <dt>เรื่อง · About</dt>
    <dd><code>${head.subject}</code></dd>
    <dt>บันทึก · Log</dt>
    <dd><code>${head.origin}</code></dd>
    <dt>หัวบันทึก · Checkpoint</dt>
    <dd>${head.size} เหตุการณ์ · events; ${moment(recordedAt)}</dd>
    <dt>ในชุดนี้ · In this bundle</dt>
    <dd>${eventCount} เหตุการณ์ เปิดเผย ${disclosedCount} · ${eventCount} events, ${disclosedCount} of them disclosed</dd>
    <dt>กุญแจของบันทึก · Keys of the log</dt>
    ${logKeys.map((vkey) => html`<dd><code>${vkey}</code></dd>`)}
    <dt>พยานลงลายมือชื่อร่วมแล้ว · Cosigned by</dt>
    ${cosigned.length > 0 ? cosigned : html`<dd>ยังไม่มี · nobody yet</dd>`}
    <dt>พยานตามนโยบาย (องค์ครบ) · Witnesses of the policy (quorum)</dt>
    <dd>${witnesses.length > 0 ? witnesses.join(', ') : 'ไม่มี · none'} (${quorum ?? 'none'})</dd>
  </dl>`;
}

function awardsHtml(awards: readonly AwardSummary[]): Html {
  const rows = awards.map(
    ({ category, grantors, recipients, year, state, position }) =>
      html`<tr>
        <td>${category}</td>
        <td>${grantors}</td>
        <td>${recipients}</td>
        <td>${year}</td>
        <td>${state}</td>
        <td>${at(position)}</td>
      </tr>`,
  );
  if (rows.length === 0) return NONE;
  const columns = [
    'รางวัล · Award',
    'ผู้มอบ · Granted by',
    'ผู้รับ · Recipient',
    'ปี · Year',
    'สถานะ · State',
    'ลำดับ · Position',
  ];
  return html`<h2>รางวัล · Awards</h2>
    ${table(columns, rows)}`;
}

function typesHtml(types: ReadonlyMap<string, number> | undefined): Html {
  if (!types) return NONE;
  const rows = [...types].sort(([one], [other]) => (one < other ? -1 : 1));
  return html`<h2>เหตุการณ์ที่เปิดเผยตามชนิด · Disclosed events by type</h2>
    ${table(
      ['ชนิด · Type', 'จำนวน · Count'],
      rows.map(
        ([type, count]) =>
          html`<tr>
            <td><code>${type}</code></td>
            <td>${count}</td>
          </tr>`,
      ),
    )}`;
}

function eventsHtml(events: readonly ListedEvent[]): Html {
  if (events.length === 0) return NONE;
  const rows = events.map(
    ({ position, recordedAt, type, stream }) =>
      html`<tr>
        <td>${at(position)}</td>
        <td>${moment(recordedAt)}</td>
        <td><code>${type}</code></td>
        <td><code>${stream}</code></td>
      </tr>`,
  );
  const columns = ['ลำดับ · Position', 'บันทึกเมื่อ · Recorded', 'ชนิด · Type', 'สาย · Stream'];
  return html`<h2>เหตุการณ์ที่เปิดเผย · Disclosed events</h2>
    ${table(columns, rows)}`;
}

function verifyingHtml({ head }: BundleFacts): Html {
  const other = head.kind === 'log' ? 'c2sp.org/tlog-tiles' : 'c2sp.org/tlog-proof';
  return html`<h2>วิธีตรวจ · How to verify</h2>
    <p>
      <code>khamrap verify</code> หรือโปรแกรมอื่นที่รู้จัก ${other} อ่านวิธีและข้อจำกัดใน <code>README.txt</code> ·
      <code>khamrap verify</code>, or any verifier that knows ${other}; <code>README.txt</code> says how, and what is
      not proven.
    </p>`;
}

function moment(milliseconds: number): string {
  return `${formatBuddhistDate(bangkokDateOf(milliseconds), 'short')} (${new Date(milliseconds).toISOString()})`;
}
