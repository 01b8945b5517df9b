import { NO_STREAM } from '@khamrap/kernel';
import { APPEND_EVENT_COUNT_MAX, type AppendRequest, type LogIdentity } from './event-store';

const REVISION_MAX = 2 ** 31 - 1 - APPEND_EVENT_COUNT_MAX;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What is no append at all is refused before anything is sent, so that it harms no other.
 * @throws RangeError
 */
export function checkAppend({ events, expectedRevision, recordedAt }: AppendRequest, { clock }: LogIdentity): void {
  if (events.length === 0 || events.length > APPEND_EVENT_COUNT_MAX)
    throw new RangeError(`an append holds 1 to ${APPEND_EVENT_COUNT_MAX} events`);
  if (!Number.isInteger(expectedRevision) || expectedRevision < NO_STREAM || expectedRevision > REVISION_MAX)
    throw new RangeError(`${expectedRevision} is not a revision`);
  for (const { eventId, salt, bodyHash } of events) {
    if (!UUID.test(eventId)) throw new RangeError(`"${eventId}" is not a UUID`);
    if (salt.length !== SALT_BYTES || bodyHash.length !== HASH_BYTES)
      throw new RangeError(`a salt has ${SALT_BYTES} bytes, a hash ${HASH_BYTES}`);
  }
  if (recordedAt === undefined) return;
  if (clock !== 'simulated') throw new RangeError('this log reads its own clock');
  if (!Number.isSafeInteger(recordedAt) || recordedAt <= 0) throw new RangeError(`${recordedAt} is not a time`);
}
