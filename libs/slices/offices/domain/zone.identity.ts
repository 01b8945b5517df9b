import type { ZoneRegistered } from './zone.events';

/** The identifier of a zone follows from its scheme, its office and its number, so that nobody registers one twice. */
export function zoneIdOf({
  scheme,
  officeId,
  number,
}: Pick<ZoneRegistered['data'], 'scheme' | 'officeId' | 'number'>): string {
  return [scheme, ...(officeId === undefined ? [] : [officeId]), number ?? 'central'].join('-');
}
