import type { OpenedBody } from './disclosed';
import { nameOf, type BundledStream } from './bundled-streams';
import type { Findings } from './finding';
import type { BundleManifest } from './listed-files';

/**
 * What the log tells of itself: there only for what it says of keys and heads. Its first event is that of the log, so
 * its reference is known from that leaf too, where no body is disclosed.
 */
export function isOfLog({ name, events }: BundledStream): boolean {
  return name === 'ledger' || events[0]?.leaf.position === 0;
}

/** Whether a bundle is about what it says that it is about, as far as anything that is disclosed tells. */
export function checkSubject(
  { kind, subject }: BundleManifest,
  streams: readonly BundledStream[],
  findings: Findings,
): void {
  const told = streams.filter((stream) => !isOfLog(stream));
  if (kind === 'officeYear') checkOfficeYear(subject, told, findings);
  else if (!told.some(({ name }) => name === subject))
    // Any stream that nothing names may be the one.
    findings.add(told.some(({ name }) => name === undefined) ? 'subjectUnknown' : 'subjectDiffers', { subject });
}

/**
 * Each stream names the office and the year somewhere. One of which not everything is disclosed may do so where it is
 * not seen; one that is seen whole, and does not, belongs to somebody else.
 */
function checkOfficeYear(subject: string, streams: readonly BundledStream[], findings: Findings): void {
  const split = subject.lastIndexOf('/');
  const [office, year] = [subject.slice(0, split), subject.slice(split + 1)];
  const others = streams.filter(({ events }) => !events.some(({ body }) => body && names(body, office, year)));
  const isForeign = others.some(({ events }) => events.every(({ body }) => body !== undefined));
  if (isForeign || streams.length === 0) findings.add('subjectDiffers', { subject });
  else if (others.length === streams.length) findings.add('subjectUnknown', { subject });
  else for (const stream of others) findings.add('streamSubjectUnknown', { subject: nameOf(stream) });
}

function names({ data }: OpenedBody, office: string, year: string): boolean {
  const values = new Set(valuesIn(data));
  return values.has(office) && values.has(year);
}

/** Every text and number, however deep. */
function* valuesIn(value: unknown): Generator<string> {
  if (typeof value === 'string' || typeof value === 'number') yield String(value);
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* valuesIn(inner);
}
