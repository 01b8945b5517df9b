import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { RequestRefused } from '../problem';

/** Reads a UUID, in small letters (RFC 9562 §4: both count as the same). */
@Injectable()
class UuidPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && isUUID(value)) return value.toLowerCase();
    throw new RequestRefused('notFound');
  }
}

/** Parameter of a handler: a UUID in the path. What is no UUID names nothing, so there is nothing to be found. */
export function UuidParameter(name: string): ParameterDecorator {
  return Param(name, UuidPipe);
}
