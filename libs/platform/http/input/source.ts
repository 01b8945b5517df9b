import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { NATIVE, type Provenance } from '@khamrap/kernel';
import { NotPermitted, permits, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { IsBody } from './is-body';
import { IsPlainText } from './is-plain-text';
import { SHA256_HEX } from './patterns';

const PASSAGE_BYTES_MAX = 300;

/** Where a statement was taken from. Without it, the one who sends it makes it. */
export class SourceBody {
  @ApiProperty({
    description: 'SHA-256 of the source document, hexadecimal',
    pattern: SHA256_HEX.source,
    example: 'a700a7efae4a683f02ab067dc3f50b8eb2580a0a38fdb8082df93dd581229226',
  })
  @Matches(SHA256_HEX)
  readonly document: string;

  @ApiProperty({ description: 'Where in the document it stands', example: 'paragraph 3' })
  @IsPlainText({ bytesMax: PASSAGE_BYTES_MAX })
  readonly passage: string;
}

/** A field of a body that may name the source of all that the body states. */
export function IsSource(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: SourceBody, description: 'Where the statement was taken from; yours without it' }),
    IsOptional(),
    IsBody(() => SourceBody),
  );
}

/**
 * The provenance that a body states. Documents speak for offices all over the country, so transcribing them is a permission
 * of its own, granted for the nation.
 * @throws NotPermitted
 */
export function provenanceOf(source: SourceBody | undefined, requester: Requester): Provenance {
  if (!source) return NATIVE;
  if (!permits(requester, 'sourceDocument.register', {})) throw new NotPermitted(['sourceDocument.register']);
  return { kind: 'transcribed', sourceDocument: source.document, passage: source.passage };
}

/** The context of a command that states what a document says. */
export function withProvenance(context: CommandContext, provenance: Provenance): CommandContext {
  return { ...context, provenance };
}
