import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { streamName } from '@khamrap/kernel';
import type { OfficeEvent, OfficeRegistered } from '@khamrap/offices/events';
import { Ledger } from '@khamrap/platform/event-store';

/** What an office is and where it stands, as it was registered. */
export type OfficePlace = Pick<OfficeRegistered['data'], 'kind' | 'province'>;

/** By the ids of those that were looked up; undefined for those that nobody has registered. */
export type OfficesLookedUp = ReadonlyMap<string, OfficePlace | undefined>;

const CACHED_OFFICE_COUNT_MAX = 20_000;

/** Reads from their own streams where offices stand. That is said once, so it is read once. */
@Injectable()
export class OfficePlaces {
  readonly #known = new LRUCache<string, OfficePlace>({ max: CACHED_OFFICE_COUNT_MAX });

  constructor(private readonly ledger: Ledger) {}

  async of(officeIds: readonly string[]): Promise<OfficesLookedUp> {
    const ids = [...new Set(officeIds)];
    return new Map(await Promise.all(ids.map(async (id) => [id, await this.#one(id)] as const)));
  }

  async #one(officeId: string): Promise<OfficePlace | undefined> {
    const known = this.#known.get(officeId);
    if (known) return known;
    const [first] = await this.ledger.history(streamName('office', officeId));
    const event = first as unknown as OfficeEvent | undefined;
    if (event?.type !== 'OfficeRegistered') return undefined;
    const { kind, province } = event.data;
    const place = { kind, ...(province !== undefined && { province }) };
    this.#known.set(officeId, place);
    return place;
  }
}

/**
 * Whether the governor of a province grants in the name of an office: of one in the governor's own chain and province. Of an
 * office that nobody has registered, nobody can say that it stands elsewhere.
 */
export function isGovernors(office: OfficePlace | undefined, province: string): boolean {
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
