// What the documents say, read from them by hand: the joint goals of Phrae in 2565, the inspection round of 2562 and who presided.

export const GOALS = [
  'จังหวัดคุณธรรม และการเทิดทูนสถาบันหลักของชาติ',
  'การบริหารภาครัฐทันสมัย สะดวก',
  'สิ่งแวดล้อมดี ป่าสมบูรณ์',
  'จังหวัดสะอาด',
  'เมืองสุขภาวะทุกช่วงวัย',
  'เมืองเก่าแพร่และส่งเสริมท่องเที่ยว',
  'เมืองสงบ มั่นคง ปลอดภัย ผลเมืองดี',
  'เศรษฐกิจสร้างสรรค์',
  'การศึกษาและพัฒนากำลังแรงงาน มีคุณภาพ',
  'การแก้ปัญหาปากท้อง ลดยากจน ดำรงชีพพอเพียง',
  'การพัฒนาน้ำอุปโภค บริโภค และการเกษตร ทั้งระบบ',
  'การบริหารจัดการแก้ไขสาธารณภัยและโรคอุบัติใหม่',
];

export const INSPECTION_ROUND_2562 = {
  status: 'open',
  findingsStated: 'notStated',
  findings: [],
  round: {
    number: { printed: '2/2562', ordinal: 2, year: 2562 },
    fiscalYear: 2562,
    days: { from: '2019-08-22', to: '2019-08-23' },
    provincesStatedBy: 'document',
    provinces: ['TH-90', 'TH-86', 'TH-84', 'TH-93', 'TH-80'].map((province) => ({ province, isInspected: true })),
    inspectors: [{ name: 'วิฑูรย์ นวลนุกูล', positionTitle: 'ผู้ตรวจราชการกรมการพัฒนาชุมชน', level: 'department' }],
    inspectedUnits: [{ kind: 'สำนักงานพัฒนาชุมชนจังหวัด' }],
  },
  history: [
    { type: 'InspectionRoundOpened' },
    {
      type: 'InspectionVisitRecorded',
      data: {
        participants: [{}, {}, {}, {}],
        participantTotal: 107,
        presidedBy: { name: 'ทวีป บุตรโพธิ์', capacity: 'delegated', onBehalfOf: { name: 'นิสิต จันทร์สมวงศ์' } },
        reportedBy: { name: 'วิฑูรย์ นวลนุกูล' },
      },
    },
  ],
};

export const DIRECTOR_GENERAL_2562 = {
  holders: [{ personName: 'นิสิต จันทร์สมวงศ์', from: 'notStated' }],
  delegations: [
    {
      personName: 'ทวีป บุตรโพธิ์',
      kind: 'delegated',
      scope: ['event.preside'],
      from: '2019-08-22',
      to: '2019-08-22',
      standing: 'inForce',
    },
  ],
};
