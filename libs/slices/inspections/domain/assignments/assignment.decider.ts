import type { Decider, IsoDate, Rejection } from '@khamrap/kernel';
import type { AssignInspector, AssignmentCommand, EndAssignment } from './assignment.commands';
import type { AssignmentEvent, InspectorAssigned, InspectorAssignmentEnded } from './assignment.events';
import { refuse } from './assignment.refusals';

/** Somebody is or was assigned. */
export interface KnownAssignment {
  readonly status: 'assigned';
  readonly inspector: string;
  readonly officeId: string;
  readonly provinces: readonly string[];
  /** The last day as it stands now; absent while there is no end. */
  readonly lastDay?: IsoDate;
  /** It was ended at once, so that nothing is left of the last day. */
  readonly isOver: boolean;
}

/** What the rules need to know of an assignment. */
export type AssignmentState = { readonly status: 'notAssigned' } | KnownAssignment;

/** The rules of a stream `inspection-assignment-{id}`. */
export const assignmentDecider: Decider<AssignmentState, AssignmentCommand, AssignmentEvent> = {
  initialState: { status: 'notAssigned' },
  decide: (command, state) => {
    switch (command.type) {
      case 'AssignInspector':
        return assignInspector(command, state);
      case 'EndAssignment':
        return endAssignment(command, state);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'InspectorAssigned': {
        const { inspector, officeId, provinces, to } = event.data;
        const end = to !== undefined && { lastDay: to };
        return { status: 'assigned', inspector, officeId, provinces, isOver: false, ...end };
      }
      case 'InspectorAssignmentEnded': {
        if (state.status === 'notAssigned') return state;
        const { on, endedOn } = event.data;
        return { ...state, lastDay: on, isOver: on <= endedOn };
      }
    }
  },
};

/** Four eyes: nobody assigns themselves. What somebody was allowed on a past day is not changed afterwards. */
function assignInspector(command: AssignInspector, state: AssignmentState): readonly InspectorAssigned[] | Rejection {
  const { data, zone, actor, decidedOn } = command;
  if (state.status === 'assigned') return refuse('assignment.alreadyAssigned');
  const { zoneId: _zoneId, provinces, from = decidedOn, to, ...stated } = data;
  if (stated.inspector === actor) return refuse('assignment.toOneself', {}, '/inspector');
  if (!command.isOfficeKnown) return refuse('assignment.officeUnknown', {}, '/officeId');
  if (from < decidedOn) return refuse('assignment.fromInThePast', { decidedOn }, '/from');
  if (to !== undefined && to < from) return refuse('assignment.spanReversed', {}, '/to');
  if (!zone) return refuse('assignment.zoneUnknown', { from }, '/zoneId');
  const assigned = provinces ?? zone.provinces;
  const refusal = refusalOfProvinces(assigned, zone.provinces);
  if (refusal) return refusal;
  const period = { from, ...(to !== undefined && { to }) };
  return [{ type: 'InspectorAssigned', data: { ...stated, zone, provinces: assigned, ...period, assignedBy: actor } }];
}

function refusalOfProvinces(assigned: readonly string[], held: readonly string[]): Rejection | undefined {
  if (assigned.length === 0) return refuse('assignment.provinceMissing', {}, '/provinces');
  const repeated = assigned.findIndex((each, index) => assigned.indexOf(each) < index);
  if (repeated >= 0) return refuse('assignment.provinceRepeated', {}, `/provinces/${repeated}`);
  const outside = assigned.findIndex((each) => !held.includes(each));
  return outside < 0
    ? undefined
    : refuse('assignment.provinceOutsideZone', { provinces: [...held] }, `/provinces/${outside}`);
}

/** Whoever may end assignments may end their own too. */
function endAssignment(
  { data, actor, decidedOn }: EndAssignment,
  state: AssignmentState,
): readonly InspectorAssignmentEnded[] | Rejection {
  if (state.status === 'notAssigned') return refuse('assignment.unknown');
  const { on = decidedOn, ...stated } = data;
  const { lastDay, isOver } = state;
  if (isOver || (lastDay !== undefined && lastDay < decidedOn)) return refuse('assignment.alreadyEnded');
  if (on < decidedOn) return refuse('assignment.endInThePast', { decidedOn }, '/on');
  if (lastDay !== undefined && on > lastDay) return refuse('assignment.endAfterLastDay', { lastDay }, '/on');
  if (on === lastDay && on > decidedOn) return [];
  return [{ type: 'InspectorAssignmentEnded', data: { ...stated, on, endedOn: decidedOn, endedBy: actor } }];
}
