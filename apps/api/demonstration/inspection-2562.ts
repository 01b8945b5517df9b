import { OpenInspectionRound, RecordVisit } from '@khamrap/inspections';
import { isoDate } from '@khamrap/kernel';
import { creationStep, step, type Step } from './demonstration-step';
import { from, INSPECTION_2562 } from './documents';
import { COMMUNITY_DEVELOPMENT } from './offices';

// The follow-up 2/2562 of the Community Development Department in inspection zone 5. Its number is no quarter: the days lie in
// the fourth one of fiscal year 2562. The document tells of no finding, and not that there was none, so the round stays open.

const ROUND = 'inspection-2562-2';
const { knownOn } = INSPECTION_2562;
const INSPECTOR = { name: 'วิฑูรย์ นวลนุกูล', positionTitle: 'ผู้ตรวจราชการกรมการพัฒนาชุมชน' };
const DAYS = { from: isoDate('2019-08-22'), to: isoDate('2019-08-23') };
const PLACES = [{ name: 'โรงแรมหาดใหญ่พาราไดส & รีสอร์ท อำเภอหาดใหญ่', province: 'TH-90' }];

export const inspection2562Steps: readonly Step[] = [
  creationStep(OpenInspectionRound)({ key: ROUND, knownOn }, () => ({
    number: '2/2562',
    level: 'department',
    inspectingBody: { officeId: COMMUNITY_DEVELOPMENT.officeId, name: COMMUNITY_DEVELOPMENT.officeName },
    fiscalYear: 2562,
    theme: 'การติดตามผลการดำเนินงานของหน่วยรับตรวจรายไตรมาส',
    aims: [
      'ติดตามผลการขับเคลื่อนยุทธศาสตร์ของกรม',
      'มอบนโยบายและแนวทางการขับเคลื่อนยุทธศาสตร์ ปี 2562',
      'เพิ่มพูนความรู้ของบุคลากรสำนักงานพัฒนาชุมชนจังหวัด',
    ],
    // The zone of this number that ships holds the same five; here they stand as the document names them, in its order.
    zoneId: 'primeMinisterOffice-5',
    zoneAsPrinted: 'เขตตรวจราชการที่ 5 กลุ่มจังหวัดภาคใต้ฝั่งอ่าวไทย',
    zoneProvinces: ['TH-90', 'TH-86', 'TH-84', 'TH-93', 'TH-80'],
    days: DAYS,
    places: PLACES,
    inspectedUnits: [{ kind: 'สำนักงานพัฒนาชุมชนจังหวัด' }],
    inspectors: [{ ...INSPECTOR, level: 'department' }],
    source: from(INSPECTION_2562, 3, 4),
  })),
  // How many there were of each role is not stated.
  step(RecordVisit)({ key: `${ROUND}/meeting`, knownOn }, (idOf) => ({
    target: { roundId: idOf(ROUND) },
    body: {
      days: DAYS,
      places: PLACES,
      participants: [
        { role: 'พัฒนาการจังหวัด' },
        { role: 'หัวหน้ากลุ่ม/ฝ่าย' },
        { role: 'พัฒนาการอำเภอ' },
        { role: 'นักวิชาการพัฒนาชุมชนจังหวัด' },
      ],
      participantTotal: 107,
      presidedBy: {
        name: 'ทวีป บุตรโพธิ์',
        positionTitle: 'รองอธิบดีกรมการพัฒนาชุมชน',
        capacity: 'delegated',
        onBehalfOf: { name: 'นิสิต จันทร์สมวงศ์', positionTitle: 'อธิบดีกรมการพัฒนาชุมชน' },
      },
      reportedBy: INSPECTOR,
      source: from(INSPECTION_2562, 3, 4),
    },
  })),
];
