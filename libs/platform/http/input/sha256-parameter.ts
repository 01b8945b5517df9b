import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { RequestRefused } from '../problem';
import { SHA256_HEX } from './patterns';

/** Reads a SHA-256 in hexadecimal, in small letters: both count as the same. */
@Injectable()
class Sha256Pipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    const sha256 = typeof value === 'string' ? value.toLowerCase() : '';
    if (SHA256_HEX.test(sha256)) return sha256;
    throw new RequestRefused('notFound');
  }
}

/** Parameter of a handler: a SHA-256 in the path. What is none names nothing, so there is nothing to be found. */
export function Sha256Parameter(name: string): ParameterDecorator {
  return Param(name, Sha256Pipe);
}
