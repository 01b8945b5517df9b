import { Injectable } from '@nestjs/common';
import { bangkokDateOf, streamName, type IsoDate, type Provenance, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger, type Basis, type CommandContext } from '@khamrap/platform/event-store';
import {
  contextUnder,
  provenanceOf,
  withProvenance,
  type CommandOutcome,
  type SourceBody,
} from '@khamrap/platform/http';
import type { InspectionCommand } from '../domain/inspection.commands';
import { inspectionDecider } from '../domain/inspection.decider';
import type { InspectionState } from '../domain/inspection.state';
import { refusalOnRound } from './inspection-access';

/** What comes with every command on a round. */
export interface AskedOfRound {
  readonly target: { readonly roundId: string };
  readonly body: { readonly source?: SourceBody };
  readonly requester: Requester;
  readonly context: CommandContext;
}

/** Who decides, when, and from which source. */
export interface ToldToRound {
  readonly actor: string;
  readonly decidedOn: IsoDate;
  readonly provenance: Provenance;
}

export interface OnRound {
  /** What the answer names. */
  readonly id: string;
  readonly command: (told: ToldToRound) => InspectionCommand;
  /** Whether somebody may do it to the round as it is; by default whoever may conduct it. */
  readonly refusalOf?: (requester: Requester, state: InspectionState, provenance: Provenance) => Rejection | undefined;
  /** A refusal by what was looked up beforehand. */
  readonly refusal?: Rejection | undefined;
  readonly basis?: readonly Basis[];
}

/** Sends commands to rounds: who may, what they rest on, what is answered. */
@Injectable()
export class Conducting {
  constructor(private readonly ledger: Ledger) {}

  /** @throws NotPermitted where a source is named by somebody who does not transcribe */
  async execute(
    { target: { roundId }, body, requester, context }: AskedOfRound,
    { id, command, refusalOf = refusalOnRound, refusal, basis = [] }: OnRound,
  ): Promise<CommandOutcome> {
    const provenance = provenanceOf(body.source, requester);
    const stream = streamName('inspection', roundId);
    const { state } = await this.ledger.stateOf(inspectionDecider, stream);
    const acting = contextUnder(context, requester, (each) => refusalOf(each, state, provenance));
    const accepted = await this.ledger.execute({
      decider: inspectionDecider,
      stream,
      command: command({ actor: requester.actor.id, decidedOn: decidedOn(context), provenance }),
      context: withProvenance(acting, provenance),
      authorise: (current) => refusalOf(requester, current, provenance) ?? refusal,
      basis,
    });
    return { id, ...accepted };
  }

  /** The round as it is: for commands that have to look before they can be formed. */
  async stateOf(roundId: string): Promise<InspectionState> {
    return (await this.ledger.stateOf(inspectionDecider, streamName('inspection', roundId))).state;
  }
}

/** The day in Bangkok on which a command is decided. */
export function decidedOn({ decidedAt }: CommandContext): IsoDate {
  return bangkokDateOf(Date.parse(decidedAt));
}

/** A plain object of a body: what the rules compare has no class, and nothing that is absent by name. */
export function plain<Value>(body: Value): Value {
  return JSON.parse(JSON.stringify(body)) as Value;
}
