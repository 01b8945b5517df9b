import { grant, type Requester } from '@khamrap/platform/access';
import { derivedId } from '@khamrap/platform/event-store';
import type { GeneratedOffice } from './nation';

export const ISSUER = 'urn:khamrap:generator';

/** Somebody who acts in the story: a function of an office, never a name. */
export type Persons = Readonly<Record<'head' | 'keeper' | 'supervisor' | 'governor' | 'performanceUnit', Requester>>;

/** Publishes schemes, registers offices and grants awards; acts for the whole nation. */
export function recorder(): Requester {
  return person('recorder', 'recorder', { kind: 'nation' });
}

/** Those who act for an office and its province. The same persons act year after year. */
export function personsOf({ officeId, province }: GeneratedOffice): Persons {
  const office = { kind: 'office', office: officeId, province: province.code } as const;
  const everywhere = { kind: 'province', province: province.code } as const;
  return {
    head: person(`head-of-${officeId}`, 'officeHead', office),
    keeper: person(`keeper-of-${officeId}`, 'keeper', office),
    supervisor: person(`supervisor-of-${officeId}`, 'supervisor', office),
    governor: person(`governor-of-${province.code}`, 'governor', everywhere),
    performanceUnit: person(`performance-unit-of-${province.code}`, 'performanceUnit', everywhere),
  };
}

function person(subject: string, ...[role, scope]: Parameters<typeof grant>): Requester {
  const actor = { id: derivedId('generated person', subject), role };
  return {
    issuer: ISSUER,
    subject,
    actor: scope.kind === 'office' ? { ...actor, office: scope.office } : actor,
    grants: [grant(role, scope)],
  };
}
