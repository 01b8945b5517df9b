import type { IsoDate } from '@khamrap/kernel';
import type { InspectorAssigned, InspectorAssignmentEnded } from './assignment.events';

/** Intentions, in the fields of their events. What a rule needs besides comes along: who asks, on which day, what is known. */
export type AssignmentCommand = AssignInspector | EndAssignment;

/** Assigns somebody to inspect provinces of a zone for a time. */
export interface AssignInspector {
  readonly type: 'AssignInspector';
  readonly data: Omit<InspectorAssigned['data'], 'assignedBy' | 'from' | 'zone' | 'provinces'> & {
    readonly zoneId: string;
    /** Without them all provinces of the zone. */
    readonly provinces?: readonly string[] | undefined;
    /** Without it from today on. */
    readonly from?: IsoDate | undefined;
  };
  /** The zone as it is on the first day, by its own stream or by the reference; undefined where neither knows it then. */
  readonly zone: InspectorAssigned['data']['zone'] | undefined;
  /** Whether there is the office, by its own stream. */
  readonly isOfficeKnown: boolean;
  /** Pseudonym of the one who assigns. */
  readonly actor: string;
  /** The day in Bangkok on which the command is decided. */
  readonly decidedOn: IsoDate;
}

/** Ends an assignment: at once, or with a day that lies ahead. It may be ended again, earlier. */
export interface EndAssignment {
  readonly type: 'EndAssignment';
  readonly data: Omit<InspectorAssignmentEnded['data'], 'endedBy' | 'endedOn' | 'on'> & {
    /** The last day; without it the assignment ends at once. */
    readonly on?: IsoDate | undefined;
  };
  /** Pseudonym of the one who ends it. */
  readonly actor: string;
  /** The day in Bangkok on which the command is decided. */
  readonly decidedOn: IsoDate;
}
