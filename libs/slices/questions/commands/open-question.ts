import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { bangkokDateOf, type IsoDate } from '@khamrap/kernel';
import { FULL_SIGHT } from '@khamrap/platform/access';
import { CommandRejected, Ledger, type Basis } from '@khamrap/platform/event-store';
import { IsDateText, IsIdentifier, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import type { Link } from '../domain/detection/memory';
import { questionDecider } from '../domain/question.decider';
import type { QuestionOpened } from '../domain/question.events';
import { refuse } from '../domain/question.refusals';
import { linksOf } from '../views/questions/question-row';
import { QUESTIONS } from '../views/questions/questions.projection';
import { findQuestion } from '../views/questions/questions.sql';
import type { QuestionRow } from '../views/questions/questions.tables';
import {
  contextAt,
  refusalOfAccess,
  streamOfQuestion,
  type QuestionPlace,
  type QuestionTarget,
} from './question-access';

const NOTE_BYTES_MAX = 8_000;

export class OpenQuestionBody {
  @ApiProperty({ example: 'ขอทราบเหตุผลและหลักฐานของการปรับค่าเป้าหมาย' })
  @IsPlainText({ bytesMax: NOTE_BYTES_MAX, lines: true })
  readonly note: string;

  @ApiProperty({ type: 'string', example: '2026-12-15', description: 'Until when the office is to explain' })
  @IsDateText()
  readonly dueOn: IsoDate;

  @ApiProperty({ example: 'phrae-cdd', description: 'The office that is asked: one that the question concerns' })
  @IsIdentifier()
  readonly askedOffice: string;
}

export class OpenQuestion extends RequestedCommand<OpenQuestionBody, QuestionTarget> {}

@CommandHandler(OpenQuestion)
export class OpenQuestionHandler implements ICommandHandler<OpenQuestion> {
  constructor(
    private readonly ledger: Ledger,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ target: { questionId }, body, requester, context }: OpenQuestion): Promise<CommandOutcome> {
    const { result: row } = await this.readModels.read(
      QUESTIONS,
      {},
      (manager, at) => findQuestion(manager, at, questionId),
      FULL_SIGHT,
    );
    if (!row) throw new CommandRejected(refuse('question.unknown'));
    const { note, dueOn, askedOffice } = body;
    const place: QuestionPlace = { province: row.province ?? undefined, offices: officesOf(row) };
    const refusal = refusalOfAccess(requester, 'question.ask', place);
    if (refusal) throw new CommandRejected(refusal);
    const accepted = await this.ledger.execute({
      decider: questionDecider,
      stream: streamOfQuestion(questionId),
      command: {
        type: 'OpenQuestion',
        data: { ...askedIn(row), note, dueOn, askedOffice, openedBy: requester.actor.id },
        today: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: contextAt(context, requester, 'question.ask', place),
      basis: basisOf(linksOf(row.rests_on)),
    });
    return { id: questionId, ...accepted };
  }
}

const officesOf = ({ offices }: QuestionRow): readonly string[] => (offices === '' ? [] : offices.split('\n'));

/** What the question asks about, as it is seen now. Where else a file was used stays in the log: it is linked by its event. */
function askedIn(row: QuestionRow): Omit<QuestionOpened['data'], 'note' | 'dueOn' | 'askedOffice' | 'openedBy'> {
  const thresholds = Object.entries(JSON.parse(row.thresholds) as Record<string, string>);
  return {
    rule: row.rule,
    mode: row.mode,
    rulesVersion: row.rules_version,
    thresholds: thresholds.map(([name, value]) => ({ name, value })),
    ...(row.agreement_id !== null && { agreementId: row.agreement_id }),
    ...(row.scheme_id !== null && { schemeId: row.scheme_id }),
    ...(row.province !== null && { province: row.province }),
    offices: officesOf(row),
    ...(row.indicator_id !== null && { indicatorId: row.indicator_id }),
    ...(row.span !== null && { span: row.span }),
    ...(row.round !== null && { round: row.round }),
    ...(row.fiscal_year !== null && { fiscalYear: row.fiscal_year }),
    restsOn: here(linksOf(row.rests_on)).map(({ eventId, position, type, stream, revision }) => ({
      eventId,
      position,
      type,
      stream,
      revision,
    })),
    seen: { th: row.seen_th, en: row.seen_en },
  };
}

/** Events of other places are not for everybody who may read the question. */
function here(links: readonly Link[]): readonly Link[] {
  return links.filter(({ elsewhere }) => elsewhere === undefined);
}

/** Each stream that the question rests on, as far as it had come. */
function basisOf(links: readonly Link[]): readonly Basis[] {
  const revisions = new Map<string, number>();
  for (const { stream, revision } of here(links)) revisions.set(stream, Math.max(revision, revisions.get(stream) ?? 0));
  return [...revisions].map(([stream, revision]) => ({ stream, revision }));
}
