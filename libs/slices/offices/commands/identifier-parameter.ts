import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { RequestRefused } from '@khamrap/platform/http';

// What a stream of this slice can be named after.
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,189}$/;

@Injectable()
class IdentifierPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && IDENTIFIER.test(value)) return value;
    throw new RequestRefused('notFound');
  }
}

/** Parameter of a handler: an identifier in the path. What is none names nothing, so there is nothing to be found. */
export function IdentifierParameter(name: string): ParameterDecorator {
  return Param(name, IdentifierPipe);
}
