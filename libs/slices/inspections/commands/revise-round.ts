import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsPlainText, provenanceOf, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { Conducting, decidedOn } from './conducting';
import { refusalOfConducting, refusalOnRound } from './inspection-access';
import { InspectionRoundBody } from './round-body';
import { RoundTermsReader } from './round-terms';
import type { RoundTarget } from './targets';

export class ReviseInspectionRoundBody extends InspectionRoundBody {
  @ApiProperty({ example: 'เลื่อนวันตรวจตามหนังสือแจ้ง' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;
}

export class ReviseInspectionRound extends RequestedCommand<ReviseInspectionRoundBody, RoundTarget> {}

/** Whoever revises a round reaches what it was and what it is to be. */
@CommandHandler(ReviseInspectionRound)
export class ReviseInspectionRoundHandler implements ICommandHandler<ReviseInspectionRound> {
  constructor(
    private readonly conducting: Conducting,
    private readonly terms: RoundTermsReader,
  ) {}

  async execute(asked: ReviseInspectionRound): Promise<CommandOutcome> {
    const { target, body, requester, context } = asked;
    const { reason, ...said } = body;
    const provenance = provenanceOf(body.source, requester);
    const named = { actor: requester.actor.id, decidedOn: decidedOn(context), provenance };
    const { round, refusal, basis } = await this.terms.of(said, named);
    return this.conducting.execute(asked, {
      id: target.roundId,
      command: (told) => ({ type: 'ReviseRound', data: { ...round, reason }, ...told }),
      refusalOf: (each, state) =>
        refusalOnRound(each, state, provenance) ?? refusalOfConducting(each, round, provenance),
      refusal,
      basis,
    });
  }
}
