import type { Names, Narration } from '@khamrap/audit/events';
import { toldDay, toldList, UNSTATED, type BothLanguages } from '@khamrap/kernel';
import type { EscalationLevel, Finding, InspectionEvent } from './domain/inspection.events';
import { SEVERITY_WORDS, type ToldInspection } from './narration.facts';

type Tells = Narration<ToldInspection, InspectionEvent>['tells'];
type OfFindings =
  | 'FindingRecorded'
  | 'FindingCorrected'
  | 'FindingWithdrawn'
  | 'RecommendationMade'
  | 'FindingResponded'
  | 'ResponseJudged'
  | 'FindingResolved'
  | 'FindingReopened'
  | 'FindingEscalated'
  | 'DueDateExtended';

const LEVEL_WORDS: Readonly<Record<EscalationLevel, BothLanguages>> = {
  officeAbove: { th: 'หน่วยงานที่กำกับ', en: 'the office above' },
  province: { th: 'จังหวัด', en: 'the province' },
  department: { th: 'กรม', en: 'the department' },
  ministry: { th: 'กระทรวง', en: 'the ministry' },
  primeMinisterOffice: { th: 'สำนักนายกรัฐมนตรี', en: 'the Prime Minister’s Office' },
};

/** What an event is about, by its theme where that was told. */
function about(
  {
    findingId,
    recommendationId,
  }: { readonly findingId?: string | undefined; readonly recommendationId?: string | undefined },
  { findings }: ToldInspection,
): BothLanguages {
  if (recommendationId !== undefined) return { th: 'ข้อเสนอแนะ', en: 'the recommendation' };
  const theme = findingId === undefined ? undefined : findings.get(findingId)?.finding?.theme;
  return theme === undefined ? { th: 'ข้อค้นพบ', en: 'the finding' } : quoted(theme);
}

function quoted(theme: string): BothLanguages {
  return { th: `ข้อค้นพบ “${theme}”`, en: `the finding “${theme}”` };
}

function officesOf({ officeIds }: Pick<Finding, 'officeIds'>, names: Names): BothLanguages {
  return officeIds.length === 0 ? UNSTATED : toldList(officeIds.map((officeId) => names.office(officeId)));
}

function indicatorsOf({ subjects }: Finding): readonly string[] {
  return [...new Set(subjects.flatMap(({ indicatorId }) => indicatorId ?? []))];
}

function indicatorsOfKnown({ findingId }: { readonly findingId?: string | undefined }, before: ToldInspection) {
  const finding = findingId === undefined ? undefined : before.findings.get(findingId)?.finding;
  return finding ? indicatorsOf(finding) : [];
}

