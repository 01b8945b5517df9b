import { eventStoreContract, eventually, newEvents } from '@khamrap/testing';
import { NO_STREAM, streamName } from '@khamrap/kernel';
import { randomUUID } from 'node:crypto';
import { openCarriedLog } from './spec/carried-log';

eventStoreContract(
  'EventStoreDB',
  () => openCarriedLog('system'),
  () => openCarriedLog('simulated'),
);

test('while no instance sequences, an append is answered with a token, by which its position is learned later', async () => {
  const log = await openCarriedLog('system');
  const apart = await log.openWithoutSequencer(100);
  try {
    const { position: before } = await apart.head();
    await log.store.close();
    const request = { stream: streamName('contract', randomUUID()), expectedRevision: NO_STREAM, events: newEvents(3) };
    const first = await apart.append(request);
    expect(first).toMatchObject({ kind: 'appended', firstRevision: 0, firstPosition: null, recordedAt: null });
    const { after } = first as typeof first & { readonly after: string };
    const ids = request.events.map(({ eventId }) => eventId);
    const standing = await apart.readStream(request.stream, 0, 10);
    expect(standing.map(({ eventId }) => eventId)).toEqual(ids);
    expect(await apart.readRecorded(request.stream, 0, 10)).toEqual([]);
    expect([await apart.head(), await apart.positionOf(after)]).toMatchObject([{ position: before }, undefined]);
    // Nor does it help to ask again.
    expect(await apart.append(request)).toEqual({ ...first, repeated: true });

    const sequencing = await log.openAnother();
    try {
      expect(await eventually('the position', () => apart.positionOf(after))).toBe(before + 3);
      expect((await apart.readRecorded(request.stream, 0, 10)).map(({ eventId }) => eventId)).toEqual(ids);
      const { recordedAt } = (await apart.readEvent(ids[0]!))!;
      expect(await apart.append(request)).toMatchObject({ repeated: true, firstPosition: before + 1, recordedAt });
    } finally {
      await sequencing.close();
    }
  } finally {
    await apart.close();
    await log.dispose();
  }
});
