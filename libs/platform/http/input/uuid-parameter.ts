import { isUUID } from 'class-validator';
import { pathParameter } from './path-parameter';

/** Parameter of a handler: a UUID in the path, read in small letters (RFC 9562 §4: both count as the same). */
export const UuidParameter = pathParameter((text) => (isUUID(text) ? text.toLowerCase() : undefined));
