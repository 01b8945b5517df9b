import { Injectable } from '@nestjs/common';
import { NOT_STATED, streamName, ZONES, type IsoDate } from '@khamrap/kernel';
import type { ZoneEvent, ZoneProvincesSet } from '@khamrap/offices/events';
import { Ledger, type Basis } from '@khamrap/platform/event-store';

/** What a zone held on a day, who says so, and up to where its stream was read. */
export interface ZoneSnapshot {
  readonly provinces: readonly string[];
  readonly statedBy: 'ledger' | 'reference';
  readonly basis: readonly Basis[];
}

/** Reads what zones held from their own streams; of those about which the ledger says nothing, from the list that ships. */
@Injectable()
export class ZoneSnapshots {
  constructor(private readonly ledger: Ledger) {}

  /** Undefined where nobody says what the zone holds. */
  async on(zoneId: string, day: IsoDate): Promise<ZoneSnapshot | undefined> {
    const stream = streamName('zone', zoneId);
    const events = await this.ledger.history(stream);
    const last = events.at(-1);
    const basis = last ? [{ stream, revision: last.revision }] : [];
    const stated = statedOn(
      events.map((event) => event as unknown as ZoneEvent).filter((event) => event.type === 'ZoneProvincesSet'),
      day,
    );
    if (stated) return { provinces: stated.data.provinces, statedBy: 'ledger', basis };
    const reference = ZONES.find((zone) => zone.zoneId === zoneId);
    return reference && { provinces: reference.provinces, statedBy: 'reference', basis };
  }
}

/** The latest statement whose day has come, of two for one day the one recorded later; before them all, the one without a day. */
function statedOn(sets: readonly ZoneProvincesSet[], day: IsoDate): ZoneProvincesSet | undefined {
  const dated = sets.filter(({ data }) => data.effectiveFrom !== NOT_STATED && data.effectiveFrom <= day);
  const newest = dated.reduce<ZoneProvincesSet | undefined>(
    (best, each) => (best && best.data.effectiveFrom > each.data.effectiveFrom ? best : each),
    undefined,
  );
  return newest ?? sets.findLast(({ data }) => data.effectiveFrom === NOT_STATED);
}
