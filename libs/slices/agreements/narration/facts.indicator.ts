import type { Fact } from '@khamrap/audit/events';
import {
  NOT_STATED,
  toldAlike,
  toldFiscalYear,
  toldFrom,
  toldSpan,
  type BothLanguages,
  type IsoDate,
} from '@khamrap/kernel';
import { toldDecimal, toldFigure, toldNumber, toldTarget, toldUnit, type ToldTarget } from './amounts';
import { fact, madeOnce, madeOnceWith } from './fact';
import type { FigureTold, IndicatorTold } from './told-agreement';
import { toldIndicatorNumber } from './told-indicator';
import { ACCUMULATIONS, DIRECTIONS, INDICATOR_KINDS, STEPS, VERDICTS } from './words';

/** What stands of an indicator: its terms one by one, its targets, what amendments made of it, and its figures. */
export function indicatorFacts(indicator: IndicatorTold): readonly Fact[] {
  const { indicatorId, terms, targets, cancelled, exemptions, figures } = indicator;
  const number = toldIndicatorNumber(indicator);
  // As it was promised, or amended since.
  const weighed = indicator.weight ?? terms;
  return [
    ...(terms ? ofTerms(terms) : []),
    ...(weighed ? ofWeight(weighed, indicatorId, number) : []),
    ...[...targets.values()].flatMap((target) => ofTarget(target, indicatorId, number)),
    ...(cancelled ? ofCancellation(cancelled, number) : []),
    ...[...exemptions.values()].flatMap((exemption) => ofExemption(exemption, number)),
    ...[...figures.values()].flatMap((figure) => ofFigure(figure, indicatorId, number, terms)),
  ];
}

interface Of {
  key(...rest: readonly string[]): Fact['key'];
  label(th: string, en: string): BothLanguages;
}
type Terms = NonNullable<IndicatorTold['terms']>;
type Weighed = Terms | NonNullable<IndicatorTold['weight']>;
type Exemption = IndicatorTold['exemptions'] extends ReadonlyMap<string, infer Value> ? Value : never;

function ofIndicator(indicatorId: string, number: string): Of {
  return {
    key: (...rest) => ['indicator', indicatorId, ...rest],
    label: (th, en) => ({ th: `${th}ของตัวชี้วัด ${number}`, en: `${en} of indicator ${number}` }),
  };
}

const ofTerms = madeOnce((terms: Terms) => termsFacts(ofIndicator(terms.indicatorId, terms.displayNumber), terms));

// An indicator has many targets and figures, of which an event changes one.
const ofWeight = madeOnceWith((weighed: Weighed, indicatorId: string, number: string) =>
  weightFacts(ofIndicator(indicatorId, number), weighed),
);
const ofCancellation = madeOnceWith(cancellationFacts);
const ofExemption = madeOnceWith(exemptionFacts);
const ofTarget = madeOnceWith((target: ToldTarget, indicatorId: string, number: string) =>
  targetFacts(ofIndicator(indicatorId, number), target),
);
const ofFigure = madeOnceWith((figure: FigureTold, indicatorId: string, number: string, terms: Terms | undefined) =>
  figureFacts(ofIndicator(indicatorId, number), figure, terms),
);

function termsFacts(of: Of, terms: Terms): readonly Fact[] {
  const { displayNumber, printedNumber, parentIndicatorId, goalNumber, name, nameEn, definition, formula } = terms;
  const one = <Value>(
    key: string,
    [th, en]: readonly [string, string],
    value: Value | undefined,
    shown: (value: Value) => BothLanguages,
  ) => fact(of.key(key), of.label(th, en), value, shown);
  const text = (key: string, label: readonly [string, string], value: string | undefined) =>
    one(key, label, value, toldAlike);
  return [
    ...text('number', ['เลขที่', 'Number'], displayNumber),
    ...text('printedNumber', ['เลขที่ตามเอกสาร', 'Printed number'], printedNumber),
    ...text('name', ['ชื่อ', 'Name'], name),
    ...text('nameEn', ['ชื่อภาษาอังกฤษ', 'English name'], nameEn),
    ...text('parent', ['ตัวชี้วัดหลัก', 'Main indicator'], parentIndicatorId),
    ...one('goal', ['เป้าหมายร่วม', 'Joint goal'], goalNumber, (goal) => ({
      th: `เป้าหมายที่ ${goal}`,
      en: `goal ${goal}`,
    })),
    ...text('definition', ['คำอธิบาย', 'Definition'], definition),
    ...text('formula', ['สูตรการคำนวณ', 'Formula'], formula),
    ...one('unit', ['หน่วยวัด', 'Unit'], terms.unit, toldUnit),
    ...text('unitPrinted', ['หน่วยวัดตามเอกสาร', 'Printed unit'], terms.unitPrinted),
    ...one('direction', ['ทิศทาง', 'Direction'], terms.direction, (direction) => DIRECTIONS[direction]),
    ...one('accumulation', ['วิธีรวมผล', 'Accumulation'], terms.accumulation, (way) => ACCUMULATIONS[way]),
    ...one('kind', ['ประเภท', 'Kind'], terms.kind, (kind) => INDICATOR_KINDS[kind]),
    ...text('sharedDefinition', ['นิยามร่วม', 'Shared definition'], terms.sharedDefinition),
    ...one('rounds', ['รอบที่นับ', 'Rounds counted'], terms.rounds, (rounds) => toldAlike(rounds.join(', '))),
    ...officeFacts(of, terms),
    ...text('dataSource', ['แหล่งข้อมูล', 'Data source'], terms.dataSource),
    ...(terms.baselines ?? []).flatMap(({ fiscalYear, value, asPrinted }) => {
      const year = toldFiscalYear(fiscalYear);
      const shown = toldDecimal(value);
      return fact(
        of.key('baseline', String(fiscalYear)),
        of.label(`ข้อมูลพื้นฐาน ${year.th} `, `Baseline, ${year.en},`),
        { value, ...(asPrinted !== undefined && { asPrinted }) },
        () => shown,
      );
    }),
  ];
}

