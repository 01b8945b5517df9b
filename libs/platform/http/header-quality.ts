/**
 * How much a client wants something by an `Accept…` header (RFC 9110 §12.4.2): 0 for not at all, at most 1. Only what is
 * named counts, wildcards do not: they say that anything will do, not that this is wanted.
 */
export function qualityOf(header: string | undefined, isNamed: (value: string) => boolean): number {
  if (header === undefined) return 0;
  let best = 0;
  for (const part of header.split(',', PARTS_MAX)) {
    const [name = '', ...parameters] = part.split(';');
    if (!isNamed(name.trim().toLowerCase())) continue;
    const quality = parameters
      .map((parameter) => QUALITY.exec(parameter.trim())?.[1])
      .find((text) => text !== undefined);
    best = Math.max(best, quality === undefined ? 1 : Number(quality));
  }
  return best;
}

/** Whether an `Accept` header names one media type, and does not want another one more. */
export function prefersMediaType(accept: string | undefined, wanted: string, otherwise: string): boolean {
  const quality = qualityOf(accept, (type) => type === wanted);
  return quality > 0 && quality >= qualityOf(accept, (type) => type === otherwise);
}

const PARTS_MAX = 50;
const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;
