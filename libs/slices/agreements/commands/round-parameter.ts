import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { RequestRefused } from '@khamrap/platform/http';

const ROUND_CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/;

@Injectable()
class RoundPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && ROUND_CODE.test(value)) return value;
    throw new RequestRefused('notFound');
  }
}

/** Parameter of a handler: the code of an evaluation round in the path, as in `6m`. What is no code names nothing. */
export function RoundParameter(): ParameterDecorator {
  return Param('round', RoundPipe);
}