function officeFacts(of: Of, { leadOffice, leadPerson, keepers, coOwners, supervisor }: Terms): readonly Fact[] {
  const officeNames = (offices: readonly { readonly officeName: string }[]) =>
    toldAlike(offices.map(({ officeName }) => officeName).join(', '));
  return [
    ...fact(of.key('leadOffice'), of.label('หน่วยงานเจ้าภาพ', 'Leading office'), leadOffice, () =>
      officeNames(leadOffice ? [leadOffice] : []),
    ),
    ...fact(of.key('leadPerson'), of.label('ผู้รับผิดชอบ', 'Person who answers for it'), leadPerson, toldAlike),
    ...fact(of.key('keepers'), of.label('ผู้จัดเก็บข้อมูล', 'Data keepers'), keepers, () => officeNames(keepers ?? [])),
    ...fact(of.key('coOwners'), of.label('ผู้ร่วมรับผิดชอบ', 'Co-owners'), coOwners, () =>
      toldAlike((coOwners ?? []).map(({ name }) => name).join(', ')),
    ),
    ...fact(of.key('supervisor'), of.label('ผู้กำกับดูแล', 'Supervisor'), supervisor, () =>
      officeNames(supervisor ? [supervisor] : []),
    ),
  ];
}

function weightFacts(of: Of, weighed: Weighed): readonly Fact[] {
  const effectiveFrom = 'effectiveFrom' in weighed ? weighed.effectiveFrom : undefined;
  return fact(of.key('weight'), of.label('น้ำหนัก', 'Weight'), weighed.weight, (weight) =>
    from(toldDecimal(weight), effectiveFrom),
  );
}

function cancellationFacts(
  { indicatorId, fromRound, effectiveFrom }: NonNullable<IndicatorTold['cancelled']>,
  number: string,
): readonly Fact[] {
  const of = ofIndicator(indicatorId, number);
  return fact(of.key('cancelled'), of.label('การยกเลิก', 'Cancellation'), { fromRound, effectiveFrom }, () => ({
    th: `ยกเลิกตั้งแต่รอบ ${fromRound}`,
    en: `cancelled from round ${fromRound} on`,
  }));
}

function exemptionFacts({ indicatorId, round, reason }: Exemption, number: string): readonly Fact[] {
  const of = ofIndicator(indicatorId, number);
  const label = of.label(`การยกเว้นในรอบ ${round} `, `Exemption in round ${round}`);
  return fact(of.key('exemption', round), label, reason, toldAlike);
}

function targetFacts(of: Of, target: ToldTarget): readonly Fact[] {
  const span = toldSpan(target.span);
  return fact(of.key('target', target.span), of.label(`ค่าเป้าหมาย ${span.th} `, `Target for ${span.en}`), target, () =>
    from(toldTarget(target), target.effectiveFrom),
  );
}

function from(shown: BothLanguages, effectiveFrom: string | undefined): BothLanguages {
  if (effectiveFrom === undefined) return shown;
  const day = toldFrom(effectiveFrom as IsoDate);
  return { th: `${shown.th} (${day.th})`, en: `${shown.en} (${day.en})` };
}

function figureFacts(of: Of, told: FigureTold, terms: Terms | undefined): readonly Fact[] {
  const { figure, certified, returned, examined } = told;
  const [any] = [...certified.values(), ...examined.values()];
  const key = figure ?? returned ?? any;
  if (!key) return [];
  const place = [key.span, ...(key.officeId === undefined ? [] : [key.officeId])];
  const keeper = terms?.keepers?.find(({ officeId }) => officeId === key.officeId)?.officeName ?? key.officeId;
  const span = toldSpan(key.span);
  const whose = keeper === undefined ? '' : ` (${keeper})`;
  const label = (th: string, en: string) => of.label(`${th} ${span.th}${whose} `, `${en} for ${span.en}${whose}`);
  return [
    ...fact(of.key('actual', ...place), label('ผลการดำเนินงาน', 'Actual'), figure, toldFigure),
    ...[...certified.values()].flatMap(({ step, comment }) =>
      fact(
        of.key('certification', step, ...place),
        label(`การตรวจรับรองผลโดย${STEPS[step].th}`, `Certification by the ${STEPS[step].en}`),
        { step, ...(comment !== undefined && { comment }) },
        () => ({ th: 'รับรองแล้ว', en: 'certified' }),
      ),
    ),
    ...fact(
      of.key('returned', ...place),
      label('การส่งผลกลับ', 'Return of the figure'),
      returned && { step: returned.step, comment: returned.comment },
      () => toldAlike(returned?.comment ?? ''),
    ),
    ...[...examined.values()].flatMap(({ inspectionRound, verdict, observedValue, comment }) =>
      fact(
        of.key('examination', inspectionRound, ...place),
        label('การตรวจสอบผลโดยผู้ตรวจราชการ', 'Examination by an inspector'),
        { inspectionRound, verdict, comment, ...(observedValue !== undefined && { observedValue }) },
        () => observed(VERDICTS[verdict], observedValue),
      ),
    ),
  ];
}

/** A verdict with what was seen. */
export function observed({ th, en }: BothLanguages, observedValue: string | undefined): BothLanguages {
  if (observedValue === undefined || observedValue === NOT_STATED) return { th, en };
  const value = toldNumber(observedValue);
  return { th: `${th} (พบ ${value})`, en: `${en} (observed: ${value})` };
}
