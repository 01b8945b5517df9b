import { RequestRefused } from '@khamrap/platform/http';

/** What of a past may be asked for: these narrow the keys that are looked up in the histories, all else is judged afterwards. */
const NARROWING = ['province', 'zone', 'agreement'] as const;
const OF_THE_PAST = ['asOf', 'asOfPosition', 'publishedBy'] as const;

type AskedPast = { readonly [Name in (typeof NARROWING | typeof OF_THE_PAST)[number]]?: unknown };

/**
 * A past standing is looked up key by key, so a list of all of a nation's would keep the database busy for everybody else.
 * @throws RequestRefused when the past is asked for without saying of what
 */
export function withinReach<Query extends object>(query: Query & AskedPast): Query {
  const parameter = OF_THE_PAST.find((name) => query[name] !== undefined);
  if (parameter === undefined || NARROWING.some((name) => query[name] !== undefined)) return query;
  throw new RequestRefused('invalidRequest', { errors: [{ code: 'pastOfWhat', parameter, messages: PAST_OF_WHAT }] });
}

const PAST_OF_WHAT = {
  th: 'การเรียกดูอดีตต้องระบุจังหวัด (province) เขตตรวจราชการ (zone) หรือคำรับรอง (agreement)',
  en: 'the past is told of a province, a zone or an agreement: name one of them',
};
