import { pathParameter } from './path-parameter';

// What a stream can be named after, with room for its category.
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,189}$/;

/** Parameter of a handler: an identifier in the path, such as the code of an office. */
export const IdentifierParameter = pathParameter((text) => (IDENTIFIER.test(text) ? text : undefined));
