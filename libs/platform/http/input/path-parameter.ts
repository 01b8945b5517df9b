import { Param, type PipeTransform } from '@nestjs/common';
import { RequestRefused } from '../problem';

/**
 * A kind of parameter of handlers: a part of the path, read in its one canonical form. What `read` cannot read names nothing,
 * so there is nothing to be found.
 */
export function pathParameter(read: (text: string) => string | undefined): (name: string) => ParameterDecorator {
  const pipe: PipeTransform<unknown, string> = {
    transform: (value) => {
      const named = typeof value === 'string' ? read(value) : undefined;
      if (named === undefined) throw new RequestRefused('notFound');
      return named;
    },
  };
  return (name) => Param(name, pipe);
}