/** How findings, recommendations and what becomes of them are told. */
export const TOLD_FINDINGS: Pick<Tells, OfFindings> = {
  FindingRecorded: {
    act: { th: 'บันทึกข้อค้นพบ', en: 'Finding recorded' },
    sentence: ({ data }, _before, names) => {
      const [severity, offices] = [SEVERITY_WORDS[data.severity], officesOf(data, names)];
      return {
        th: `บันทึกข้อค้นพบ “${data.theme}” ระดับ${severity.th} หน่วยรับตรวจ: ${offices.th}`,
        en: `A finding “${data.theme}” of severity ${severity.en} was recorded; to answer: ${offices.en}.`,
      };
    },
    indicators: indicatorsOf,
    why: ({ text }) => ({ text }),
    evidence: ({ evidence }) => evidence,
  },
  FindingCorrected: {
    act: { th: 'แก้ไขข้อค้นพบ', en: 'Finding corrected' },
    sentence: ({ data: { theme } }) => ({ th: `แก้ไขข้อค้นพบ “${theme}”`, en: `The finding “${theme}” was stated anew.` }),
    indicators: indicatorsOf,
    why: ({ reason }) => ({ text: reason }),
    evidence: ({ evidence }) => evidence,
  },
  FindingWithdrawn: {
    act: { th: 'ถอนข้อค้นพบ', en: 'Finding withdrawn' },
    sentence: ({ data }, before) => sentenceOn(about(data, before), 'ถอน', 'was withdrawn'),
    indicators: indicatorsOfKnown,
    why: ({ reason }) => ({ text: reason }),
  },
  RecommendationMade: {
    act: { th: 'ให้ข้อเสนอแนะ', en: 'Recommendation made' },
    sentence: ({ data: { officeId } }, _before, names) => {
      const office = officeId === undefined ? UNSTATED : names.office(officeId);
      return { th: `ให้ข้อเสนอแนะแก่: ${office.th}`, en: `A recommendation was made to: ${office.en}.` };
    },
    indicators: indicatorsOfKnown,
    why: ({ text }) => ({ text }),
  },
  FindingResponded: {
    act: { th: 'ชี้แจงข้อค้นพบหรือข้อเสนอแนะ', en: 'Response given' },
    sentence: ({ data }, before, names) => {
      const [what, office] = [about(data, before), names.office(data.officeId)];
      return { th: `${office.th} ชี้แจง${what.th}`, en: `${office.en} answered ${what.en}.` };
    },
    indicators: indicatorsOfKnown,
    why: ({ text }) => ({ text }),
    evidence: ({ evidence }) => evidence,
  },
  ResponseJudged: {
    act: { th: 'พิจารณาคำชี้แจง', en: 'Response judged' },
    sentence: ({ data }, before, names) => {
      const [what, office] = [about(data, before), names.office(data.officeId)];
      return data.outcome === 'accepted'
        ? { th: `รับคำชี้แจงของ${office.th} ต่อ${what.th}`, en: `The answer of ${office.en} to ${what.en} was accepted.` }
        : {
            th: `คำชี้แจงของ${office.th} ต่อ${what.th} ยังไม่เพียงพอ`,
            en: `The answer of ${office.en} to ${what.en} was found insufficient.`,
          };
    },
    indicators: indicatorsOfKnown,
    why: ({ reason }) => (reason === undefined ? undefined : { text: reason }),
  },
  FindingResolved: {
    act: { th: 'ข้อค้นพบแก้ไขเสร็จสิ้น', en: 'Finding resolved' },
    sentence: ({ data }, before) => sentenceOn(about(data, before), 'แก้ไขเสร็จสิ้น:', 'was resolved'),
    indicators: indicatorsOfKnown,
  },
  FindingReopened: {
    act: { th: 'เปิดข้อค้นพบอีกครั้ง', en: 'Finding opened again' },
    sentence: ({ data }, before) => sentenceOn(about(data, before), 'เปิดอีกครั้ง:', 'was opened again'),
    indicators: indicatorsOfKnown,
    why: ({ reason }) => ({ text: reason }),
  },
  FindingEscalated: {
    act: { th: 'เสนอข้อค้นพบต่อระดับที่สูงขึ้น', en: 'Finding escalated' },
    sentence: ({ data }, before, names) => {
      const what = about(data, before);
      const to = data.toOfficeId === undefined ? LEVEL_WORDS[data.toLevel] : names.office(data.toOfficeId);
      return {
        th: `เสนอ${what.th} ต่อ${to.th} เพราะเลยกำหนดชี้แจง ${data.daysLate} วัน`,
        en: `${capital(what.en)} was brought to ${to.en}: its answer was ${data.daysLate} days late.`,
      };
    },
    indicators: indicatorsOfKnown,
    why: ({ reason }) => ({ text: reason }),
  },
  DueDateExtended: {
    act: { th: 'ขยายวันครบกำหนด', en: 'Due day extended' },
    sentence: ({ data }, before) => {
      const [what, day] = [about(data, before), toldDay(data.dueOn)];
      return {
        th: `ขยายวันครบกำหนดของ${what.th} เป็นวันที่ ${day.th}`,
        en: `The day on which ${what.en} is due was moved to ${day.en}.`,
      };
    },
    indicators: indicatorsOfKnown,
    why: ({ reason }) => ({ text: reason }),
  },
};

function sentenceOn(what: BothLanguages, th: string, en: string): BothLanguages {
  return { th: `${th}${what.th}`, en: `${capital(what.en)} ${en}.` };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
