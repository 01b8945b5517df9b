import { isoDate } from '@khamrap/kernel';
import type { AgreementEvent, AmendmentRequested, IndicatorAdded, TargetSet } from '../agreement.events';
import {
  accepted,
  agreed,
  amendmentApproved,
  amendmentRejected,
  amendmentRequested,
  drafted,
  HEAD,
  indicatorAdded,
  indicatorRemoved,
  indicatorRevised,
  MAKER,
  proposed,
  RECEIVER,
  returned,
  signed,
  targetSet,
  TODAY,
  tookEffect,
  voided,
  WITNESS,
  withdrawn,
} from '../agreement.examples';

// Sound histories in which every event from the draft to the amendment stands with every field that it can have.

const DISTRICT = { officeId: MAKER.officeId, officeName: MAKER.officeName };
const SECOND_HALF_KEY = '2027-04-01..2027-09-30';

const HEADING = drafted({
  province: 'TH-54',
  parties: [{ ...MAKER, officeNameEn: 'Example District' }, RECEIVER, WITNESS],
  announcedOn: isoDate('2026-10-12'),
  goalSet: 'example-2570',
  preamble: 'เพื่อประโยชน์สุขของประชาชน',
  parents: [{ chain: 'governor', agreementId: 'agreement-of-the-province' }],
  scheme: { schemeId: 'provincial', ruleVersion: 1, calendarVersion: 1 },
});

const IN_FULL: IndicatorAdded['data'] = {
  ...indicatorAdded().data,
  printedNumber: '1',
  goalNumber: 8,
  nameEn: 'Income from community products',
  leadOffice: DISTRICT,
  leadPerson: 'สมมุติ ตัวอย่าง',
  definition: 'มูลค่าจำหน่ายของผู้ผลิตที่ลงทะเบียน',
  formula: 'ผลรวมยอดจำหน่ายของทุกกลุ่ม',
  unitPrinted: 'บาท',
  kind: 'joint',
  sharedDefinition: 'community-product-income',
  accumulation: 'cumulative',
  rounds: ['6', '12'],
  keepers: [DISTRICT, { officeId: 'district-2', officeName: 'อำเภอตัวอย่างที่สอง' }],
  coOwners: [{ name: 'หอการค้าจังหวัดตัวอย่าง', officeId: 'chamber-1' }],
  supervisor: { officeId: 'office-5', officeName: 'สำนักงานพัฒนาชุมชนตัวอย่าง' },
  dataSource: 'รายงานยอดจำหน่ายรายเดือน',
  baselines: [{ fiscalYear: 2569, value: '1100000', asPrinted: '๑.๑ ล้านบาท' }],
};
const CHILD = indicatorAdded({
  indicatorId: 'online',
  displayNumber: '1.1',
  parentIndicatorId: 'income',
  unit: 'level',
  direction: 'milestone',
  weight: '0',
});

/** A target with anchors, and one that is met by a described state. */
const ANCHORS: TargetSet['data'] = {
  ...targetSet().data,
  criterion: 'threeAnchors',
  levels: ['1000000', '1200000', '1500000'],
  comparisonSpan: '2025-10-01..2026-03-31',
  asPrinted: '๑.๒ ล้านบาท',
};
const MILESTONES: TargetSet['data'] = {
  indicatorId: 'online',
  span: SECOND_HALF_KEY,
  criterion: 'milestones',
  unit: 'level',
  milestones: [
    { level: 1, description: 'มีร้านค้าออนไลน์ต้นแบบ' },
    { level: 5, description: 'ทุกกลุ่มจำหน่ายออนไลน์ได้' },
  ],
};
const DATES: TargetSet['data'] = {
  indicatorId: 'plan',
  span: SECOND_HALF_KEY,
  criterion: 'dates',
  unit: 'day',
  dates: [isoDate('2027-08-31')],
};

