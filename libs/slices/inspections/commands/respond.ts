import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { derivedId } from '@khamrap/platform/event-store';
import {
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  type CommandOutcome,
  type SourceBody,
} from '@khamrap/platform/http';
import { Conducting, plain } from './conducting';
import { FindingSources } from './finding-sources';
import { refusalOfAnswering } from './inspection-access';
import { InspectedOffices } from './inspected-offices';
import { InspectionEvidenceBody, TEXT_BYTES_MAX } from './round-body';
import type { FindingTarget, RecommendationTarget } from './targets';

export class RespondBody {
  @ApiProperty({ example: 'phrae-cdd', description: 'The office that answers' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'จัดทำบันทึกเหตุผลและแนบมติคณะกรมการจังหวัดแล้ว' })
  @IsPlainText({ bytesMax: TEXT_BYTES_MAX, lines: true })
  readonly text: string;

  @ApiProperty({ required: false, type: [InspectionEvidenceBody], description: 'Files that were handed in before' })
  @IsOptional()
  @IsListOfBodies(() => InspectionEvidenceBody, { countMax: 50 })
  readonly evidence?: InspectionEvidenceBody[];

  @IsSource()
  readonly source?: SourceBody;
}

export class Respond extends RequestedCommand<RespondBody, FindingTarget | RecommendationTarget> {}

@CommandHandler(Respond)
export class RespondHandler implements ICommandHandler<Respond> {
  constructor(
    private readonly conducting: Conducting,
    private readonly sources: FindingSources,
    private readonly offices: InspectedOffices,
  ) {}

  async execute(asked: Respond): Promise<CommandOutcome> {
    const { roundId: _roundId, ...target } = asked.target;
    const { source, officeId, text, evidence = [] } = asked.body;
    const responseId = derivedId('response', asked.context.commandId);
    const data = plain({ responseId, ...target, officeId, text, evidence });
    const answer = { ...target, officeId, office: await this.offices.of(officeId) };
    const refusal = await this.sources.refusalOfEvidence(evidence, provenanceOf(source, asked.requester));
    return this.conducting.execute(asked, {
      id: responseId,
      command: (told) => ({ type: 'Respond', data, ...told }),
      refusalOf: (requester, state, provenance) => refusalOfAnswering(requester, answer, state, provenance),
      refusal,
    });
  }
}
