import type { Position } from '@khamrap/kernel';
import type { RecordedEvent } from '../event-store';
import { SharedTail } from './shared-tail';

/** A log of so many events, and what was read of it. */
function logOf(eventCount: number) {
  const reads: (readonly [from: Position, countMax: number])[] = [];
  const log = { eventCount, fails: false };
  const tail = new SharedTail(async (from, countMax) => {
    reads.push([from, countMax]);
    if (log.fails) throw new Error('the store is away');
    const count = Math.max(0, Math.min(countMax, log.eventCount - from));
    return Array.from({ length: count }, (_, index) => ({ position: from + index }) as RecordedEvent);
  });
  const positions = async (from: Position, countMax: number): Promise<readonly Position[]> =>
    (await tail.readFrom(from, countMax)).map(({ position }) => position);
  return { log, reads, positions };
}

test('what one has read, the others do not read again', async () => {
  const { reads, positions } = logOf(10);
  expect(await positions(0, 4)).toEqual([0, 1, 2, 3]);
  expect(await positions(0, 2)).toEqual([0, 1]);
  expect(await positions(2, 100)).toEqual([2, 3]);
  expect(reads).toEqual([[0, 4]]);
  expect(await positions(4, 100)).toEqual([4, 5, 6, 7, 8, 9]);
  expect(await positions(1, 100)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(reads).toHaveLength(2);
});

test('those who ask at the same moment ask once, and none is told more than it asked for', async () => {
  const { reads, positions } = logOf(10);
  const answers = await Promise.all([positions(3, 5), positions(3, 2), positions(3, 100)]);
  expect(answers).toEqual([
    [3, 4, 5, 6, 7],
    [3, 4],
    [3, 4, 5, 6, 7],
  ]);
  expect(reads).toEqual([[3, 5]]);
});

test('an end is looked at anew each time, and so is a log after it could not be read', async () => {
  const { log, reads, positions } = logOf(2);
  expect(await positions(2, 5)).toEqual([]);
  expect(await positions(2, 5)).toEqual([]);
  log.fails = true;
  await expect(positions(2, 5)).rejects.toThrow('away');
  Object.assign(log, { fails: false, eventCount: 3 });
  expect(await positions(2, 5)).toEqual([2]);
  expect(reads).toHaveLength(4);
});

test('who reads the log anew is not in the way of those who follow its end', async () => {
  const { reads, positions } = logOf(30_000);
  await positions(29_000, 1_000);
  expect(await positions(0, 3)).toEqual([0, 1, 2]);
  expect(await positions(29_500, 2)).toEqual([29_500, 29_501]);
  // Overlapping what is known, and reaching beyond nothing of it.
  expect(await positions(28_999, 3)).toEqual([28_999, 29_000, 29_001]);
  expect(await positions(29_999, 3)).toEqual([29_999]);
  expect(reads.map(([from]) => from)).toEqual([29_000, 0, 28_999]);
});

test('only the newest part is kept', async () => {
  const { reads, positions } = logOf(20_000);
  for (let from = 0; from < 20_000; from += 2_000) await positions(from, 2_000);
  reads.length = 0;
  expect(await positions(19_999, 1)).toEqual([19_999]);
  expect(await positions(16_000, 1)).toEqual([16_000]);
  expect(reads).toEqual([]);
  expect(await positions(10_000, 1)).toEqual([10_000]);
  expect(reads).toEqual([[10_000, 1]]);
});
