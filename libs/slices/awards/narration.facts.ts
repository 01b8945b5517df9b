import type { Fact } from '@khamrap/audit/events';
import {
  NOT_STATED,
  toldAlike,
  toldDay,
  toldFiscalYear,
  toldList,
  toldProvince,
  UNSTATED,
  type BothLanguages,
  type Json,
} from '@khamrap/kernel';
import type { AwardForm, AwardGranted, AwardsAnnounced } from './domain/award.events';
import type { AwardStatement } from './domain/award.state';

type FactOfAward = readonly [key: string, label: BothLanguages, value: Json | undefined, shown: () => BothLanguages];

const FORMS: Readonly<Record<AwardForm, BothLanguages>> = {
  plaque: { th: 'โล่', en: 'plaque' },
  certificate: { th: 'เกียรติบัตร', en: 'certificate' },
  notStated: UNSTATED,
};

/** What stands of an award or of an announcement: field by field, what the last statement says. */
export function factsOfStatement(statement: AwardStatement): readonly Fact[] {
  const ofKind = statement.kind === 'granted' ? factsOfGranted(statement.data) : factsOfAnnounced(statement.data);
  return [...factsOfBoth(statement.data), ...ofKind].flatMap(([key, label, value, shown]) =>
    value === undefined ? [] : [{ key: [key], label, value, shown: shown() }],
  );
}

function factsOfBoth(data: AwardStatement['data']): readonly FactOfAward[] {
  const { category, categoryPrinted, grantors, awardYear, fiscalYear, level, announcedOn, asPrinted, statedTotal } =
    data;
  return [
    ['category', { th: 'ประเภทรางวัล', en: 'Category' }, category, () => toldAlike(category)],
    [
      'categoryPrinted',
      { th: 'ชื่อตามเอกสาร', en: 'Category as printed' },
      categoryPrinted,
      () => toldAlike(categoryPrinted ?? ''),
    ],
    ['grantors', { th: 'ผู้มอบรางวัล', en: 'Granted by' }, grantors, () => namesIn(grantors)],
    [
      'awardYear',
      { th: 'ปีของรางวัล', en: 'Year of the award' },
      awardYear,
      () => (awardYear === NOT_STATED ? UNSTATED : { th: `พ.ศ. ${awardYear}`, en: `${awardYear} B.E.` }),
    ],
    ['fiscalYear', { th: 'ปีงบประมาณ', en: 'Fiscal year' }, fiscalYear, () => toldFiscalYear(fiscalYear ?? 0)],
    ['level', { th: 'ระดับ', en: 'Level' }, level, () => toldAlike(level ?? '')],
    ['announcedOn', { th: 'วันที่ประกาศ', en: 'Announced on' }, announcedOn, () => toldDay(announcedOn ?? NOT_STATED)],
    ['asPrinted', { th: 'ข้อความตามเอกสาร', en: 'As printed' }, asPrinted, () => toldAlike(asPrinted ?? '')],
    [
      'statedTotal',
      { th: 'จำนวนรวมที่เอกสารระบุ', en: 'Total that the document states' },
      statedTotal,
      () => ({ th: `${statedTotal?.count} รางวัล`, en: `${statedTotal?.count} awards` }),
    ],
  ];
}

function factsOfGranted(data: AwardGranted['data']): readonly FactOfAward[] {
  const { recipients, rank, oneOf, score, forms, validUntil, basis, partOf, basisAgreement } = data;
  return [
    ['recipients', { th: 'ผู้ได้รับรางวัล', en: 'Recipients' }, recipients, () => recipientsIn(recipients)],
    [
      'rank',
      { th: 'อันดับ', en: 'Rank' },
      rank,
      () => ({ th: `อันดับ ${rank?.rank} ใน ${rank?.comparisonSet}`, en: `${rank?.rank} among ${rank?.comparisonSet}` }),
    ],
    [
      'oneOf',
      { th: 'หนึ่งในจำนวน', en: 'One of so many' },
      oneOf,
      () => ({
        th: `1 ใน ${oneOf?.of} ของ ${oneOf?.comparisonSet}`,
        en: `one of ${oneOf?.of} among ${oneOf?.comparisonSet}`,
      }),
    ],
    ['score', { th: 'คะแนน', en: 'Score' }, score, () => ({ th: `${score} คะแนน`, en: `${score}` })],
    ['forms', { th: 'สิ่งที่มอบ', en: 'Handed over' }, forms, () => toldList(forms.map((form) => FORMS[form]))],
    ['validUntil', { th: 'ใช้ได้ถึงวันที่', en: 'Valid until' }, validUntil, () => toldDay(validUntil ?? NOT_STATED)],
    ['basis', { th: 'อ้างอิง', en: 'Basis' }, basis, () => toldAlike(basis ?? '')],
    ['partOf', { th: 'เป็นส่วนหนึ่งของประกาศ', en: 'Part of the announcement' }, partOf, () => toldAlike(partOf ?? '')],
    [
      'basisAgreement',
      { th: 'คำรับรองที่เป็นฐานของรางวัล', en: 'Agreement that it rests on' },
      basisAgreement,
      () =>
        toldAlike([basisAgreement?.agreementId, basisAgreement?.round].filter((each) => each !== undefined).join(', ')),
    ],
  ];
}

function factsOfAnnounced({ statedCount, recipients, province }: AwardsAnnounced['data']): readonly FactOfAward[] {
  return [
    [
      'statedCount',
      { th: 'จำนวนที่ประกาศ', en: 'Announced number' },
      statedCount,
      () => ({ th: `${statedCount} รางวัล`, en: `${statedCount} awards` }),
    ],
    [
      'recipients',
      { th: 'ผู้ได้รับรางวัล', en: 'Recipients' },
      recipients,
      () => (recipients === NOT_STATED ? UNSTATED : { th: 'ระบุชื่อบางส่วน', en: 'named in part' }),
    ],
    ['province', { th: 'จังหวัด', en: 'Province' }, province, () => toldProvince(province ?? '')],
  ];
}

function namesIn(named: readonly { readonly name: string }[]): BothLanguages {
  return toldList(named.map(({ name }) => toldAlike(name)));
}

/** By the names that the statement gives them, with the province where it says one. */
function recipientsIn(recipients: AwardGranted['data']['recipients']): BothLanguages {
  return toldList(
    recipients.map(({ name, province }) => {
      if (province === undefined) return toldAlike(name);
      const place = toldProvince(province);
      return place.th === name ? toldAlike(name) : { th: `${name} (${place.th})`, en: `${name} (${place.en})` };
    }),
  );
}
