import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { EVENT_STORE, Ledger, type EventStore } from '@khamrap/platform/event-store';
import { EvidenceStore } from '@khamrap/platform/files';
import { IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { personalDataRequestDecider } from '../domain/personal-data-request.decider';
import type { FulfilPersonalDataRequest as Fulfil } from '../domain/personal-data-request.commands';
import type { RequestScope } from '../domain/personal-data-request.events';
import { commitmentsOf } from '../erasures/commitments';
import { Erasures } from '../erasures/erasures';
import { requirePrivacyOfficer } from './privacy-officer';
import { streamOfRequest, type PersonalDataRequestTarget } from './request-target';

const TEXT_BYTES_MAX = 4_000;
const NOTHING: Fulfil['found'] = { commitments: [], evidence: [] };

export class FulfilPersonalDataRequestBody {
  @ApiPropertyOptional({ description: 'To the person: what was done; kept erasably' })
  @IsOptional()
  @IsPlainText({ bytesMax: TEXT_BYTES_MAX, lines: true })
  readonly explanation?: string;
}

export class FulfilPersonalDataRequest extends RequestedCommand<
  FulfilPersonalDataRequestBody,
  PersonalDataRequestTarget
> {}

/**
 * The decision is recorded first, then carried out: data may outlive it by a crash, and are erased when the log is followed
 * again; nothing is ever gone without a decision that names it.
 */
@CommandHandler(FulfilPersonalDataRequest)
export class FulfilPersonalDataRequestHandler implements ICommandHandler<FulfilPersonalDataRequest> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly files: EvidenceStore,
    private readonly erasures: Erasures,
  ) {}

  async execute({
    target: { requestId },
    body,
    requester,
    context,
  }: FulfilPersonalDataRequest): Promise<CommandOutcome> {
    requirePrivacyOfficer(requester);
    const { explanation } = body;
    const stream = streamOfRequest(requestId);
    const { state } = await this.ledger.stateOf(personalDataRequestDecider, stream);
    const accepted = await this.ledger.execute({
      decider: personalDataRequestDecider,
      stream,
      command: {
        type: 'FulfilPersonalDataRequest',
        data: explanation === undefined ? {} : { explanation },
        by: requester.actor.id,
        found: state.status === 'notFiled' ? NOTHING : await this.#find(state.scope),
      },
      context,
    });
    for (const eventId of accepted.eventIds) await this.erasures.carryOutDecision(eventId);
    return { id: requestId, ...accepted };
  }

  /** What a scope stands for: told by the log, which does not change, so a repeated command finds the same. */
  async #find({ values, evidence }: RequestScope): Promise<Fulfil['found']> {
    const commitments = new Set<string>();
    for (const { stream, eventId, path } of values) {
      const event = await this.store.readEvent(eventId);
      if (event?.stream !== stream) continue;
      for (const commitment of commitmentsOf(event))
        if (path === undefined || commitment.path === path) commitments.add(commitment.digest);
    }
    const known = await Promise.all(evidence.map(async (sha256) => ((await this.files.info(sha256)) ? [sha256] : [])));
    return { commitments: [...commitments], evidence: [...new Set(known.flat())] };
  }
}
