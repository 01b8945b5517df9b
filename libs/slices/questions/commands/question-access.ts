import { ApiProperty } from '@nestjs/swagger';
import { streamName, type Rejection, type StreamName } from '@khamrap/kernel';
import { knowsOf, permits, type Permission, type Place, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { contextUnder, IsUuidText } from '@khamrap/platform/http';
import { refuse } from '../domain/question.refusals';

/** The question that an address names. */
export class QuestionTarget {
  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly questionId: string;
}

/** The stream of a question. */
export function streamOfQuestion(questionId: string): StreamName {
  return streamName('question', questionId);
}

/** Where a question stands. */
export interface QuestionPlace {
  readonly province?: string | undefined;
  readonly offices: readonly string[];
}

/**
 * Whether somebody may do something to a question: a grant must reach its province or one of its offices. Who has no business
 * there is told that there is no such question.
 */
export function refusalOfAccess(
  requester: Requester,
  permission: Permission,
  { province, offices }: QuestionPlace,
): Rejection | undefined {
  const inProvince = province === undefined ? {} : { province };
  const places: readonly Place[] = [inProvince, ...offices.map((office) => ({ office, ...inProvince }))];
  if (places.some((place) => permits(requester, permission, place))) return undefined;
  const isKnown = places.some(
    (place) => permits(requester, 'question.read', place) && knowsOf(requester, permission, place),
  );
  return refuse(isKnown ? 'question.notYours' : 'question.unknown');
}

/** The context of a command on a question, under the grant that allows it. */
export function contextAt(
  context: CommandContext,
  requester: Requester,
  permission: Permission,
  place: QuestionPlace,
): CommandContext {
  return contextUnder(context, requester, (each) => refusalOfAccess(each, permission, place));
}
