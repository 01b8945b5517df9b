import { createHash } from 'node:crypto';
import { actor, commandContext, newEvent, newEvents } from './builders';

describe('a built event', () => {
  test('has a canonical body and the hash of salt and body', () => {
    const event = newEvent({ data: { b: 'น้ำ', a: 1 } });
    expect(event.body).toBe(
      `{"data":{"a":1,"b":"น้ำ"},"eventId":"${event.eventId}","schemaVersion":1,"type":"TestWritten"}`,
    );
    expect(event.salt).toHaveLength(16);
    const hashed = Buffer.concat([event.salt, Buffer.from(event.body, 'utf8')]);
    expect(event.bodyHash).toEqual(createHash('sha256').update(hashed).digest());
  });

  test('is the same event when everything that chance would fill in is given', () => {
    const sketch = { eventId: 'b7e6a3a0-0000-4000-8000-000000000000', salt: Buffer.alloc(16, 7) };
    expect(newEvent(sketch)).toEqual(newEvent(sketch));
    expect(newEvent().eventId).not.toBe(newEvent().eventId);
  });

  test('is one of as many as were asked for', () => {
    expect(newEvents(3).map((event) => (JSON.parse(event.body) as { data: unknown }).data)).toEqual([
      { number: 0 },
      { number: 1 },
      { number: 2 },
    ]);
  });
});

describe('a built context', () => {
  test('is a command of its own unless told otherwise', () => {
    expect(commandContext().commandId).not.toBe(commandContext().commandId);
    expect(commandContext({ commandId: 'mine', actor: actor({ role: 'keeper' }) })).toMatchObject({
      commandId: 'mine',
      actor: { role: 'keeper' },
      decidedAt: '2025-10-02T02:00:00.000Z',
    });
  });
});
