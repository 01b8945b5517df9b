import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { timesOf } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { namesOf } from '../roll-ups/roll-ups.handler';
import { cursorOf } from '../standings/standings.handlers';
import { STANDINGS } from '../standings/standings.projection';
import { LEAGUE_NOTICE, type LeaguePage, type LeagueQuery, type LeagueRow } from './league.answer';
import { findLeague, type LeagueCursor, type RankedRow } from './league.query';

export class ListLeague extends Query<LeaguePage> {
  constructor(readonly query: LeagueQuery) {
    super();
  }
}

@QueryHandler(ListLeague)
export class ListLeagueHandler implements IQueryHandler<ListLeague> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListLeague): Promise<LeaguePage> {
    const after = cursorOf<LeagueCursor>(query, ['integer', 'text'], ([place]) => place > 0 && place < 2 ** 31);
    const { standpoint, result } = await this.readModels.read(STANDINGS, query, (manager, at) =>
      findLeague(manager, at, query, after, query.limit),
    );
    const last = result.length > query.limit ? result[query.limit - 1] : undefined;
    return {
      notice: LEAGUE_NOTICE,
      items: result.slice(0, query.limit).map((row) => asAnswered(row, query.by)),
      position: standpoint.position,
      ...timesOf(query),
      ...(last && { next: [last.place, last.sortKey] }),
    };
  }
}

function asAnswered({ place: _place, sortKey: _key, name, ...row }: RankedRow, by: LeagueQuery['by']): LeagueRow {
  const { rank, rankBefore } = row;
  return {
    ...row,
    ...(by === 'province' ? namesOf(by, row.key, null) : { nameTh: name, nameEn: null }),
    rankChange: rank === null || rankBefore === null ? null : rankBefore - rank,
    published: true,
  };
}
