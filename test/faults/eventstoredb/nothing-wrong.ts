import type { EventStore } from '@khamrap/platform/event-store';
import { wholeLog, type CarriedBench } from '../../../libs/platform/event-store/eventstoredb/spec/carried-bench';
import type { CarriedLoad } from './carried-load';

/** Holds the journals of finished clients against the copy of the log, and the copy against what $all gives anew. */
export async function expectNothingWrong(
  load: CarriedLoad,
  store: EventStore,
  bench: CarriedBench,
  seed: number,
): Promise<void> {
  const copy = await wholeLog(store);
  const verdict = await load.judged(store);
  // The seed is there to be printed: with it the same choices can be made again.
  expect({ seed, violations: verdict.violations }).toEqual({ seed, violations: [] });
  // Everything that was in the air has been found out by asking again; the one event of nobody is LedgerOpened.
  expect(verdict).toMatchObject({ unknownCount: 0, unaccountedCount: 1 });
  // A run in which nothing was going on would prove nothing.
  expect(verdict.acknowledgedCount).toBeGreaterThan(50);
  expect(verdict.rejectedCount).toBeGreaterThan(0);
  expect((await load.told()).UNKNOWN).toBeGreaterThan(0);
  expect(await bench.derivedAnew()).toEqual(copy);
}
