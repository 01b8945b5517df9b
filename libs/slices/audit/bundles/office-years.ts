import { Inject, Injectable } from '@nestjs/common';
import type { AgreementBasis, Level } from '@khamrap/agreements/events';
import { streamName, type FiscalYear, type StreamName } from '@khamrap/kernel';
import { derivedId, EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { ReadModels } from '@khamrap/platform/projections';

const BASES = { signed: true, announced: true, monitoringOnly: true } satisfies Record<AgreementBasis, true>;
const LEVELS = {
  ministry: true,
  department: true,
  cluster: true,
  province: true,
  provincialOffice: true,
  district: true,
} satisfies Record<Level, true>;

/** The projection of the awards' slice; what awards state is published for everybody. */
const AWARDS = 'awards';
const AWARDS_OF_YEAR = `
  SELECT award_id AS "awardId" FROM read_model.award
  WHERE recipients::jsonb @> $1::jsonb AND (fiscal_year = $2 OR award_year = $2::text)
  ORDER BY stated_position LIMIT 1000`;

/** Finds what there is of an office and a year. */
@Injectable()
export class OfficeYears {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * The agreements that an office made for a year as their first maker: their names follow from that (decision 0012), so none
   * can be hidden by a list that leaves it out.
   */
  async agreementsOf(office: string, fiscalYear: FiscalYear): Promise<readonly StreamName[]> {
    const names = Object.keys(BASES).flatMap((basis) =>
      Object.keys(LEVELS).map((level) =>
        streamName('agreement', derivedId('agreement', basis, level, office, String(fiscalYear))),
      ),
    );
    const first = await Promise.all(names.map((name) => this.store.readRecorded(name, 0, 1)));
    return names.filter((_name, index) => (first[index]?.length ?? 0) > 0);
  }

  /**
   * The awards that were granted to an office by its code for a year: the fiscal year, or the year for which they are given.
   * @throws NotProjectedYet
   */
  async awardsOf(office: string, fiscalYear: FiscalYear): Promise<readonly StreamName[]> {
    // What was granted a moment ago is not to be missing because it is not projected yet.
    const { position: minPosition } = await this.store.head();
    const { result } = await this.readModels.read(AWARDS, { minPosition }, (manager) =>
      manager.query<{ awardId: string }[]>(AWARDS_OF_YEAR, [JSON.stringify([{ officeId: office }]), fiscalYear]),
    );
    return result.map(({ awardId }) => streamName('award', awardId));
  }
}
