import type { AnyNarrations, Fact, Narration } from '@khamrap/audit/events';
import {
  isIsoDate,
  toldAlike,
  toldDay,
  toldList,
  toldPrivate,
  type BothLanguages,
  type PrivateText,
} from '@khamrap/kernel';
import type {
  PersonalDataErased,
  PersonalDataRequestEvent,
  PersonalDataRequestFiled,
  RefusalGround,
  RequestKind,
} from './domain/personal-data-request.events';
import type { RetentionApplied } from './domain/retention.events';

const KINDS: Readonly<Record<RequestKind, BothLanguages>> = {
  access: { th: 'ขอเข้าถึงข้อมูลส่วนบุคคล', en: 'access to personal data' },
  erasure: { th: 'ขอให้ลบข้อมูลส่วนบุคคล', en: 'erasure of personal data' },
  correction: { th: 'ขอให้แก้ไขข้อมูลส่วนบุคคล', en: 'correction of personal data' },
};

const GROUNDS: Readonly<Record<RefusalGround, BothLanguages>> = {
  archivesOrStatistics: { th: 'จดหมายเหตุหรือสถิติ', en: 'archives or statistics' },
  publicTask: { th: 'ภารกิจเพื่อประโยชน์สาธารณะ', en: 'a task in the public interest' },
  legalDuty: { th: 'การปฏิบัติตามกฎหมาย', en: 'a legal duty' },
  freedomOfExpression: { th: 'เสรีภาพในการแสดงความคิดเห็น', en: 'freedom of expression' },
  legalClaims: { th: 'สิทธิเรียกร้องตามกฎหมาย', en: 'legal claims' },
  lawOrCourtOrder: { th: 'กฎหมายหรือคำสั่งศาล', en: 'the law or an order of a court' },
  rightsOfOthers: { th: 'สิทธิและเสรีภาพของผู้อื่น', en: 'the rights of others' },
  dataAreCorrect: { th: 'ข้อมูลถูกต้องแล้ว', en: 'the data are correct' },
};

const ERASED: Readonly<Record<PersonalDataErased['data']['categories'][number], BothLanguages>> = {
  privateValues: { th: 'ค่าที่ไม่เปิดเผยของเหตุการณ์', en: 'private values of events' },
  identity: { th: 'ตัวตนของบุคคล', en: 'the identity of the person' },
  evidence: { th: 'ไฟล์หลักฐาน', en: 'files of evidence' },
};

type Outcome = 'fulfilled' | 'refused';

interface ToldRequest {
  readonly filed?: PersonalDataRequestFiled['data'];
  readonly outcome?: Outcome;
  readonly erased?: PersonalDataErased['data'];
}

const OUTCOMES: Readonly<Record<Outcome, BothLanguages>> = {
  fulfilled: { th: 'ดำเนินการแล้ว', en: 'fulfilled' },
  refused: { th: 'ปฏิเสธ', en: 'refused' },
};

const personalDataRequest: Narration<ToldRequest, PersonalDataRequestEvent> = {
  begin: {},
  evolve: (state, event) => {
    switch (event.type) {
      case 'PersonalDataRequestFiled':
        return { ...state, filed: event.data };
      case 'PersonalDataRequestFulfilled':
        return { ...state, outcome: 'fulfilled' };
      case 'PersonalDataRequestRefused':
        return { ...state, outcome: 'refused' };
      case 'PersonalDataErased':
        return { ...state, erased: event.data };
    }
  },
  facts: factsOf,
  tells: {
    PersonalDataRequestFiled: {
      act: { th: 'ยื่นคำขอเกี่ยวกับข้อมูลส่วนบุคคล', en: 'Personal data request filed' },
      sentence: ({ data: { kind, receivedOn, dueOn } }) => {
        const [what, received, due] = [KINDS[kind], dayIn(receivedOn), dayIn(dueOn)];
        return {
          th: `ยื่นคำ${what.th} รับเมื่อวันที่ ${received.th} ครบกำหนดวันที่ ${due.th}`,
          en: `A request for ${what.en} was received on ${received.en}; it is due by ${due.en}.`,
        };
      },
      why: ({ explanation }) => explained(explanation),
    },
    PersonalDataRequestFulfilled: {
      act: { th: 'ดำเนินการตามคำขอ', en: 'Personal data request fulfilled' },
      sentence: () => ({ th: 'ดำเนินการตามคำขอแล้ว', en: 'What was asked for was done.' }),
      why: ({ explanation }) => explained(explanation),
    },
    PersonalDataRequestRefused: {
      act: { th: 'ปฏิเสธคำขอ', en: 'Personal data request refused' },
      sentence: ({ data: { ground } }) => {
        const why = GROUNDS[ground];
        return { th: `ปฏิเสธคำขอ ด้วยเหตุ${why.th}`, en: `The request was refused on the ground of ${why.en}.` };
      },
      why: ({ reason }) => ({ text: reason }),
    },
    PersonalDataErased: {
      act: { th: 'ลบข้อมูลส่วนบุคคล', en: 'Personal data erased' },
      sentence: ({ data: { categories, fromVault, evidence } }) => {
        const what = toldList(categories.map((category) => ERASED[category]));
        return {
          th: `ลบ${what.th} (${fromVault.commitments.length} ค่า ${evidence.length} ไฟล์)`,
          en: `Erased for good: ${what.en} (${fromVault.commitments.length} values, ${evidence.length} files).`,
        };
      },
    },
  },
};

