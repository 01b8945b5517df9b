import { announceAgreements, caughtUp, commandLoad, numbered, type LoadRun } from './http';
import { alternate, type Contestant, type Rounds } from './measure/rounds';
import type { Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';
import { startService } from './server/service-process';

/** How one side of a comparison is started. */
export interface Side {
  readonly variables?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
}

/**
 * The service beside itself, told otherwise. Each side is started for its turn and is alone, projecting as it answers: as in the
 * row of commands over HTTP.
 */
export async function serviceBesideItself<Name extends string>(
  server: BenchmarkServer,
  plan: Plan & { readonly rounds: Rounds },
  database: string,
  sides: Readonly<Record<Name, Side>>,
): Promise<Record<Name, LoadRun[]>> {
  const agreements = await announceAgreements(server, database, plan.agreementCount);
  const environment = server.serviceEnvironment(database);
  // Every turn warms up and is measured: no figure is reported twice.
  const numbering = numbered(2 * Object.keys(sides).length * (plan.rounds.count + 1));
  const alone = ({ variables = {}, nodeArguments = [] }: Side): Contestant<LoadRun> => {
    return async (durationMs) => {
      const service = await startService({ ...environment, ...variables }, nodeArguments);
      await caughtUp(server, database);
      const token = await service.token('recorder');
      const load = commandLoad([service], { agreements: agreements.slice(1), choice: 'skewed', token }, numbering);
      await load(plan.serviceWarmUpMs, 0);
      await server.checkpoint();
      const run = await load(durationMs, 0);
      await service.stop();
      return run;
    };
  };
  const contestants = Object.fromEntries(Object.entries<Side>(sides).map(([name, side]) => [name, alone(side)]));
  const runs = await alternate(contestants as Record<Name, Contestant<LoadRun>>, plan.rounds);
  await server.dropDatabase(database);
  return runs;
}
