import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Rejection, streamName } from '@khamrap/kernel';
import { CommandRejected, Ledger } from '@khamrap/platform/event-store';
import { EvidenceStore } from '@khamrap/platform/files';
import { IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { evidenceDecider } from '../domain/evidence.decider';
import { contextForTheNation } from './whole-nation';

export class EraseEvidenceBody {
  @ApiProperty({
    description: 'For the public record: why, and nothing of what the file said',
    example: 'มีข้อมูลส่วนบุคคลของผู้ที่ไม่เกี่ยวข้อง',
  })
  @IsPlainText({ bytesMax: 2_000 })
  readonly reason: string;
}

export class EraseEvidence extends RequestedCommand<EraseEvidenceBody, { readonly sha256: string }> {}

/**
 * The decision is recorded first: bytes may outlive it by a crash, and are erased when the command is sent again; no bytes
 * are ever gone without a decision that says why.
 */
@CommandHandler(EraseEvidence)
export class EraseEvidenceHandler implements ICommandHandler<EraseEvidence> {
  constructor(
    private readonly ledger: Ledger,
    private readonly files: EvidenceStore,
  ) {}

  async execute({ target: { sha256 }, body, requester, context }: EraseEvidence): Promise<CommandOutcome> {
    const acting = contextForTheNation(context, requester, 'evidence.erase');
    if (!(await this.files.info(sha256))) throw new CommandRejected(new Rejection('evidence.unknown'));
    const accepted = await this.ledger.execute({
      decider: evidenceDecider,
      stream: streamName('evidence', sha256),
      command: { type: 'EraseEvidence', sha256, reason: body.reason },
      context: acting,
    });
    await this.files.erase(sha256);
    return { id: sha256, ...accepted };
  }
}
