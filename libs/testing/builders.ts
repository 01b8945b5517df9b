import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { canonicalJson, NATIVE, type Actor, type JsonObject } from '@khamrap/kernel';
import type { CommandContext, NewEvent } from '@khamrap/platform/event-store';
import { fakeClock } from './fake-clock';

/** The head of an office; name the role or the office where they matter. */
export function actor(overrides: Partial<Actor> = {}): Actor {
  return { id: randomUUID(), role: 'officeHead', office: 'office-of-the-test', ...overrides };
}

/** What stands around a command; each context is a command of its own unless a `commandId` is given. */
export function commandContext(overrides: Partial<CommandContext> = {}): CommandContext {
  return {
    commandId: randomUUID(),
    requestHash: randomBytes(32).toString('base64url'),
    actor: actor(),
    decidedAt: fakeClock().nowText(),
    correlationId: randomUUID(),
    provenance: NATIVE,
    ...overrides,
  };
}

/** What may be said of an event to be built; all else is filled in. */
export interface EventSketch {
  readonly eventId?: string;
  readonly type?: string;
  readonly schemaVersion?: number;
  readonly data?: JsonObject;
  /** 16 bytes. */
  readonly salt?: Buffer;
}

/** An event that any log takes: canonical body, salt, and their hash. */
export function newEvent(sketch: EventSketch = {}): NewEvent {
  const { eventId = randomUUID(), type = 'TestWritten', schemaVersion = 1, data = {}, salt = randomBytes(16) } = sketch;
  const body = canonicalJson({ eventId, type, schemaVersion, data });
  // Computed here rather than by the codec's function, so that a mistake there does not excuse itself.
  const bodyHash = createHash('sha256').update(salt).update(body, 'utf8').digest();
  return { eventId, type, schemaVersion, body, salt, bodyHash };
}

/** Events that tell apart which is which: their data is `{ number: 0 }`, `{ number: 1 }` and so on. */
export function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, number) => newEvent({ data: { number } }));
}
