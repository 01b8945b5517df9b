import { latenciesOf, type Latencies } from '../measure/statistics';
import { programOptions, tellResult } from '../server/run-program';
import { Actuals, type ActualsOptions } from './actuals';
import { HttpConnection } from './connection';

export interface CommandLoadOptions extends ActualsOptions {
  /** The connections are shared out evenly among them. */
  readonly urls: readonly string[];
  readonly connectionCount: number;
  readonly durationMs: number;
}

export interface CommandLoadResult {
  readonly commandsASecond: number;
  readonly latenciesMs: Latencies;
}

async function run(options: CommandLoadOptions): Promise<CommandLoadResult> {
  const actuals = new Actuals(options);
  const connections = await Promise.all(
    Array.from({ length: options.connectionCount }, (_, index) =>
      HttpConnection.open(options.urls[index % options.urls.length] as string),
    ),
  );
  const latenciesMs: number[] = [];
  const begun = performance.now();
  const lane = async (connection: HttpConnection): Promise<void> => {
    for (let sent = begun; sent - begun < options.durationMs; sent = performance.now()) {
      const { status, body } = await connection.send(actuals.next());
      if (status !== 200 && status !== 201) throw new Error(`answered ${status}: ${body}`);
      latenciesMs.push(performance.now() - sent);
    }
  };
  await Promise.all(connections.map(lane));
  const seconds = (performance.now() - begun) / 1_000;
  for (const connection of connections) connection.close();
  return { commandsASecond: latenciesMs.length / seconds, latenciesMs: latenciesOf(latenciesMs) };
}

void run(programOptions<CommandLoadOptions>()).then((result) => tellResult(result));
