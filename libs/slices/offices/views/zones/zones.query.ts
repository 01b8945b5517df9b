import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import {
  decodeCursor,
  IsDateText,
  IsIdentifier,
  KnownQuery,
  PageQuery,
  PROVINCE_CODE,
  timesOf,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { dayOfAnswer, ReadModels } from '@khamrap/platform/projections';
import { ZONE_SCHEMES, type ZoneScheme } from '../../domain/zone.events';
import { OFFICES } from '../offices/offices.projection';
import { zonesOn, type ZoneOnDay } from './zones.rows';

export class ZonesQuery extends IntersectionType(PageQuery, KnownQuery) {
  @ApiPropertyOptional({ example: 'primeMinisterOffice-16' })
  @IsOptional()
  @IsIdentifier()
  readonly id?: string;

  @ApiPropertyOptional({ enum: ZONE_SCHEMES })
  @IsOptional()
  @IsIn(ZONE_SCHEMES)
  readonly scheme?: ZoneScheme;

  @ApiPropertyOptional({ example: 'TH-54', description: 'Zones that held this province' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ type: 'string', example: '2022-10-01', description: 'On this day; today without it' })
  @IsOptional()
  @IsDateText()
  readonly effectiveOn?: IsoDate;
}

export interface ZonesPage extends Page<ZoneOnDay> {
  /** The day for which the answer tells which provinces the zones held. */
  readonly effectiveOn: IsoDate;
  /** Provinces that, by what is stated, stood in several zones of one scheme on that day: a statement must be missing. */
  readonly provincesInSeveralZones: readonly string[];
}

export const ZONE_COLUMNS: readonly CsvColumn<ZoneOnDay>[] = [
  { header: 'zoneId', value: (zone) => zone.zoneId },
  { header: 'scheme', value: (zone) => zone.scheme },
  { header: 'officeId', value: (zone) => zone.officeId },
  { header: 'number', value: (zone) => zone.number },
  { header: 'nameTh', value: (zone) => zone.nameTh },
  { header: 'nameEn', value: (zone) => zone.nameEn },
  { header: 'provinces', value: (zone) => zone.provinces.join('; ') },
  { header: 'effectiveFrom', value: (zone) => zone.effectiveFrom },
  { header: 'statedBy', value: (zone) => zone.statedBy },
  { header: 'basis', value: (zone) => zone.basis },
];

export class ListZones extends Query<ZonesPage> {
  constructor(
    readonly query: ZonesQuery,
    readonly today: IsoDate,
  ) {
    super();
  }
}

/** Zones are few, so they are ordered and filtered here, after what ships and what was recorded have been put together. */
@QueryHandler(ListZones)
export class ListZonesHandler implements IQueryHandler<ListZones> {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ query, today }: ListZones): Promise<ZonesPage> {
    const after = query.cursor === undefined ? undefined : String(decodeCursor(query.cursor, ['text'])[0]);
    const { standpoint, result } = await this.readModels.read(OFFICES, query, async (manager, at) => {
      const effectiveOn = await dayOfAnswer(this.store, query, at, today);
      return { effectiveOn, zones: await zonesOn(manager, at, effectiveOn) };
    });
    const found = result.zones
      .filter(({ zoneId }) => query.id === undefined || zoneId === query.id)
      .filter(({ scheme }) => query.scheme === undefined || scheme === query.scheme)
      .filter(({ provinces }) => query.province === undefined || provinces.includes(query.province))
      .toSorted((one, other) => (placeInOrder(one) < placeInOrder(other) ? -1 : 1));
    const rest = found.filter((zone) => after === undefined || placeInOrder(zone) > after);
    const items = rest.slice(0, query.limit);
    const last = rest.length > query.limit ? items.at(-1) : undefined;
    return {
      items,
      effectiveOn: result.effectiveOn,
      provincesInSeveralZones: provincesInSeveral(result.zones),
      position: standpoint.position,
      ...timesOf(query),
      ...(last && { next: [placeInOrder(last)] }),
    };
  }
}

const CENTRAL_LAST = 9_999;

/** By scheme and office, then by number, the central zone last. */
function placeInOrder({ scheme, officeId, number }: ZoneOnDay): string {
  return [scheme, officeId ?? '', String(number ?? CENTRAL_LAST).padStart(4, '0')].join(' ');
}

function provincesInSeveral(zones: readonly ZoneOnDay[]): readonly string[] {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const { scheme, officeId, provinces } of zones) {
    for (const province of provinces) {
      const place = [scheme, officeId, province].join(' ');
      if (seen.has(place)) several.add(province);
      seen.add(place);
    }
  }
  return [...several].toSorted();
}
