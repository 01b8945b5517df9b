import { BEFORE_FIRST } from '@khamrap/kernel';
import type { EventStore } from '@khamrap/platform/event-store';
import { momentOfStreams, NotProjectedYet, NotRecordedYet, type Freshness } from './past-position';

const OPENED_AT = Date.parse('2026-10-01T00:00:00Z');
/** A log of eight events, one in each second. */
const store = {
  head: () => Promise.resolve({ position: 7, recordedAt: OPENED_AT + 7_000 }),
  positionAt: (time: number) =>
    Promise.resolve(time < OPENED_AT ? BEFORE_FIRST : Math.floor((time - OPENED_AT) / 1_000)),
} as unknown as EventStore;

test.each<[string, Freshness, object]>([
  ['the present', {}, { position: 7, past: false }],
  ['the present, which has come as far as is asked', { minPosition: 7 }, { position: 7, past: false }],
  ['a position', { asOfPosition: 3 }, { position: 3, past: true, until: 3 }],
  ['a time', { asOf: '2026-10-01T00:00:02.500Z' }, { position: 2, past: true, until: 2 }],
  [
    'a time before the first event',
    { asOf: '2020-01-01T00:00:00Z' },
    { position: BEFORE_FIRST, past: true, until: BEFORE_FIRST },
  ],
])('streams are read at %s', async (_what, freshness, moment) => {
  expect(await momentOfStreams(store, freshness)).toEqual(moment);
});

test.each<[string, Freshness, new (...facts: never[]) => Error]>([
  ['that the log has not reached', { minPosition: 8 }, NotProjectedYet],
  ['of the past that lies ahead', { asOfPosition: 8 }, NotRecordedYet],
  ['that has not come', { asOf: '2999-01-01T00:00:00Z' }, NotRecordedYet],
])('streams are not read at a moment %s', async (_what, freshness, refusal) => {
  await expect(momentOfStreams(store, freshness)).rejects.toBeInstanceOf(refusal);
});