const retention: Narration<readonly RetentionApplied['data'][], RetentionApplied> = {
  begin: [],
  evolve: (state, { data }) => [...state, data],
  facts: (applied) =>
    applied.map(({ closedOn, years, fromVault }, index) => {
      const closed = toldDay(closedOn);
      return {
        key: ['applied', String(index + 1)],
        label: { th: `การลบเมื่อพ้นกำหนดครั้งที่ ${index + 1}`, en: `Erasure past the term, number ${index + 1}` },
        value: { closedOn, years, valueCount: fromVault.commitments.length },
        shown: {
          th: `${fromVault.commitments.length} ค่า พ้นกำหนด ${years} ปีงบประมาณหลังสิ้นสุดเมื่อวันที่ ${closed.th}`,
          en: `${fromVault.commitments.length} values, ${years} fiscal years after the end on ${closed.en}`,
        },
      };
    }),
  tells: {
    RetentionApplied: {
      act: { th: 'ลบค่าที่ไม่เปิดเผยเมื่อพ้นกำหนดเก็บรักษา', en: 'Retention term applied' },
      sentence: ({ data: { closedOn, years, fromVault } }) => {
        const closed = toldDay(closedOn);
        return {
          th: `ลบค่าที่ไม่เปิดเผย ${fromVault.commitments.length} ค่าของคำรับรองที่สิ้นสุดเมื่อวันที่ ${closed.th} เพราะพ้นกำหนดเก็บ ${years} ปีงบประมาณ`,
          en: `${fromVault.commitments.length} private values of the agreement that was closed on ${closed.en} were erased, because the term of ${years} fiscal years is over.`,
        };
      },
      why: ({ reason }) => ({ text: reason }),
    },
  },
};

function factsOf({ filed, outcome, erased }: ToldRequest): readonly Fact[] {
  if (!filed) return [];
  const { kind, receivedOn, dueOn } = filed;
  return [
    { key: ['kind'], label: { th: 'คำขอ', en: 'Request' }, value: kind, shown: KINDS[kind] },
    { key: ['receivedOn'], label: { th: 'วันที่รับ', en: 'Received on' }, value: receivedOn, shown: dayIn(receivedOn) },
    { key: ['dueOn'], label: { th: 'ครบกำหนด', en: 'Due by' }, value: dueOn, shown: dayIn(dueOn) },
    ...(outcome
      ? [{ key: ['outcome'], label: { th: 'ผล', en: 'Outcome' }, value: outcome, shown: OUTCOMES[outcome] }]
      : []),
    ...(erased
      ? [
          {
            key: ['erased'],
            label: { th: 'สิ่งที่ลบ', en: 'Erased' },
            value: erased.categories,
            shown: toldList(erased.categories.map((category) => ERASED[category])),
          },
        ]
      : []),
  ];
}

/** What somebody wrote to explain it; it may be told only to those who may have private values. */
function explained(text: PrivateText | undefined): { readonly text: string } | undefined {
  if (text === undefined) return undefined;
  const { th, en } = toldPrivate(text);
  return { text: th === en ? th : `${th} · ${en}` };
}

function dayIn(text: string): BothLanguages {
  return isIsoDate(text) ? toldDay(text) : toldAlike(text);
}

/** How requests of persons and the end of retention terms are told. */
export const personalDataNarrations = {
  'personal-data-request': personalDataRequest,
  retention,
} satisfies AnyNarrations;
