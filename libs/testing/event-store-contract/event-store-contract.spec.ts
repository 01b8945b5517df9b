import { BEFORE_FIRST } from '@khamrap/kernel';
import type { EventStore } from '@khamrap/platform/event-store';
import { withLatePositions } from '../with-late-positions';
import { append, freshStream, opening } from './appends';
import { eventStoreContract } from './event-store-contract';
import { memoryLog } from './memory-log.double';
import { Subscriber } from './subscriber';

eventStoreContract(
  'a log in memory',
  async () => memoryLog('system'),
  async () => memoryLog('simulated'),
);

eventStoreContract('a log in memory that learns positions late', async () => {
  const log = memoryLog('system');
  const openAnother = async (): Promise<EventStore> => withLatePositions(await log.openAnother());
  return { ...log, store: withLatePositions(log.store), openAnother };
});

describe('a store that learns positions late', () => {
  test('answers without a position, and shows an event by position only when it is learned', async () => {
    const { store } = memoryLog('system');
    const late = withLatePositions(store, Infinity);
    const request = opening(freshStream());
    await expect(append(late, request)).resolves.toMatchObject({ firstPosition: null });

    const { eventId } = request.events[0]!;
    await expect(late.readStream(request.stream, 0, 1)).resolves.toMatchObject([{ eventId }]);
    await expect(late.readEvent(eventId)).resolves.toBeUndefined();
    await expect(late.readLog(1, 10)).resolves.toEqual([]);
    await expect(late.head()).resolves.toMatchObject({ position: 0 });
    const subscriber = new Subscriber(late, BEFORE_FIRST, 1);
    await subscriber.untilPosition(0);
    await subscriber.stop();
    expect(subscriber.positions).toEqual([0]);
  });
});
