import type { Fact, Names, Narration, StatedReason } from '@khamrap/audit/events';
import { toldAlike, toldDay, toldFrom, toldList, toldProvince, type BothLanguages } from '@khamrap/kernel';
import type {
  AssignmentEvent,
  InspectorAssigned,
  InspectorAssignmentEnded,
} from './domain/assignments/assignment.events';

/** What is told of an assignment. */
interface ToldAssignment {
  readonly assigned?: InspectorAssigned['data'];
  readonly ended?: InspectorAssignmentEnded['data'];
}

/** How streams `inspection-assignment-{id}` are told. */
export const assignmentNarration: Narration<ToldAssignment, AssignmentEvent> = {
  begin: {},
  evolve: (state, event) => {
    switch (event.type) {
      case 'InspectorAssigned':
        return { assigned: event.data };
      case 'InspectorAssignmentEnded':
        return { ...state, ended: event.data };
    }
  },
  facts: ({ assigned, ended }, names) => [
    ...(assigned ? factsOf(assigned, names) : []),
    ...(ended ? [lastDayOf(ended.on)] : []),
  ],
  tells: {
    InspectorAssigned: {
      act: { th: 'มอบหมายผู้ตรวจราชการ', en: 'Inspector assigned' },
      sentence: ({ data: { officeId, zone, provinces, from, to } }, _before, names) => {
        const [office, where, begun] = [names.office(officeId), toldList(provinces.map(toldProvince)), toldFrom(from)];
        const over = to === undefined ? undefined : toldDay(to);
        return {
          th: `มอบหมายผู้ตรวจราชการของ${office.th} ให้ตรวจ${where.th} ในเขตตรวจราชการ ${zone.zoneId} ${begun.th}${over ? ` ถึง ${over.th}` : ''}`,
          en: `An inspector of ${office.en} was assigned to ${where.en} in inspection zone ${zone.zoneId}, ${begun.en}${over ? ` to ${over.en}` : ''}.`,
        };
      },
      effectiveFrom: ({ from }) => from,
      why: reasonOfAssigning,
    },
    InspectorAssignmentEnded: {
      act: { th: 'สิ้นสุดการมอบหมายผู้ตรวจราชการ', en: 'Assignment of an inspector ended' },
      sentence: ({ data: { on } }) => {
        const day = toldDay(on);
        return { th: `การมอบหมายสิ้นสุดเมื่อวันที่ ${day.th}`, en: `The assignment ended on ${day.en}.` };
      },
      effectiveFrom: ({ on }) => on,
      why: ({ reason }) => ({ text: reason }),
    },
  },
};

function reasonOfAssigning({ reason, basisDocument }: InspectorAssigned['data']): StatedReason {
  return { text: reason, ...(basisDocument && { document: basisDocument }) };
}

function factsOf(data: InspectorAssigned['data'], names: Names): readonly Fact[] {
  const { inspector, officeId, zone, provinces, from, to } = data;
  const fact = (name: string, label: BothLanguages, value: Fact['value'], shown: BothLanguages): Fact => ({
    key: [name],
    label,
    value,
    shown,
  });
  return [
    fact('inspector', { th: 'ผู้ตรวจราชการ', en: 'Inspector' }, inspector, toldAlike(inspector)),
    fact('office', { th: 'หน่วยงานที่สังกัด', en: 'Inspects for' }, officeId, names.office(officeId)),
    fact('zone', { th: 'เขตตรวจราชการ', en: 'Inspection zone' }, zone.zoneId, toldAlike(zone.zoneId)),
    fact('provinces', { th: 'จังหวัด', en: 'Provinces' }, provinces, toldList(provinces.map(toldProvince))),
    fact('from', { th: 'วันเริ่มต้น', en: 'First day' }, from, toldDay(from)),
    ...(to === undefined ? [] : [fact('to', { th: 'วันสุดท้ายที่กำหนดไว้', en: 'Last day as assigned' }, to, toldDay(to))]),
  ];
}

function lastDayOf(on: InspectorAssignmentEnded['data']['on']): Fact {
  return { key: ['endedOn'], label: { th: 'วันสุดท้าย', en: 'Last day' }, value: on, shown: toldDay(on) };
}
