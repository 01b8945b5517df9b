import { pathParameter } from '@khamrap/platform/http';

const ROUND_CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/;

/** Parameter of a handler: the code of an evaluation round in the path, as in `6m`. */
export const RoundParameter = pathParameter((text) => (ROUND_CODE.test(text) ? text : undefined));
