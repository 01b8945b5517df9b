import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { decodeCursor, RequestRefused, timesOf } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { isUUID } from 'class-validator';
import { awardItem, type AwardsPage, type AwardsQuery, type TalliesPage, type TalliesQuery } from './awards.answer';
import { AWARDS } from './awards.projection';
import { findAwards } from './awards.query';
import { findExceededCounts, findStatedTotals, findTallies, sumOfTallies, tallyOfAll } from './awards.tally';

export class ListAwards extends Query<AwardsPage> {
  constructor(readonly query: AwardsQuery) {
    super();
  }
}

@QueryHandler(ListAwards)
export class ListAwardsHandler implements IQueryHandler<ListAwards> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListAwards): Promise<AwardsPage> {
    const after = placeOf(query.cursor, isUUID);
    const { standpoint, result } = await this.readModels.read(AWARDS, query, async (manager, at) => ({
      rows: await findAwards(manager, at, query, after, query.limit),
      tally: await tallyOfAll(manager, at, query),
    }));
    const last = result.rows.length > query.limit ? result.rows[query.limit - 1] : undefined;
    return {
      items: result.rows.slice(0, query.limit).map(awardItem),
      awardCount: result.tally.total,
      position: standpoint.position,
      ...timesOf(query),
      ...(last && { next: [last.award_id] }),
    };
  }
}

export class TallyAwards extends Query<TalliesPage> {
  constructor(readonly query: TalliesQuery) {
    super();
  }
}

@QueryHandler(TallyAwards)
export class TallyAwardsHandler implements IQueryHandler<TallyAwards> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: TallyAwards): Promise<TalliesPage> {
    const after = placeOf(query.cursor, () => true);
    const { standpoint, result } = await this.readModels.read(AWARDS, query, async (manager, at) => ({
      rows: await findTallies(manager, at, query, after, query.limit),
      overall: await tallyOfAll(manager, at, query),
      sumOfRows: await sumOfTallies(manager, at, query),
      exceededCounts: await findExceededCounts(manager, at, query),
      statedTotals: await findStatedTotals(manager, at, query),
    }));
    const { rows, ...whole } = result;
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return {
      by: query.by,
      items: rows.slice(0, query.limit).map(({ place: _place, ...item }) => item),
      ...whole,
      rowsOverlap: whole.sumOfRows > whole.overall.total,
      position: standpoint.position,
      ...timesOf(query),
      ...(last && { next: [last.place] }),
    };
  }
}

/** @throws RequestRefused when the cursor names no place in this order */
function placeOf(cursor: string | undefined, isPlace: (text: string) => boolean): string | undefined {
  if (cursor === undefined) return undefined;
  const [place] = decodeCursor(cursor, ['text']);
  if (typeof place === 'string' && isPlace(place)) return place;
  throw new RequestRefused('invalidRequest', { errors: [{ code: 'isCursor', parameter: 'cursor' }] });
}
