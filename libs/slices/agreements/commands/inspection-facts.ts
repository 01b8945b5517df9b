import { Injectable } from '@nestjs/common';
import { streamName } from '@khamrap/kernel';
import type { AssignmentEvent, InspectionEvent, InspectionRoundOpened } from '@khamrap/inspections/events';
import { Ledger, type Basis } from '@khamrap/platform/event-store';
import type { InspectionFact } from '../domain/agreement.commands';

/** An inspection round, and the streams that say so: for `basis` of the command request. */
export interface ReadInspection extends InspectionFact {
  readonly basis: readonly Basis[];
}

type Round = Omit<InspectionRoundOpened['data'], 'openedBy'>;

/** Reads inspection rounds from their own streams. */
@Injectable()
export class InspectionFacts {
  constructor(private readonly ledger: Ledger) {}

  /** Undefined where no such round was ever opened. */
  async of(roundId: string): Promise<ReadInspection | undefined> {
    const stream = streamName('inspection', roundId);
    const history = await this.ledger.history(stream);
    let round: Round | undefined;
    let isOpen = false;
    for (const event of history as unknown as readonly InspectionEvent[]) {
      switch (event.type) {
        case 'InspectionRoundOpened':
          round = event.data;
          isOpen = true;
          break;
        case 'InspectionRoundRevised':
          round = event.data;
          break;
        case 'InspectionRoundClosed':
          isOpen = false;
          break;
        case 'InspectionRoundReopened':
          isOpen = true;
          break;
        default:
          break;
      }
    }
    const revision = history.at(-1)?.revision;
    if (!round || revision === undefined) return undefined;
    const assigned = await this.#assignedIn(round);
    return {
      isOpen,
      provinces: round.provinces.flatMap(({ province, isInspected }) => (isInspected ? province : [])),
      officeIds: round.inspectedUnits.flatMap(({ officeId }) => officeId ?? []),
      inspectors: [
        ...round.inspectors.flatMap(({ inspectorId }) => inspectorId ?? []),
        ...assigned.map(({ inspector }) => inspector),
      ],
      basis: [{ stream, revision }, ...assigned.map(({ basis }) => basis)],
    };
  }

  /** Whom the assignments are of that a round names in place of a pseudonym. */
  async #assignedIn({ inspectors }: Round): Promise<readonly { readonly inspector: string; readonly basis: Basis }[]> {
    const ids = inspectors.flatMap(({ inspectorId, assignmentId }) => (inspectorId ? [] : (assignmentId ?? [])));
    const read = ids.map(async (id) => {
      const stream = streamName('inspection-assignment', id);
      const [first] = await this.ledger.history(stream);
      const event = first as unknown as AssignmentEvent | undefined;
      return event?.type === 'InspectorAssigned'
        ? [{ inspector: event.data.inspector, basis: { stream, revision: 0 } }]
        : [];
    });
    return (await Promise.all(read)).flat();
  }
}
