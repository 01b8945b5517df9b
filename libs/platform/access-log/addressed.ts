import type { FastifyRequest } from 'fastify';
import type { Addressed } from './reading';

/** Parameters that name things or times. What people search for in words is not among them, and cursors say nothing. */
const NAMING: ReadonlySet<string> = new Set([
  'actor',
  'after',
  'agreement',
  'agreementId',
  'asOf',
  'asOfPosition',
  'award',
  'by',
  'count',
  'effectiveOn',
  'fiscalYear',
  'from',
  'goal',
  'goalSet',
  'group',
  'indicator',
  'indicatorId',
  'kind',
  'late',
  'level',
  'office',
  'officeId',
  'onDate',
  'person',
  'province',
  'publishedBy',
  'role',
  'round',
  'route',
  'rule',
  'scheme',
  'severity',
  'status',
  'stream',
  'theme',
  'to',
  'type',
  'zone',
]);

/** Ids, codes, dates and times; no blanks, so no sentences. */
const NAME = /^[\p{L}\p{M}\p{N}._:+@/~,-]{1,200}$/u;
const PARAMETER_COUNT_MAX = 40;
const OTHER_LENGTH_MAX = 40;

/** What the address of a request named, as far as it is kept. */
export function addressedBy(request: FastifyRequest): Addressed {
  const parameters: Record<string, string> = {};
  const others: string[] = [];
  const take = (name: string, value: unknown, isNaming: boolean): void => {
    if (isNaming && typeof value === 'string' && NAME.test(value)) parameters[name] = value;
    else if (name.length <= OTHER_LENGTH_MAX) others.push(name);
  };
  for (const [name, value] of entriesOf(request.params)) take(name, value, true);
  for (const [name, value] of entriesOf(request.query)) take(name, value, NAMING.has(name));
  return {
    route: `${request.method} ${request.routeOptions.url ?? ''}`,
    parameters,
    others: others.sort(),
    correlationId: request.id,
  };
}

function entriesOf(record: unknown): readonly [string, unknown][] {
  return Object.entries((record ?? {}) as Record<string, unknown>).slice(0, PARAMETER_COUNT_MAX);
}
