import { Injectable } from '@nestjs/common';
import { NOT_STATED, toAsciiDigits, type IsoDate, type Provenance, type Rejection } from '@khamrap/kernel';
import type { Basis } from '@khamrap/platform/event-store';
import type { InspectionRound } from '../domain/inspection.events';
import { refuse } from '../domain/inspection.refusals';
import { plain } from './conducting';
import { daysOf, type InspectionRoundBody } from './round-body';
import { ZoneSnapshots } from './zone-snapshots';

/** `2/2562`: an ordinal, and a year of the Buddhist Era. */
const ORDINAL_AND_YEAR = /^(\d{1,3})\s*\/\s*(2[45]\d\d)$/;

/** What a round is to say, with what its zone held. */
export interface RoundTerms {
  readonly round: InspectionRound;
  readonly refusal?: Rejection;
  readonly basis: readonly Basis[];
}

interface Snapshot {
  readonly provinces: readonly string[];
  readonly statedBy: InspectionRound['provincesStatedBy'];
  readonly refusal?: Rejection;
  readonly basis: readonly Basis[];
}

/** Puts together what a round says: its words, and the zone as it was on the first day. */
@Injectable()
export class RoundTermsReader {
  constructor(private readonly zones: ZoneSnapshots) {}

  /** @param actor pseudonym of the one who says it: the inspector where nobody else is named */
  async of(
    { source: _source, ...body }: InspectionRoundBody,
    told: { readonly actor: string; readonly decidedOn: IsoDate; readonly provenance: Provenance },
  ): Promise<RoundTerms> {
    const { number, zoneId, zoneAsPrinted, zoneProvinces: _zoneProvinces, inspectedProvinces, ...said } = body;
    const days = daysOf(body.days);
    const firstDay = days.from === NOT_STATED ? told.decidedOn : days.from;
    const { provinces, statedBy, refusal, basis } = await this.#snapshot(body, firstDay, told.provenance);
    const inspected = inspectedProvinces ?? provinces;
    const outside = inspected.findIndex((province) => !provinces.includes(province));
    const self = { inspectorId: told.actor, level: body.level };
    const round = plain<InspectionRound>({
      ...said,
      number: numberOf(number),
      aims: body.aims ?? [],
      ...(zoneId !== undefined && {
        zone: { zoneId, ...(zoneAsPrinted !== undefined && { asPrinted: zoneAsPrinted }) },
      }),
      // With those that lie outside, which are refused: leave to act is asked for all of them before.
      provinces: [...new Set([...provinces, ...inspected])].map((province) => ({
        province,
        isInspected: inspected.includes(province),
      })),
      provincesStatedBy: statedBy,
      days,
      places: body.places ?? [],
      inspectedUnits: body.inspectedUnits ?? [],
      inspectors: body.inspectors ?? (told.provenance.kind === 'native' ? [self] : []),
    });
    if (refusal) return { round, refusal, basis };
    return outside < 0
      ? { round, basis }
      : { round, basis, refusal: refuse('inspection.provinceOutsideZone', {}, `/inspectedProvinces/${outside}`) };
  }

  async #snapshot(
    { zoneId, zoneProvinces, inspectedProvinces = [] }: Omit<InspectionRoundBody, 'source'>,
    firstDay: IsoDate,
    { kind }: Provenance,
  ): Promise<Snapshot> {
    if (zoneProvinces) {
      const snapshot = { provinces: zoneProvinces, statedBy: 'document', basis: [] } as const;
      return kind === 'transcribed'
        ? snapshot
        : { ...snapshot, refusal: refuse('inspection.zoneProvincesByDocument', {}, '/zoneProvinces') };
    }
    const ofItself = kind === 'transcribed' ? 'document' : 'inspector';
    if (zoneId === undefined) {
      const statedBy = inspectedProvinces.length === 0 ? NOT_STATED : ofItself;
      return { provinces: inspectedProvinces, statedBy, basis: [] };
    }
    const found = await this.zones.on(zoneId, firstDay);
    return (
      found ?? {
        provinces: inspectedProvinces,
        statedBy: NOT_STATED,
        refusal: refuse('inspection.zoneUnknown', { zoneId }, '/zoneId'),
        basis: [],
      }
    );
  }
}

/** The number as it is printed; its ordinal and year where it has that form, in digits of either kind. */
export function numberOf(printed: string): InspectionRound['number'] {
  const [, ordinal, year] = ORDINAL_AND_YEAR.exec(toAsciiDigits(printed.trim())) ?? [];
  return {
    printed,
    ...(ordinal !== undefined && year !== undefined && { ordinal: Number(ordinal), year: Number(year) }),
  };
}
