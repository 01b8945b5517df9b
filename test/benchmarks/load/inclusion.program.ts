import { latenciesOf, type Latencies } from '../measure/statistics';
import { programOptions, tellResult } from '../server/run-program';
import { Actuals, type ActualsOptions } from './actuals';
import { HttpConnection } from './connection';

export interface InclusionOptions extends ActualsOptions {
  readonly url: string;
  readonly commandsASecond: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
}

export interface InclusionResult {
  /** From the answer to a command until its receipt proves it. */
  readonly includedMs: Latencies;
  readonly commandsASecond: number;
}

const LANE_COUNT = 8;

async function run({
  url,
  commandsASecond,
  durationMs,
  warmUpMs,
  ...reports
}: InclusionOptions): Promise<InclusionResult> {
  const actuals = new Actuals(reports);
  const includedMs: number[] = [];
  const begun = performance.now();
  const everyMs = (LANE_COUNT / commandsASecond) * 1_000;
  const lanes = Array.from({ length: LANE_COUNT }, async (_, lane) => {
    const connection = await HttpConnection.open(url);
    for (let turn = 0; performance.now() - begun < warmUpMs + durationMs; turn++) {
      const dueMs = begun + (turn + lane / LANE_COUNT) * everyMs;
      await new Promise((resolve) => setTimeout(resolve, Math.max(dueMs - performance.now(), 0)));
      const answer = await connection.send(actuals.next());
      const answeredMs = performance.now();
      if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.body}`);
      const [eventId] = (JSON.parse(answer.body) as { eventIds: readonly string[] }).eventIds.slice(-1);
      const path = `/v1/audit/receipts/${eventId}?min=included&wait=10`;
      const receipt = await connection.send({ method: 'GET', path, headers: {} });
      if (!/"status":"(?:included|witnessed)"/.test(receipt.body)) throw new Error(`not included: ${receipt.body}`);
      if (answeredMs - begun > warmUpMs) includedMs.push(performance.now() - answeredMs);
    }
    connection.close();
  });
  await Promise.all(lanes);
  return { includedMs: latenciesOf(includedMs), commandsASecond: includedMs.length / (durationMs / 1_000) };
}

void run(programOptions<InclusionOptions>()).then((result) => tellResult(result));
