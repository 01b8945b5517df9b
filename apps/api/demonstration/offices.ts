import { isoDate } from '@khamrap/kernel';
import { AppointHolder, EndHolder, GrantDelegation, RegisterOffice } from '@khamrap/offices';
import { creationStep, step, type BodyOf, type Step } from './demonstration-step';
import {
  ANNOUNCEMENT_2565,
  AWARDS_2565,
  from,
  INSPECTION_2562,
  MEETING_2564,
  RESULTS_2566,
  type DemonstrationDocument,
} from './documents';

// Offices that the documents name, and who they say held their posts. No document says which office stands above which, or since
// when anybody held a post.

const PHRAE = 'TH-54';
const AYUTTHAYA = 'TH-14';

export const COMMUNITY_DEVELOPMENT = { officeId: 'cdd', officeName: 'กรมการพัฒนาชุมชน' };
export const PHRAE_PROVINCE = { officeId: 'phrae-province', officeName: 'จังหวัดแพร่' };
export const PHRAE_CDD = { officeId: 'phrae-cdd', officeName: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' };
export const AYUTTHAYA_CDD = { officeId: 'ayutthaya-cdd', officeName: 'สำนักงานพัฒนาชุมชนจังหวัดพระนครศรีอยุธยา' };
export const PHRAE_PAO = { officeId: 'phrae-pao', officeName: 'องค์การบริหารส่วนจังหวัดแพร่' };
export const HUAI_O_TAO = { officeId: 'huai-o-tao', officeName: 'องค์การบริหารส่วนตำบลห้วยอ้อ' };
export const BAN_PIN_TAO = { officeId: 'ban-pin-tao', officeName: 'องค์การบริหารส่วนตำบลบ้านปีน' };
export const NACC = { officeId: 'nacc', officeName: 'สำนักงาน ป.ป.ช.' };
export const PRIME_MINISTER_OFFICE = { officeId: 'prime-minister-office', officeName: 'สำนักนายกรัฐมนตรี' };
export const OPDC = { officeId: 'opdc', officeName: 'สำนักงาน ก.พ.ร.' };
export const MINISTRY_OF_INTERIOR = { officeId: 'ministry-of-interior', officeName: 'กระทรวงมหาดไทย' };
export const MINISTRY_OF_CULTURE = { officeId: 'ministry-of-culture', officeName: 'กระทรวงวัฒนธรรม' };
export const MORAL_PROMOTION_COMMITTEE = {
  officeId: 'national-moral-promotion-committee',
  officeName: 'คณะกรรมการส่งเสริมคุณธรรมแห่งชาติ',
};

/** An office as an award names it. */
export function named({ officeId, officeName }: typeof NACC): { readonly name: string; readonly officeId: string } {
  return { name: officeName, officeId };
}

type Registered = Omit<BodyOf<typeof RegisterOffice>, 'officeId' | 'nameTh' | 'source'>;
type NamedOffice = readonly [office: typeof NACC, registered: Registered];

const ofPhrae = (kind: Registered['kind'], nameEn: string): Registered => ({ kind, nameEn, province: PHRAE });
const ofAyutthaya = (kind: Registered['kind'], nameEn: string): Registered => ({ kind, nameEn, province: AYUTTHAYA });
const office = (officeId: string, officeName: string) => ({ officeId, officeName });

function officeSteps(
  document: DemonstrationDocument,
  paragraph: number,
  offices: readonly NamedOffice[],
): readonly Step[] {
  return offices.map(([{ officeId, officeName }, registered]) =>
    creationStep(RegisterOffice)({ key: `office/${officeId}`, knownOn: document.knownOn }, () => ({
      officeId,
      nameTh: officeName,
      ...registered,
      source: from(document, paragraph),
    })),
  );
}

function holderStep(
  document: DemonstrationDocument,
  paragraph: number,
  officeId: string,
  holder: Pick<BodyOf<typeof AppointHolder>, 'personName' | 'positionTitle'>,
): Step {
  const { knownOn } = document;
  return step(AppointHolder)({ key: `office/${officeId}/holder/${holder.personName}`, knownOn }, () => ({
    target: { officeId },
    body: { ...holder, from: { notStated: true }, source: from(document, paragraph) },
  }));
}

const inInspection2562: readonly Step[] = [
  ...officeSteps(INSPECTION_2562, 3, [
    [COMMUNITY_DEVELOPMENT, { kind: 'department', nameEn: 'Community Development Department' }],
  ]),
  holderStep(INSPECTION_2562, 3, COMMUNITY_DEVELOPMENT.officeId, {
    personName: 'นิสิต จันทร์สมวงศ์',
    positionTitle: 'อธิบดีกรมการพัฒนาชุมชน',
  }),
  step(GrantDelegation)({ key: 'office/cdd/delegation/presiding', knownOn: INSPECTION_2562.knownOn }, () => ({
    target: { officeId: COMMUNITY_DEVELOPMENT.officeId },
    body: {
      personName: 'ทวีป บุตรโพธิ์',
      positionTitle: 'รองอธิบดีกรมการพัฒนาชุมชน',
      kind: 'delegated',
      scope: ['event.preside'],
      from: { day: isoDate('2019-08-22') },
      to: isoDate('2019-08-22'),
      source: from(INSPECTION_2562, 3),
    },
  })),
];

const inAyutthaya2564: readonly Step[] = [
  ...officeSteps(MEETING_2564, 3, [
    [office('ayutthaya-province', 'จังหวัดพระนครศรีอยุธยา'), ofAyutthaya('province', 'Phra Nakhon Si Ayutthaya province')],
  ]),
  ...officeSteps(MEETING_2564, 17, [
    [
      AYUTTHAYA_CDD,
      ofAyutthaya('provincialOffice', 'Phra Nakhon Si Ayutthaya provincial community development office'),
    ],
  ]),
  holderStep(MEETING_2564, 3, 'ayutthaya-province', {
    personName: 'ภานุ แย้มศรี',
    positionTitle: 'ผู้ว่าราชการจังหวัดพระนครศรีอยุธยา',
  }),
  holderStep(MEETING_2564, 4, AYUTTHAYA_CDD.officeId, {
    personName: 'กิจจา ทองแดง',
    positionTitle: 'พัฒนาการจังหวัดพระนครศรีอยุธยา',
  }),
];

const inPhrae2565: readonly Step[] = [
  ...officeSteps(ANNOUNCEMENT_2565, 3, [[PHRAE_PROVINCE, ofPhrae('province', 'Phrae province')]]),
  ...officeSteps(ANNOUNCEMENT_2565, 34, [
    [PHRAE_CDD, ofPhrae('provincialOffice', 'Phrae provincial community development office')],
  ]),
  holderStep(ANNOUNCEMENT_2565, 3, PHRAE_PROVINCE.officeId, {
    personName: 'สมหวัง พ่วงบางโพ',
    positionTitle: 'ผู้ว่าราชการจังหวัดแพร่',
  }),
  holderStep(ANNOUNCEMENT_2565, 18, PHRAE_CDD.officeId, {
    personName: 'สุสังข์ ชุ่มมะโน',
    positionTitle: 'พัฒนาการจังหวัดแพร่',
  }),
];

/** Recipients and grantors. The name of Ban Pin is as printed. */
const inAwards2565 = officeSteps(AWARDS_2565, 2, [
  [PHRAE_PAO, ofPhrae('localAdministration', 'Phrae provincial administrative organisation')],
  [HUAI_O_TAO, ofPhrae('localAdministration', 'Huai O subdistrict administrative organisation')],
  [
    BAN_PIN_TAO,
    { ...ofPhrae('localAdministration', 'Ban Pin subdistrict administrative organisation'), area: 'อำเภอลอง' },
  ],
  [NACC, { kind: 'externalBody', nameEn: 'Office of the National Anti-Corruption Commission' }],
  [PRIME_MINISTER_OFFICE, { kind: 'externalBody', nameEn: 'Prime Minister’s Office' }],
  [OPDC, { kind: 'externalBody', nameEn: 'Office of the Public Sector Development Commission' }],
  [MINISTRY_OF_INTERIOR, { kind: 'ministry', nameEn: 'Ministry of Interior' }],
  [MINISTRY_OF_CULTURE, { kind: 'ministry', nameEn: 'Ministry of Culture' }],
]);

const inPhrae2566: readonly Step[] = [
  ...officeSteps(RESULTS_2566, 3, [
    [
      office('phrae-governor-office', 'สำนักงานจังหวัดแพร่'),
      ofPhrae('governorOffice', 'Governor’s administrative office of Phrae'),
    ],
    [
      office('phrae-disaster-prevention', 'สำนักงานป้องกันและบรรเทาสาธารณภัยจังหวัดแพร่'),
      ofPhrae('provincialOffice', 'Phrae provincial office of disaster prevention and mitigation'),
    ],
    [
      office('phrae-culture', 'สำนักงานวัฒนธรรมจังหวัดแพร่'),
      ofPhrae('provincialOffice', 'Phrae provincial cultural office'),
    ],
    [
      office('phrae-social-development', 'สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดแพร่'),
      ofPhrae('provincialOffice', 'Phrae provincial office of social development and human security'),
    ],
    [
      office('phrae-tourism-and-sports', 'สำนักงานท่องเที่ยวและกีฬาจังหวัดแพร่'),
      ofPhrae('provincialOffice', 'Phrae provincial office of tourism and sports'),
    ],
    [office('phrae-chamber-of-commerce', 'หอการค้าจังหวัดแพร่'), ofPhrae('nonStateBody', 'Phrae chamber of commerce')],
  ]),
  ...officeSteps(RESULTS_2566, 4, [
    [
      office('phrae-public-relations', 'สำนักงานประชาสัมพันธ์จังหวัดแพร่'),
      ofPhrae('provincialOffice', 'Phrae provincial public relations office'),
    ],
  ]),
  ...officeSteps(RESULTS_2566, 7, [
    [MORAL_PROMOTION_COMMITTEE, { kind: 'externalBody', nameEn: 'National Moral Promotion Committee' }],
  ]),
  holderStep(RESULTS_2566, 4, 'phrae-public-relations', {
    personName: 'อธิชัย ต้นกันยา',
    positionTitle: 'ประชาสัมพันธ์จังหวัดแพร่',
  }),
  // The document names another governor, so the one of 2565 had left; it says neither when nor why.
  step(EndHolder)({ key: 'office/phrae-province/end/สมหวัง พ่วงบางโพ', knownOn: RESULTS_2566.knownOn }, () => ({
    target: { officeId: PHRAE_PROVINCE.officeId },
    body: { on: { notStated: true }, reason: 'notStated', source: from(RESULTS_2566, 3) },
  })),
  holderStep(RESULTS_2566, 3, PHRAE_PROVINCE.officeId, {
    personName: 'ชุติเดช มีจันทร์',
    positionTitle: 'ผู้ว่าราชการจังหวัดแพร่',
  }),
  // The chair of one event: to preside is to sign nothing. The document gives her two different titles before her name.
  step(GrantDelegation)({ key: 'office/phrae-province/delegation/presiding', knownOn: RESULTS_2566.knownOn }, () => ({
    target: { officeId: PHRAE_PROVINCE.officeId },
    body: {
      personName: 'นิติยา พงษ์พานิช',
      positionTitle: 'รองผู้ว่าราชการจังหวัดแพร่',
      kind: 'delegated',
      scope: ['event.preside'],
      from: { day: RESULTS_2566.knownOn },
      to: RESULTS_2566.knownOn,
      source: from(RESULTS_2566, 3, 5),
    },
  })),
];

export const officesSteps: readonly Step[] = [
  ...inInspection2562,
  ...inAyutthaya2564,
  ...inPhrae2565,
  ...inAwards2565,
  ...inPhrae2566,
];
