import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { bangkokDateOf, type IsoDate } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDateText,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsUuidText,
  RequestedCommand,
  SHA256_HEX,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { Vault } from '@khamrap/platform/vault';
import { personalDataRequestDecider } from '../domain/personal-data-request.decider';
import { REQUEST_KINDS, type RequestKind } from '../domain/personal-data-request.events';
import { refuse } from '../domain/personal-data-request.refusals';
import { openRequestCount } from '../views/requests/requests.query';
import { isPrivacyOfficer } from './privacy-officer';
import { streamOfRequest } from './request-target';

/** How many requests of one's own may wait for their decision: each of them has a term that somebody has to keep. */
const OPEN_COUNT_MAX = 10;
const VALUE_COUNT_MAX = 200;
const FILE_COUNT_MAX = 50;
const PATH_BYTES_MAX = 300;
const EXPLANATION_BYTES_MAX = 4_000;

class ErasedValueBody {
  @ApiProperty({ example: 'agreement-0b7f6a4e-2f0c-5d35-9c53-51b6b1a7c003' })
  @IsIdentifier()
  readonly stream: string;

  @ApiProperty({ format: 'uuid', description: 'The event in that stream' })
  @IsUuidText()
  readonly eventId: string;

  @ApiPropertyOptional({
    example: '/note',
    description: 'JSON Pointer into the data of the event; every private value of it otherwise',
  })
  @IsOptional()
  @IsPlainText({ bytesMax: PATH_BYTES_MAX })
  readonly path?: string;
}

class ErasureScopeBody {
  @ApiPropertyOptional({ description: 'Who the pseudonym in the ledger stands for' })
  @IsOptional()
  @IsBoolean()
  readonly identity?: boolean;

  @ApiPropertyOptional({ type: [ErasedValueBody], maxItems: VALUE_COUNT_MAX })
  @IsOptional()
  @IsListOfBodies(() => ErasedValueBody, { countMax: VALUE_COUNT_MAX })
  readonly values?: ErasedValueBody[];

  @ApiPropertyOptional({ type: [String], maxItems: FILE_COUNT_MAX, description: 'SHA-256 of files of evidence' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(FILE_COUNT_MAX)
  @Matches(SHA256_HEX, { each: true })
  readonly evidence?: string[];
}

export class FilePersonalDataRequestBody {
  @ApiProperty({ enum: REQUEST_KINDS })
  @IsIn(REQUEST_KINDS)
  readonly kind: RequestKind;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'For the privacy officer: the pseudonym of the person who asked on paper; you without it',
  })
  @IsOptional()
  @IsUuidText()
  readonly person?: string;

  @ApiPropertyOptional({
    type: 'string',
    example: '2026-11-02',
    description: 'On paper: the day on which it came in; today without it',
  })
  @IsOptional()
  @IsDateText()
  readonly receivedOn?: IsoDate;

  @ApiPropertyOptional({ type: ErasureScopeBody, description: 'What is to be erased; for requests to erase only' })
  @IsOptional()
  @IsBody(() => ErasureScopeBody)
  readonly scope?: ErasureScopeBody;

  @ApiPropertyOptional({ description: 'In your own words; kept erasably, and read by the privacy officer' })
  @IsOptional()
  @IsPlainText({ bytesMax: EXPLANATION_BYTES_MAX, lines: true })
  readonly explanation?: string;
}

export class FilePersonalDataRequest extends RequestedCommand<FilePersonalDataRequestBody> {}

@CommandHandler(FilePersonalDataRequest)
export class FilePersonalDataRequestHandler implements ICommandHandler<FilePersonalDataRequest> {
  constructor(
    private readonly ledger: Ledger,
    private readonly vault: Vault,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ body, requester, context }: FilePersonalDataRequest): Promise<CommandOutcome> {
    const { kind, scope = {}, explanation } = body;
    const today = bangkokDateOf(Date.parse(context.decidedAt));
    const requestId = derivedId('personal-data-request', context.commandId);
    const subject = await this.#subjectOf(body, requester);
    await this.#refuseFlood(requestId, subject, requester);
    const accepted = await this.ledger.execute({
      decider: personalDataRequestDecider,
      stream: streamOfRequest(requestId),
      command: {
        type: 'FilePersonalDataRequest',
        data: {
          kind,
          subject,
          filedBy: requester.actor.id,
          receivedOn: body.receivedOn ?? today,
          scope: {
            identity: scope.identity ?? false,
            values: (scope.values ?? []).map(({ stream, eventId, path }) => ({
              stream,
              eventId,
              ...(path !== undefined && { path }),
            })),
            evidence: scope.evidence ?? [],
          },
          ...(explanation !== undefined && { explanation }),
        },
        today,
      },
      context,
    });
    return { id: requestId, ...accepted };
  }

  /** What was filed before is answered again; only new requests are counted. */
  async #refuseFlood(requestId: string, subject: string, requester: Requester): Promise<void> {
    if (subject !== requester.actor.id || (await openRequestCount(this.readModels, subject)) < OPEN_COUNT_MAX) return;
    const { state } = await this.ledger.stateOf(personalDataRequestDecider, streamOfRequest(requestId));
    if (state.status === 'notFiled')
      throw new CommandRejected(refuse('personalDataRequest.tooManyOpen', { countMax: OPEN_COUNT_MAX }));
  }

  async #subjectOf({ person, receivedOn }: FilePersonalDataRequestBody, requester: Requester): Promise<string> {
    if (person === undefined && receivedOn === undefined) return requester.actor.id;
    if (!isPrivacyOfficer(requester)) throw new CommandRejected(refuse('personalDataRequest.notForOthers'));
    const subject = person ?? requester.actor.id;
    if (!(await this.vault.identityOf(subject)))
      throw new CommandRejected(refuse('personalDataRequest.personUnknown', {}, '/person'));
    return subject;
  }
}
