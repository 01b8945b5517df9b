import { NOT_STATED, spanKey, type Position } from '@khamrap/kernel';
import type { AgreementSummary, IndicatorSummary, Stated } from './agreement-summary';
import { html, NONE, type Html } from './html';
import { BASES, both, CAPACITIES, CAPTURES, day, days, DIRECTIONS, LEVELS, SIDES, STEPS, UNITS } from './words';

/** Where something stands: a link to the proof beside it. */
export function at(position: Position): Html {
  return html`<a href="proofs/${position}.tlog-proof">${position}</a>`;
}

/** A table with a heading for each column; nothing where there are no rows. */
export function table(columns: readonly string[], rows: readonly Html[]): Html {
  if (rows.length === 0) return NONE;
  const headings = columns.map((column) => html`<th scope="col">${column}</th>`);
  return html`<table>
    <thead>
      <tr>
        ${headings}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

const POSITION = 'ลำดับ · Position';

/** An agreement as its disclosed events tell it. */
export function agreementHtml(agreement: AgreementSummary): Html {
  return html`<section>
    <h2>${agreement.heading?.value.title ?? 'คำรับรองการปฏิบัติราชการ · Performance agreement'}</h2>
    ${headingHtml(agreement)} ${signaturesHtml(agreement)} ${stepsHtml(agreement)}
    ${numbered([...agreement.indicators.values()]).map(indicatorHtml)} ${roundsHtml(agreement)}
  </section>`;
}

function headingHtml({ heading }: AgreementSummary): Html {
  if (!heading) return html`<p>หัวเรื่องไม่เปิดเผย · The heading is not disclosed.</p>`;
  const { level, basis, fiscalYear, period, province, parties, scheme } = heading.value;
  const facts: readonly (readonly [string, string])[] = [
    ['ปีงบประมาณ พ.ศ. · Fiscal year (B.E.)', String(fiscalYear)],
    ['ระยะเวลา · Period', days(spanKey(period))],
    ['ระดับ · Level', both(LEVELS[level])],
    ['ที่มา · Basis', both(BASES[basis])],
    ['จังหวัด · Province', province ?? ''],
    ['เกณฑ์ · Scheme', scheme ? `${scheme.schemeId}, ${scheme.ruleVersion}` : ''],
  ];
  const partyRows = parties.map(
    ({ side, officeName, officeNameEn, officeId }) =>
      html`<tr>
        <td>${both(SIDES[side])}</td>
        <td>${officeName}${officeNameEn === undefined ? '' : ` · ${officeNameEn}`}</td>
        <td><code>${officeId}</code></td>
        <td>${at(heading.position)}</td>
      </tr>`,
  );
  return html`<dl>
      ${facts
        .filter(([, text]) => text !== '')
        .map(
          ([name, text]) =>
            html`<dt>${name}</dt>
              <dd>${text}</dd>`,
        )}
      <dt>${POSITION}</dt>
      <dd>${at(heading.position)}</dd>
    </dl>
    ${
      partyRows.length === 0
        ? NONE
        : html`<h3>คู่คำรับรอง · Parties</h3>
            ${table(['ฝ่าย · Side', 'หน่วยงาน · Office', 'รหัส · Code', POSITION], partyRows)}`
    }`;
}

function signaturesHtml({ signatures }: AgreementSummary): Html {
  const rows = signatures.map(
    ({ value, position }) =>
      html`<tr>
        <td>${both(SIDES[value.side])}</td>
        <td>${value.signatoryName}<br />${value.position}</td>
        <td>${both(CAPACITIES[value.capacity])}, ${both(CAPTURES[value.capture])}</td>
        <td>${day(value.signedOn)}</td>
        <td>${at(position)}</td>
      </tr>`,
  );
  if (rows.length === 0) return NONE;
  return html`<h3>ลายมือชื่อ · Signatures</h3>
    ${table(['ฝ่าย · Side', 'ผู้ลงนาม · Signatory', 'ฐานะ · Capacity', 'วันที่ · Date', POSITION], rows)}`;
}

function stepsHtml({ steps }: AgreementSummary): Html {
  return table(
    ['เหตุการณ์ · What happened', POSITION],
    steps.map(
      ({ value, position }) =>
        html`<tr>
          <td>${both(value)}</td>
          <td>${at(position)}</td>
        </tr>`,
    ),
  );
}

function indicatorHtml({ indicatorId, terms, targets, figures, scores, notes }: IndicatorSummary): Html {
  const told = terms?.value;
  const title = told
    ? `${told.displayNumber} ${told.name}${told.nameEn === undefined ? '' : ` · ${told.nameEn}`}`
    : indicatorId;
  return html`<article>
    <h3>ตัวชี้วัด · Indicator ${title}</h3>
    ${
      terms && told
        ? html`<p>
            ${both(DIRECTIONS[told.direction])}; หน่วย · unit: ${told.unitPrinted ?? both(UNITS[told.unit])}; น้ำหนัก ·
            weight: ${told.weight === NOT_STATED ? 'ไม่ระบุ · not stated' : told.weight} (${at(terms.position)})
          </p>`
        : html`<p>เงื่อนไขไม่เปิดเผย · Its terms are not disclosed.</p>`
    }
    ${notes.map(({ value, position }) => html`<p>${value} (${at(position)})</p>`)}
    ${table(['ค่าเป้าหมาย · Target', 'ช่วงเวลา · Span', POSITION], [...targets].map(targetRow))}
    ${table(['ผลการดำเนินงาน · Actual', 'ช่วงเวลา · Span', 'ตรวจรับรองผล · Certification', POSITION], [...figures.values()].map(figureRow))}
    ${table(['รอบ · Round', 'คะแนน · Score', 'น้ำหนัก · Weight', POSITION], scores.map(scoreRow))}
  </article>`;
}

function targetRow([key, { value, position }]: readonly [
  string,
  Stated<{ text: string; amendedFrom?: string }>,
]): Html {
  const amended = value.amendedFrom === undefined ? '' : ` (แก้ไข มีผล · amended from ${value.amendedFrom})`;
  return html`<tr>
    <td>${value.text}${amended}</td>
    <td>${days(key.split(' ')[0] ?? '')}</td>
    <td>${at(position)}</td>
  </tr>`;
}

type Figure = IndicatorSummary['figures'] extends Map<string, infer Row> ? Row : never;

function figureRow({ value, position }: Figure): Html {
  const { span, office, text, finality, certified, correctedAt } = value;
  const steps = certified.map((step) => html`${both(STEPS[step.value])} (${at(step.position)})<br />`);
  const corrected =
    correctedAt.length === 0 ? '' : ` แก้ไข ${correctedAt.length} ครั้ง · corrected ${correctedAt.length}×`;
  return html`<tr>
    <td>${text}<br />${finality}${corrected}${office === undefined ? '' : ` (${office})`}</td>
    <td>${days(span)}</td>
    <td>${steps}</td>
    <td>${at(position)}</td>
  </tr>`;
}

function scoreRow({ value, position }: IndicatorSummary['scores'][number]): Html {
  return html`<tr>
    <td>${value.round}</td>
    <td>${value.text}</td>
    <td>${value.weight}</td>
    <td>${at(position)}</td>
  </tr>`;
}

function roundsHtml({ rounds, results }: AgreementSummary): Html {
  const closed = rounds.map(
    ({ value, position }) =>
      html`<tr>
        <td>${value.round} (${value.revision})</td>
        <td>${day(value.closedOn)}</td>
        <td>${value.total ?? `– (${value.noTotalReason ?? ''})`} ${value.band ?? ''}</td>
        <td>${value.targetsMet}/${value.targetsJudged}</td>
        <td>${at(position)}</td>
      </tr>`,
  );
  const announced = results.map(
    ({ value, position }) =>
      html`<tr>
        <td>${value.round}</td>
        <td>${day(value.announcedOn)}</td>
        <td>${value.score} ${value.band ?? ''}</td>
        <td>${at(position)}</td>
      </tr>`,
  );
  if (closed.length + announced.length === 0) return NONE;
  return html`<h3>ผลการประเมิน · Evaluation</h3>
    ${table(['รอบที่ปิด (ครั้งที่) · Closed round (revision)', 'วันที่ · Date', 'คะแนนรวม · Total', 'บรรลุเป้าหมาย · Targets met', POSITION], closed)}
    ${table(['รอบ · Round', 'ประกาศเมื่อ · Announced on', 'ผล · Result', POSITION], announced)}`;
}

function numbered(indicators: readonly IndicatorSummary[]): readonly IndicatorSummary[] {
  const key = ({ terms }: IndicatorSummary): readonly number[] =>
    (terms?.value.displayNumber ?? '999').split('.').map(Number);
  return [...indicators].sort((one, other) => {
    const [left, right] = [key(one), key(other)];
    const differing = left.findIndex((number, index) => number !== right[index]);
    return differing < 0 ? left.length - right.length : (left[differing] ?? 0) - (right[differing] ?? -1);
  });
}
