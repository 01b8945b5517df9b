import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { streamName } from '@khamrap/kernel';
import type { OfficeEvent, OfficeRegistered } from '@khamrap/offices/events';
import { Ledger } from '@khamrap/platform/event-store';

/** What an office is and where it stands, as it was registered. */
export type InspectedOffice = Pick<OfficeRegistered['data'], 'kind' | 'province'>;

const CACHED_OFFICE_COUNT_MAX = 20_000;

/** Reads from their own streams where offices stand. That is said once, so it is read once. */
@Injectable()
export class InspectedOffices {
  readonly #known = new LRUCache<string, InspectedOffice>({ max: CACHED_OFFICE_COUNT_MAX });

  constructor(private readonly ledger: Ledger) {}

  /** Undefined where nobody has registered the office. */
  async of(officeId: string): Promise<InspectedOffice | undefined> {
    const known = this.#known.get(officeId);
    if (known) return known;
    const [first] = await this.ledger.history(streamName('office', officeId));
    const event = first as unknown as OfficeEvent | undefined;
    if (event?.type !== 'OfficeRegistered') return undefined;
    const { kind, province } = event.data;
    const office = { kind, ...(province !== undefined && { province }) };
    this.#known.set(officeId, office);
    return office;
  }
}

/** Whether an office stands in the chain of the governor of its province. */
export function isGovernors({ kind }: InspectedOffice): boolean {
  switch (kind) {
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
