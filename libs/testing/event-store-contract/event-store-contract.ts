import type { EventStore } from '@khamrap/platform/event-store';
import { appending } from './appending.contract';
import { idempotency } from './idempotency.contract';
import { identity, simulatedClock } from './identity.contract';
import type { ContractCase, LogUnderTest, OpenLog } from './log-under-test';
import { races } from './races.contract';
import { reading } from './reading.contract';
import { sizesAndScripts } from './sizes-and-scripts.contract';
import { subscribing } from './subscribing.contract';

const CASE_MS_MAX = 60_000;

/** The contract by theme. A log may already hold events of other cases of its theme when a case begins. */
export const CONTRACT: Readonly<Record<string, readonly ContractCase[]>> = {
  identity,
  appending,
  idempotency,
  races,
  reading,
  subscribing,
  'sizes and scripts': sizesAndScripts,
};

/**
 * Registers with Jest everything that any engine must do behind the port EventStore.
 *
 * @param name of the engine
 * @param openLog opens a new log with the system's clock; called once for each theme
 * @param openSimulatedLog opens a new log with a simulated clock, where the engine has one
 */
export function eventStoreContract(name: string, openLog: OpenLog, openSimulatedLog?: OpenLog): void {
  describe(`${name} is an event store`, () => {
    for (const [theme, cases] of Object.entries(CONTRACT)) registerTheme(theme, cases, openLog);
    if (openSimulatedLog) registerTheme('simulated clock', simulatedClock, openSimulatedLog);
  });
}

function registerTheme(theme: string, cases: readonly ContractCase[], openLog: OpenLog): void {
  describe(theme, () => {
    let log: LogUnderTest;
    beforeAll(async () => {
      log = await openLog();
    }, CASE_MS_MAX);
    afterAll(() => log.dispose(), CASE_MS_MAX);
    for (const { title, run } of cases) test(title, () => runCase(run, log), CASE_MS_MAX);
  });
}

/** Runs one case and closes the instances that it has opened. */
export async function runCase(run: ContractCase['run'], log: LogUnderTest): Promise<void> {
  const opened: EventStore[] = [];
  const openAnother = async (): Promise<EventStore> => {
    const another = await log.openAnother();
    opened.push(another);
    return another;
  };
  try {
    await run({ store: log.store, openAnother, dispose: () => log.dispose() });
  } finally {
    for (const another of opened) await another.close();
  }
}
