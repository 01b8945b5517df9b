import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { canonicalJson, type JsonObject } from '@khamrap/kernel';
import type { NewEvent } from '@khamrap/platform/event-store';

const BODY_COUNT = 1_024;

interface PreparedBody {
  readonly data: JsonObject;
  readonly body: string;
  readonly salt: Buffer;
  readonly bodyHash: Buffer;
}

/** Bodies of about 600 bytes, made before anything is measured: what an event costs to make is on nobody's clock. */
const BODIES: readonly PreparedBody[] = Array.from({ length: BODY_COUNT }, () => {
  const data = {
    commandId: randomUUID(),
    correlationId: randomUUID(),
    decidedAt: '2026-11-23T04:05:06.789Z',
    actor: { id: randomUUID(), role: 'keeper', office: 'phrae-cdd' },
    provenance: { kind: 'native' },
    indicatorId: randomUUID(),
    span: '2022-10-01..2023-06-30',
    value: '2446.88',
    unit: 'millionBaht',
    finality: 'provisional',
    asPrinted: '2,446.88 ล้านบาท',
    note: 'ก'.repeat(40),
  };
  const body = canonicalJson(data);
  const salt = randomBytes(16);
  return { data, body, salt, bodyHash: createHash('sha256').update(salt).update(body).digest() };
});

let drawn = 0;

export function nextBody(): PreparedBody {
  return BODIES[drawn++ % BODY_COUNT] as PreparedBody;
}

/** An event that the store has not seen. */
export function nextEvent(): NewEvent {
  const { body, salt, bodyHash } = nextBody();
  return { eventId: randomUUID(), type: 'ActualReported', schemaVersion: 1, body, salt, bodyHash };
}

export const BODY_BYTES = Buffer.byteLength((BODIES[0] as PreparedBody).body);
