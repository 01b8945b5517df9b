import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional } from 'class-validator';
import { bangkokDateOf, streamName, type IsoDate } from '@khamrap/kernel';
import type { Place } from '@khamrap/platform/access';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  IsDateText,
  IsIdentifier,
  IsPlainText,
  IsSource,
  IsUuidText,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { officeDecider } from '../domain/office.decider';
import { DELEGATION_KINDS, type DelegationKind } from '../domain/office.events';
import { DayBody, dayOf, IsDay } from './day-body';
import { refusalOfAccess, refusalOfReach } from './office-access';
import { ScopeFacts } from './scope-facts';
import type { OfficeTarget } from './targets';

const SCOPE_COUNT_MAX = 100;

export class GrantDelegationBody {
  @ApiProperty({ required: false, description: 'The office of the one who acts, where it is another' })
  @IsOptional()
  @IsIdentifier()
  readonly toOfficeId?: string;

  @ApiProperty({ example: 'นิติยา พงษ์พานิช', description: 'Part of the public record' })
  @IsPlainText({ bytesMax: 500 })
  readonly personName: string;

  @ApiProperty({ example: 'รองผู้ว่าราชการจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 500 })
  readonly positionTitle: string;

  @ApiProperty({
    enum: DELEGATION_KINDS,
    description: 'ปฏิบัติราชการแทน (by a written order), รักษาราชการแทน, รักษาการในตำแหน่ง',
  })
  @IsIn(DELEGATION_KINDS)
  readonly kind: DelegationKind;

  @ApiProperty({ type: [String], example: ['agreement.sign'], description: 'Empty where the document does not say it' })
  @IsArray()
  @ArrayMaxSize(SCOPE_COUNT_MAX)
  @ArrayUnique()
  @IsIdentifier({ each: true })
  readonly scope: string[];

  @ApiProperty({ required: false, example: 'คำสั่งจังหวัดแพร่ ที่ 1/2565' })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly orderReference?: string;

  @IsDay('The first day')
  readonly from: DayBody;

  @ApiProperty({ type: 'string', required: false, example: '2023-09-30', description: 'The last day, if there is one' })
  @IsOptional()
  @IsDateText()
  readonly to?: IsoDate;

  @ApiProperty({
    required: false,
    format: 'uuid',
    description: 'Pseudonym of the one who acts, who then may do in this ledger what `scope` names',
  })
  @IsOptional()
  @IsUuidText()
  readonly delegate?: string;

  @ApiProperty({ required: false, description: 'Whether that holds at the offices below this one too' })
  @IsOptional()
  @IsBoolean()
  readonly coversBelow?: boolean;

  @IsSource()
  readonly source?: SourceBody;
}

export class GrantDelegation extends RequestedCommand<GrantDelegationBody, OfficeTarget> {}

@CommandHandler(GrantDelegation)
export class GrantDelegationHandler implements ICommandHandler<GrantDelegation> {
  constructor(
    private readonly ledger: Ledger,
    private readonly scopes: ScopeFacts,
  ) {}

  async execute({ target: { officeId }, body, requester, context }: GrantDelegation): Promise<CommandOutcome> {
    const { source, from, ...delegation } = body;
    const provenance = provenanceOf(source, requester);
    const delegationId = derivedId('delegation', context.commandId);
    const covered = await this.#placesOf(officeId, body, bangkokDateOf(Date.parse(context.decidedAt)));
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: {
        type: 'GrantDelegation',
        data: { delegationId, ...delegation, from: dayOf(from) },
        provenance,
        actor: requester.actor.id,
      },
      context: withProvenance(context, provenance),
      authorise: (state) =>
        refusalOfAccess(requester, 'office.register', officeId, state) ??
        (covered && state.status !== 'notRegistered' ? refusalOfReach(requester, covered, '/delegate') : undefined),
    });
    return { id: delegationId, ...accepted };
  }

  /** To say who acts lets them in, so it asks for what granting a role asks for; undefined where nobody is let in. */
  async #placesOf(
    officeId: string,
    { delegate, coversBelow = false }: GrantDelegationBody,
    day: IsoDate,
  ): Promise<readonly Place[] | undefined> {
    if (delegate === undefined) return undefined;
    const { places = [] } = await this.scopes.of({ kind: 'office', value: officeId }, officeId, day);
    return coversBelow ? places : places.slice(0, 1);
  }
}
