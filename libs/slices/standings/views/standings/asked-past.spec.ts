import type { RequestRefused } from '@khamrap/platform/http';
import { withinReach } from './asked-past';
import type { StandingsQuery } from './standings.answer';

const MOMENT = '2023-06-30T00:00:00Z';
const asked = (query: Partial<StandingsQuery>): StandingsQuery => ({ limit: 1, ...query });

test.each<[Partial<StandingsQuery>, string]>([
  [{ asOfPosition: 240_000, status: 'noTarget' }, 'asOfPosition'],
  [{ asOf: MOMENT, fiscalYear: 2566, office: 'phrae-cdd', goal: 8 }, 'asOf'],
  [{ publishedBy: MOMENT, level: 'province', round: '6m', scheme: 'x' }, 'publishedBy'],
])('the past is not told of everything: %j', (query, parameter) => {
  let refusal: unknown;
  try {
    withinReach(asked(query));
  } catch (error) {
    refusal = (error as RequestRefused).occurrence;
  }
  expect(refusal).toMatchObject({
    code: 'invalidRequest',
    errors: [{ code: 'pastOfWhat', parameter, messages: { th: expect.any(String), en: expect.any(String) } }],
  });
});

test.each<Partial<StandingsQuery>>([
  { status: 'noTarget' },
  { asOfPosition: 70, province: 'TH-54' },
  { asOf: MOMENT, zone: 'primeMinisterOffice-16' },
  { publishedBy: MOMENT, agreement: '0f8fad5b-d9cb-469f-a165-70867728950e' },
])('what is now, or the past of something, is told: %j', (query) => {
  expect(withinReach(asked(query))).toEqual(asked(query));
});
