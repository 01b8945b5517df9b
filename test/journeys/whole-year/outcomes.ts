import { headOf } from '../journey';
import { expectReplayed } from '../replayed';
import type { Round } from './bodies-of-the-year';
import type { YearOverHttp } from './year-over-http';

/** How the last closing of a round came out. */
export async function closingOf(year: YearOverHttp, round: Round) {
  const { rounds } = await year.agreement();
  const found = rounds.find((each) => each.round === round);
  const last = found?.revisions.at(-1);
  const scores = last?.indicators.map(({ displayNumber, standing, weight, score, reason }) =>
    [displayNumber, standing, weight, score ?? '-', reason ?? '-'].join(' '),
  );
  return {
    revision: last?.revision,
    total: last?.total,
    band: last?.band,
    counted: last?.weightCountedPercent,
    scores,
  };
}

/** Replays every number at several moments, for who sees all and for who works on it. @returns the total of a round, at the end */
export async function replayedTotal(year: YearOverHttp, round: Round) {
  const head = await headOf(year);
  for (let position = head - 40; position <= head; position += 8)
    for (const person of ['dashboard', 'keeper'] as const)
      await expectReplayed((path) => year.read(person, path), year.agreementId, `asOfPosition=${position}`);
  const { numbers } = await expectReplayed(
    (path) => year.read('dashboard', path),
    year.agreementId,
    `asOfPosition=${head}`,
  );
  return numbers.find(({ number, of }) => number === 'total' && of.round === round);
}
