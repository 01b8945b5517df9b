import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Rejection } from '@khamrap/kernel';
import { Public } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import {
  IsWholeNumberText,
  prefersMediaType,
  Stopping,
  UuidParameter,
  WAIT_SECONDS_MAX,
  type ProvenGrade,
} from '@khamrap/platform/http';
import { base64Of, utf8 } from '@khamrap/platform/transparency/proof';
import { EventReceiptAnswer } from './receipt.answer';
import { Receipts } from './receipts';

const GRADES: readonly ProvenGrade[] = ['included', 'witnessed'];
const WAIT_SECONDS = 5;

class ReceiptQuery {
  @ApiPropertyOptional({ enum: GRADES, description: 'Wait, bounded, until the receipt has come so far' })
  @IsOptional()
  @IsIn(GRADES)
  readonly min?: ProvenGrade;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: WAIT_SECONDS_MAX,
    default: WAIT_SECONDS,
    description: 'Seconds to wait for `min`; then the answer is what there is',
  })
  @IsWholeNumberText(0, WAIT_SECONDS_MAX)
  readonly wait: number = WAIT_SECONDS;
}

@ApiTags('audit')
@Controller('v1/audit/receipts')
export class ReceiptsController {
  constructor(
    private readonly receipts: Receipts,
    private readonly stopping: Stopping,
  ) {}

  @Get(':eventId')
  @ApiOperation({
    summary:
      'The receipt of an event, with the proof that the log has it: as JSON, or as a `.tlog-proof` file (text/plain)',
  })
  @Public()
  @ApiProduces('application/json', 'text/plain')
  @ApiOkResponse({
    type: EventReceiptAnswer,
    description:
      'The file has no place for the entry that it proves: JSON has it as `leaf`, and `/log/tile/entries` too',
  })
  async read(
    @UuidParameter('eventId') eventId: string,
    @Query() { min, wait }: ReceiptQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventReceiptAnswer | string> {
    const signal = this.stopping.whileAnswering(reply.raw);
    const receipt = await this.receipts.of(eventId, { grade: min, timeoutMs: wait * 1_000, signal });
    if (!receipt) throw new CommandRejected(new Rejection('receipt.unknown'));
    reply.header('vary', 'accept');
    if (!prefersMediaType(request.headers.accept, 'text/plain', 'application/json')) return receipt;
    if (receipt.proof === null) throw new CommandRejected(new Rejection('receipt.notIncluded'));
    reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="${receipt.position}.tlog-proof"`);
    return receiptFile(receipt.proof, receipt.leaf ?? '');
  }
}

/** A proof with the entry that it is of, in the line that the format leaves to whoever hands it on: one file is enough. */
function receiptFile(proof: string, entry: string): string {
  const end = proof.indexOf('\n');
  return `${proof.slice(0, end)}\nextra ${base64Of(utf8(entry))}${proof.slice(end)}`;
}
