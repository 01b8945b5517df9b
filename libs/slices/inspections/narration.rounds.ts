import type { Narration } from '@khamrap/audit/events';
import { toldDay, toldList, toldProvince, UNSTATED } from '@khamrap/kernel';
import type { InspectionEvent, InspectionRound } from './domain/inspection.events';
import { inspectedProvinces } from './domain/round.decide';
import type { ToldInspection } from './narration.facts';

type Tells = Narration<ToldInspection, InspectionEvent>['tells'];
type OfRounds =
  | 'InspectionRoundOpened'
  | 'InspectionRoundRevised'
  | 'InspectionVisitRecorded'
  | 'NoFindingsStated'
  | 'NoFindingsVoided'
  | 'InspectionRoundClosed'
  | 'FindingsCarried'
  | 'InspectionRoundReopened';

const whereOf = (round: InspectionRound) => {
  const provinces = inspectedProvinces(round);
  return provinces.length === 0 ? UNSTATED : toldList(provinces.map(toldProvince));
};
const numberIn = ({ round }: ToldInspection): string => (round ? ` ${round.number.printed}` : '');

/** How what happens to a round itself is told. */
export const TOLD_ROUNDS: Pick<Tells, OfRounds> = {
  InspectionRoundOpened: {
    act: { th: 'เปิดรอบการตรวจราชการ', en: 'Inspection round opened' },
    sentence: ({ data }) => {
      const [where, from] = [whereOf(data), toldDay(data.days.from)];
      return {
        th: `เปิดรอบการตรวจราชการ ${data.number.printed} จังหวัดที่รับตรวจ: ${where.th} วันแรก: ${from.th}`,
        en: `Inspection round ${data.number.printed} was opened; provinces: ${where.en}; first day: ${from.en}.`,
      };
    },
    why: ({ basis }) => (basis === undefined ? undefined : { text: basis }),
  },
  InspectionRoundRevised: {
    act: { th: 'แก้ไขรอบการตรวจราชการ', en: 'Inspection round revised' },
    sentence: ({ data }) => ({
      th: `แก้ไขข้อมูลรอบการตรวจราชการ ${data.number.printed}`,
      en: `Inspection round ${data.number.printed} was stated anew.`,
    }),
    why: ({ reason }) => ({ text: reason }),
  },
  InspectionVisitRecorded: {
    act: { th: 'บันทึกการลงพื้นที่', en: 'Visit recorded' },
    sentence: ({ data: { days, participantTotal, presidedBy } }, before) => {
      const from = toldDay(days.from);
      const people = participantTotal;
      return {
        th: `บันทึกการลงพื้นที่ในรอบ${numberIn(before)} วันแรก: ${from.th}${people === undefined ? '' : ` ผู้เข้าร่วม ${people} คน`}${presidedBy ? ` ประธาน: ${presidedBy.name}` : ''}`,
        en: `A visit of round${numberIn(before)} was recorded; first day: ${from.en}${people === undefined ? '' : `; ${people} participants`}${presidedBy ? `; presided over by ${presidedBy.name}` : ''}.`,
      };
    },
    evidence: ({ evidence }) => evidence,
  },
  NoFindingsStated: {
    act: { th: 'ยืนยันว่าไม่พบข้อค้นพบ', en: 'Stated that nothing was found' },
    sentence: (_event, before) => ({
      th: `ผู้ตรวจราชการยืนยันว่าไม่พบข้อค้นพบในรอบ${numberIn(before)}`,
      en: `An inspector stated that nothing was found in round${numberIn(before)}.`,
    }),
    why: ({ statement }) => ({ text: statement }),
  },
  NoFindingsVoided: {
    act: { th: 'คำยืนยันว่าไม่พบข้อค้นพบสิ้นผล', en: 'Statement that nothing was found no longer stands' },
    sentence: () => ({
      th: 'คำยืนยันว่าไม่พบข้อค้นพบสิ้นผล เพราะมีการบันทึกข้อค้นพบในภายหลัง',
      en: 'The statement that nothing was found no longer stands: a finding was recorded after it.',
    }),
  },
  InspectionRoundClosed: {
    act: { th: 'ปิดรอบการตรวจราชการ', en: 'Inspection round closed' },
    sentence: ({ data: { resolved } }, before) => ({
      th: `ปิดรอบการตรวจราชการ${numberIn(before)} ข้อค้นพบที่แก้ไขเสร็จสิ้นแล้ว ${resolved.length} ข้อ`,
      en: `Inspection round${numberIn(before)} was closed; findings resolved by then: ${resolved.length}.`,
    }),
    why: ({ summary }) => (summary === undefined ? undefined : { text: summary }),
  },
  FindingsCarried: {
    act: { th: 'ติดตามข้อค้นพบต่อหลังปิดรอบ', en: 'Findings carried beyond the closing' },
    sentence: ({ data: { findingIds, recommendationIds } }) => ({
      th: `ติดตามต่อหลังปิดรอบ: ข้อค้นพบ ${findingIds.length} ข้อ ข้อเสนอแนะ ${recommendationIds.length} ข้อ`,
      en: `Carried beyond the closing: ${findingIds.length} findings, ${recommendationIds.length} recommendations.`,
    }),
  },
  InspectionRoundReopened: {
    act: { th: 'เปิดรอบการตรวจราชการอีกครั้ง', en: 'Inspection round opened again' },
    sentence: (_event, before) => ({
      th: `เปิดรอบการตรวจราชการ${numberIn(before)} อีกครั้ง`,
      en: `Inspection round${numberIn(before)} was opened again.`,
    }),
    why: ({ reason }) => ({ text: reason }),
  },
};
