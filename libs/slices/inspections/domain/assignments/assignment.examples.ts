import { isoDate } from '@khamrap/kernel';
import type { AssignInspector, EndAssignment } from './assignment.commands';
import type { AssignmentEvent, InspectorAssigned, InspectorAssignmentEnded } from './assignment.events';

// An assignment for specs: two of the five provinces of a zone. Each example can be changed in the one respect that it is about.

export const TODAY = isoDate('2027-03-31');
export const ASSIGNER = 'pseudonym-1';
const ASSIGNED: InspectorAssigned['data'] = {
  assignmentId: 'assignment-1',
  inspector: 'pseudonym-2',
  level: 'department',
  officeId: 'example-department',
  zone: {
    zoneId: 'primeMinisterOffice-5',
    provinces: ['TH-80', 'TH-84', 'TH-86', 'TH-90', 'TH-93'],
    statedBy: 'reference',
  },
  provinces: ['TH-84', 'TH-86'],
  from: TODAY,
  to: isoDate('2027-09-30'),
  reason: 'คำสั่งกรมตัวอย่าง ที่ 1/2570',
  basisDocument: { reference: 'คำสั่งกรมตัวอย่าง ที่ 1/2570', sha256: 'a'.repeat(64) },
  assignedBy: ASSIGNER,
};
const ENDED: InspectorAssignmentEnded['data'] = {
  assignmentId: 'assignment-1',
  on: TODAY,
  endedOn: TODAY,
  reason: 'คำสั่งกรมตัวอย่าง ที่ 2/2570',
  endedBy: ASSIGNER,
};

export function inspectorAssigned(changes: Partial<InspectorAssigned['data']> = {}): InspectorAssigned {
  return { type: 'InspectorAssigned', data: { ...ASSIGNED, ...changes } };
}
export function assignmentEnded(changes: Partial<InspectorAssignmentEnded['data']> = {}): InspectorAssignmentEnded {
  return { type: 'InspectorAssignmentEnded', data: { ...ENDED, ...changes } };
}

/** Every event, with every field that it can hold. */
export const WHOLE_ASSIGNMENT: readonly AssignmentEvent[] = [inspectorAssigned(), assignmentEnded()];

export function assignInspector(
  changes: Partial<AssignInspector['data']> = {},
  around: Partial<Omit<AssignInspector, 'data'>> = {},
): AssignInspector {
  const { zone, assignedBy: actor, ...data } = ASSIGNED;
  return {
    type: 'AssignInspector',
    data: { ...data, zoneId: zone.zoneId, ...changes },
    zone,
    isOfficeKnown: true,
    actor,
    decidedOn: TODAY,
    ...around,
  };
}
export function endAssignment(changes: Partial<EndAssignment['data']> = {}, decidedOn = TODAY): EndAssignment {
  const { endedBy: actor, endedOn: _decidedOn, on: _on, ...data } = ENDED;
  return { type: 'EndAssignment', data: { ...data, ...changes }, actor, decidedOn };
}
