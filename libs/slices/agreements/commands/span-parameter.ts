import { parseSpanKey } from '@khamrap/kernel';
import { pathParameter } from '@khamrap/platform/http';

/** Parameter of a handler: the key of a span in the path, as in `2022-10-01..2023-06-30`. */
export const SpanParameter = pathParameter((text) => (parseSpanKey(text) === undefined ? undefined : text));
