import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { parseSpanKey } from '@khamrap/kernel';
import { RequestRefused } from '@khamrap/platform/http';

/** Reads the key of a span. */
@Injectable()
class SpanKeyPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && parseSpanKey(value) !== undefined) return value;
    throw new RequestRefused('notFound');
  }
}

/** Parameter of a handler: the key of a span in the path, as in `2022-10-01..2023-06-30`. What is none names nothing. */
export function SpanParameter(name: string): ParameterDecorator {
  return Param(name, SpanKeyPipe);
}