const FIRST_TERMS: readonly AgreementEvent[] = [
  HEADING,
  { type: 'IndicatorAdded', data: IN_FULL },
  CHILD,
  indicatorAdded({ indicatorId: 'twice', displayNumber: '2' }),
  indicatorAdded({ indicatorId: 'plan', displayNumber: '3', unit: 'day', direction: 'date', weight: '20' }),
  { type: 'TargetSet', data: ANCHORS },
  { type: 'TargetSet', data: MILESTONES },
  { type: 'TargetSet', data: DATES },
  indicatorRemoved({ indicatorId: 'twice', reason: 'ซ้ำกับตัวชี้วัดที่ 1' }),
];
const PROPOSED: readonly AgreementEvent[] = [...FIRST_TERMS, proposed(FIRST_TERMS, { note: 'เสนอตามมติที่ประชุม' })];
const SIGNED_TOO_EARLY: readonly AgreementEvent[] = [
  ...PROPOSED,
  accepted(FIRST_TERMS),
  signed('maker', FIRST_TERMS, {
    capture: 'paper',
    scanSha256: 'b'.repeat(64),
    capacity: 'delegated',
    authority: 'คำสั่งจังหวัดตัวอย่าง ที่ 1/2570',
    signedBy: undefined,
  }),
];
const RETURNED: readonly AgreementEvent[] = [
  ...SIGNED_TOO_EARLY,
  returned(FIRST_TERMS, { comments: [{ indicatorId: 'income', comment: 'น้ำหนักสูงไป' }, { comment: 'เพิ่มคำนำ' }] }),
  voided(MAKER),
];
const REVISED: readonly AgreementEvent[] = [
  ...RETURNED,
  indicatorRevised({ ...IN_FULL, weight: '35' }),
  { type: 'IndicatorRevised', data: { ...CHILD.data, name: 'กลุ่มที่จำหน่ายออนไลน์' } },
];

/** Returned once, agreed on in the end, signed in three ways, and amended twice; a third amendment is rejected. */
export const AMENDED_HISTORY: readonly AgreementEvent[] = [
  ...agreed(REVISED),
  signed('maker', REVISED, {
    capture: 'certificate',
    certificate: { documentSha256: 'd'.repeat(64), certificateSha256: 'e'.repeat(64) },
    signedBy: undefined,
  }),
  signed('receiver', REVISED),
  tookEffect(REVISED),
  signed('witness', REVISED, { signedOn: TODAY, signedBy: HEAD }),
  ...amendmentOf('amendment-1', [
    {
      change: 'target',
      indicatorId: 'income',
      target: targetOf({ ...ANCHORS, levels: ['900000', '1000000', '1100000'] }),
    },
    { change: 'weight', indicatorId: 'income', weight: '30' },
  ]),
  amendmentRequested({
    amendmentId: 'amendment-2',
    changes: [{ change: 'weight', indicatorId: 'income', weight: '1' }],
  }),
  amendmentRejected({ amendmentId: 'amendment-2' }),
  ...amendmentOf('amendment-3', [
    { change: 'target', indicatorId: 'online', target: targetOf({ ...MILESTONES, asPrinted: 'ระดับ 5' }) },
    { change: 'target', indicatorId: 'plan', target: targetOf({ ...DATES, dates: [isoDate('2027-09-30')] }) },
    { change: 'cancelIndicator', indicatorId: 'online', fromRound: '12' },
  ]),
];

/** Given up as a draft, and begun anew. */
export const WITHDRAWN_HISTORY: readonly AgreementEvent[] = [...PROPOSED, withdrawn(), drafted({ title: 'ร่างใหม่' })];

/** A request that its one receiver approves, with what becomes true by that. */
function amendmentOf(amendmentId: string, changes: AmendmentRequested['data']['changes']): readonly AgreementEvent[] {
  const basisDocument = { reference: 'หนังสือจังหวัดตัวอย่าง ที่ 12/2570', sha256: 'f'.repeat(64) };
  const origin = { amendmentId, effectiveFrom: TODAY, basisDocument };
  const became = changes.map(({ change, indicatorId, target, weight = '0', fromRound = '12' }): AgreementEvent => {
    if (target) return { type: 'TargetAmended', data: { ...origin, indicatorId, ...target } };
    if (change === 'weight') return { type: 'WeightAmended', data: { ...origin, indicatorId, weight } };
    return { type: 'IndicatorCancelled', data: { ...origin, indicatorId, fromRound } };
  });
  return [amendmentRequested({ amendmentId, changes, basisDocument }), amendmentApproved({ amendmentId }), ...became];
}

function targetOf({ indicatorId: _its, ...target }: TargetSet['data']): Omit<TargetSet['data'], 'indicatorId'> {
  return target;
}
