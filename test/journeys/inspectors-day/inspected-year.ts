import { actualBody, CDD, PROVINCE, signatureBody } from '../bodies';
import {
  AMENDED_TARGET,
  amendmentBody,
  DRAFT,
  GOAL_SET,
  HIGHER_TARGET,
  INDICATORS,
  PUBLICATIONS,
  SPANS,
  TARGETS,
  type Number as IndicatorNumber,
  type Round,
} from '../whole-year/bodies-of-the-year';
import type { YearOverHttp } from '../whole-year/year-over-http';

const NUMBERS = ['6', '8', '9'] as const satisfies readonly IndicatorNumber[];

/** What happened in the year that the inspector is going to look into. */
export interface InspectedYear {
  readonly agreementId: string;
  /** By the number under which people know an indicator. */
  readonly indicators: Readonly<Record<IndicatorNumber, string>>;
  /** Positions at which the agreement had been signed, and at which its first round was closed. */
  readonly signedAt: number;
  readonly closedAt: number;
  /** What lowered the target of indicator 8 for the year, two days after a figure for the year was reported. */
  readonly amendmentId: string;
  readonly loweredAt: number;
  /** The figure of nine months that came in five days after the deadline. */
  readonly lateAt: number;
}

/** Ten months of one agreement: signed, reported, closed once, its main target lowered in May, and a figure late in July. */
export async function tellTheYear(year: YearOverHttp): Promise<InspectedYear> {
  year.on('2025-08-20');
  for (const [path, body] of PUBLICATIONS) await year.accept('recorder', path, body);
  await year.accept('governor', '/v1/goal-sets', GOAL_SET);
  year.on('2025-09-20');
  const { id: agreementId } = await year.accept('head', '/v1/agreements', { ...DRAFT, fromGoalSet: undefined });
  year.isAbout(agreementId);
  const indicators = await promise(year);
  const signedAt = await sign(year);
  const story = { year, indicators };
  year.on('2026-04-02');
  await report(story, '6m', { '6': '170', '8': '35', '9': '7' });
  year.on('2026-04-26');
  const { position: closedAt } = await year.accept('unit', '…/evaluation-rounds/6m/closure');
  year.on('2026-05-08');
  await report(story, '12m', { '8': '41' }, '2026-04-30');
  year.on('2026-05-10');
  const changes = [{ change: 'target', target: AMENDED_TARGET, indicatorId: indicators['8'] }];
  const { id: amendmentId } = await year.accept('head', '…/amendments', amendmentBody('2026-05-15', changes));
  const approval = { officeId: PROVINCE.officeId };
  const { position: loweredAt } = await year.accept('governor', `…/amendments/${amendmentId}/approval`, approval);
  year.on('2026-07-20');
  const lateAt = await report(story, '9m', { '8': '90' });
  return {
    agreementId,
    indicators,
    amendmentId,
    lateAt,
    signedAt,
    closedAt: closedAt as number,
    loweredAt: loweredAt as number,
  };
}

async function promise(year: YearOverHttp): Promise<InspectedYear['indicators']> {
  const ids: [IndicatorNumber, string][] = [];
  for (const number of NUMBERS) {
    const { id } = await year.accept('head', '…/indicators', INDICATORS[number]);
    ids.push([number, id]);
    const targets = { ...TARGETS[number], ...(number === '8' && { '12m': HIGHER_TARGET }) };
    for (const target of Object.values(targets)) await year.accept('head', `…/indicators/${id}/target`, target);
  }
  return Object.fromEntries(ids) as Record<IndicatorNumber, string>;
}

/** @returns the position at which it took effect */
async function sign(year: YearOverHttp): Promise<number> {
  year.on('2025-10-10');
  await year.accept('head', '…/proposal', { officeId: CDD.officeId });
  const { termsHash, termsRevision } = await year.terms();
  const terms = { termsHash, termsRevision };
  await year.accept('governor', '…/acceptance', { officeId: PROVINCE.officeId, termsHash });
  await year.accept('head', '…/signatures', signatureBody(terms));
  const governor = { signatoryName: 'ชุติเดช มีจันทร์', position: 'ผู้ว่าราชการจังหวัดแพร่' };
  const ofGovernor = signatureBody(terms, { side: 'receiver', officeId: PROVINCE.officeId, ...governor });
  const { position } = await year.accept('governor', '…/signatures', ofGovernor);
  return position as number;
}

/** Figures of a round, each reported and certified by those whose steps these are. @returns the position of the last report */
async function report(
  { year, indicators }: { readonly year: YearOverHttp; readonly indicators: InspectedYear['indicators'] },
  round: Round,
  figures: Partial<Record<IndicatorNumber, string>>,
  asOf: string = SPANS[round].to,
): Promise<number> {
  let last = 0;
  for (const [number, value] of Object.entries(figures) as [IndicatorNumber, string][]) {
    const figure = `…/indicators/${indicators[number]}/actuals`;
    const { unit } = INDICATORS[number] as { unit: string };
    const body = actualBody({ span: SPANS[round], value, unit, asOf });
    const { position } = await year.accept('keeper', figure, body);
    last = position as number;
    const steps = `${figure}/${SPANS[round].from}..${SPANS[round].to}/certifications`;
    await year.accept('supervisor', steps, { step: 'supervisor' });
    await year.accept('unit', steps, { step: 'performanceUnit' });
  }
  return last;
}
