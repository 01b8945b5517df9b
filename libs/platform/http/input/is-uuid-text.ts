import { isUUID, type ValidationOptions } from 'class-validator';
import { accepted, refused, rule, type Reading } from './rule';

/** A UUID in any letters, read in small ones (RFC 9562 §4: both count as the same), as the ledger writes its own. */
export function IsUuidText(options?: ValidationOptions): PropertyDecorator {
  return rule('isUuid', read, options);
}

function read(value: unknown): Reading {
  return typeof value === 'string' && isUUID(value) ? accepted(value.toLowerCase()) : NOT_A_UUID;
}

const NOT_A_UUID = refused('ต้องเป็น UUID', 'must be a UUID');
