import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { streamName } from '@khamrap/kernel';
import type { OfficeEvent, OfficeRegistered } from '@khamrap/offices/events';
import { Ledger } from '@khamrap/platform/event-store';

/** What an office is and where it stands, as it was registered. */
export type OfficeFact = Pick<OfficeRegistered['data'], 'kind' | 'province'>;

const CACHED_OFFICE_COUNT_MAX = 20_000;

/** Reads from their own streams where offices stand. That is said once, so it is read once. */
@Injectable()
export class OfficeFacts {
  readonly #known = new LRUCache<string, OfficeFact>({ max: CACHED_OFFICE_COUNT_MAX });

  constructor(private readonly ledger: Ledger) {}

  /** Undefined where nobody has registered the office. */
  async of(officeId: string): Promise<OfficeFact | undefined> {
    const known = this.#known.get(officeId);
    if (known) return known;
    const [first] = await this.ledger.history(streamName('office', officeId));
    const event = first as unknown as OfficeEvent | undefined;
    if (event?.type !== 'OfficeRegistered') return undefined;
    this.#known.set(officeId, event.data);
    return event.data;
  }
}

/**
 * Whether the governor of a province may stand for an office: not for one of another province, nor for one outside the
 * governor's chain. Of an office that nobody has registered, nobody can say so.
 */
export function isGovernors(office: OfficeFact | undefined, province: string): boolean {
  if (!office) return true;
  if (office.province !== undefined && office.province !== province) return false;
  switch (office.kind) {
    case 'cluster':
    case 'province':
    case 'governorOffice':
    case 'provincialOffice':
    case 'district':
    case 'provincialCommittee':
      return true;
    case 'ministry':
    case 'department':
    case 'localAdministration':
    case 'externalBody':
    case 'nonStateBody':
      return false;
  }
}
