import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { Rejection } from '@khamrap/kernel';
import { CommandRejected, Ledger } from '@khamrap/platform/event-store';
import { EvidenceFiles } from '@khamrap/platform/files';
import { IsListOfBodies, IsPlainText, RequestedCommand, SHA256_HEX, type CommandOutcome } from '@khamrap/platform/http';
import { questionDecider, type QuestionState } from '../domain/question.decider';
import { refuse } from '../domain/question.refusals';
import {
  contextAt,
  refusalOfAccess,
  streamOfQuestion,
  type QuestionPlace,
  type QuestionTarget,
} from './question-access';

const TEXT_BYTES_MAX = 16_000;
const FILE_COUNT_MAX = 50;

class ExplainingFileBody {
  @ApiProperty({ description: 'SHA-256 of the file, hexadecimal', pattern: SHA256_HEX.source })
  @Matches(SHA256_HEX)
  readonly sha256: string;

  @ApiProperty({ example: 'application/pdf' })
  @Matches(/^[a-z]+\/[a-z0-9.+-]{1,100}$/)
  readonly mediaType: string;

  @ApiProperty({ example: 'หนังสือชี้แจง.pdf' })
  @IsPlainText({ bytesMax: 500 })
  readonly name: string;
}

export class ExplainQuestionBody {
  @ApiProperty({ example: 'ค่าเป้าหมายเดิมคำนวณจากข้อมูลที่ซ้ำกันสองแหล่ง' })
  @IsPlainText({ bytesMax: TEXT_BYTES_MAX, lines: true })
  readonly text: string;

  @ApiPropertyOptional({ type: [ExplainingFileBody], description: 'Handed in before: PUT /v1/evidence/{sha256}' })
  @IsOptional()
  @IsListOfBodies(() => ExplainingFileBody, { countMax: FILE_COUNT_MAX })
  readonly evidence?: ExplainingFileBody[];
}

export class ExplainQuestion extends RequestedCommand<ExplainQuestionBody, QuestionTarget> {}

@CommandHandler(ExplainQuestion)
export class ExplainQuestionHandler implements ICommandHandler<ExplainQuestion> {
  constructor(
    private readonly ledger: Ledger,
    private readonly evidence: EvidenceFiles,
  ) {}

  async execute({ target: { questionId }, body, requester, context }: ExplainQuestion): Promise<CommandOutcome> {
    const files = (body.evidence ?? []).map(({ sha256, mediaType, name }) => ({ sha256, mediaType, name }));
    const stream = streamOfQuestion(questionId);
    const { state: standing } = await this.ledger.stateOf(questionDecider, stream);
    if (standing.status === 'notOpened') throw new CommandRejected(refuse('question.unknown'));
    const missing = await this.#refusalOfFiles(files.map(({ sha256 }) => sha256));
    const accepted = await this.ledger.execute({
      decider: questionDecider,
      stream,
      command: {
        type: 'ExplainQuestion',
        data: { text: body.text, evidence: files, explainedBy: requester.actor.id },
      },
      context: contextAt(context, requester, 'question.explain', placeOfAsked(standing)),
      // Who may see the question and is of another office is told so; who may not, that there is none.
      authorise: (state) =>
        state.status === 'notOpened'
          ? undefined
          : (refusalOfAccess(requester, 'question.read', state) ??
            (refusalOfAccess(requester, 'question.explain', placeOfAsked(state)) && refuse('question.notYours')) ??
            missing),
    });
    return { id: questionId, ...accepted };
  }

  async #refusalOfFiles(hashes: readonly string[]): Promise<Rejection | undefined> {
    const isThere = await Promise.all(hashes.map((sha256) => this.evidence.has(sha256)));
    const missing = isThere.indexOf(false);
    const sha256 = hashes[missing];
    return sha256 === undefined
      ? undefined
      : refuse('question.evidenceMissing', { sha256 }, `/evidence/${missing}/sha256`);
  }
}

/** Only the office that was asked explains, or whoever acts for it from above. */
function placeOfAsked(state: Exclude<QuestionState, { status: 'notOpened' }>): QuestionPlace {
  return { province: state.province, offices: [state.askedOffice] };
}
