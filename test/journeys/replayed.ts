import type { ReplayAnswer } from '../../libs/slices/standings/views/replay/replay.answer';
import type { AgreementStandingRow, List, StandingRow } from './answers';

type Read = <Body>(path: string) => Promise<Body>;
type Round = Readonly<Record<string, string | null>>;

const OF_STANDING = ['target', 'actual', 'gap', 'attainmentPercent', 'status', 'score'] as const;
const OF_ROUND = ['total', 'weightCountedPercent', 'certifiedWeightPercent', 'band'] as const;

/**
 * Everything that standings shows of an agreement comes out anew from the events of the log, and so does the snapshot of every
 * closed round; what somebody gave, announced or printed may differ, and is told to.
 * @param asOf such as `asOfPosition=7`
 */
export async function expectReplayed(read: Read, agreementId: string, asOf: string): Promise<ReplayAnswer> {
  const answer = await read<ReplayAnswer>(`/v1/audit/agreements/${agreementId}/replay?${asOf}`);
  const of = `agreement=${agreementId}&limit=1000&${asOf}`;
  const { items } = await read<List<StandingRow>>(`/v1/standings?${of}`);
  const [agreement] = (
    await read<List<AgreementStandingRow & { readonly rounds: readonly Round[] }>>(`/v1/agreements?${of}`)
  ).items;
  const shown = [
    ...items.flatMap((row) => OF_STANDING.map((name) => [row.indicatorId, row.period, name, row[name]])),
    ...(agreement?.rounds ?? []).flatMap((row) =>
      OF_ROUND.map((name) => [row['round'], row['period'], name, row[name]]),
    ),
  ].filter(([, , , value]) => value !== null);
  const told = answer.numbers
    .filter((each) => each.shown.value !== null)
    .map((each) => [each.of.indicatorId ?? each.of.round, each.of.period, each.number, each.shown.value]);
  expect(asTexts(told)).toEqual(asTexts(shown));
  const wrong = answer.numbers.filter(
    (each) =>
      each.shown.equals !== true || each.published.some(({ kind, equals }) => kind === 'snapshot' && equals !== true),
  );
  expect([asOf, wrong]).toEqual([asOf, []]);
  return answer;
}

function asTexts(rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted();
}
