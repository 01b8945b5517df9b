import {
  AccessDeniedError,
  BACKWARDS,
  END,
  type EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  StreamNotFoundError,
  type Credentials,
} from '@eventstore/db-client';
import { isDeepStrictEqual } from 'node:util';
import { clientOf, credentialsIn } from './client';
import { collect } from './collect';
import { StoreConnection } from './store-connection';
import { StoredForm } from './stored-form';

export interface GuardStoreOptions {
  /** Address of the store with an administrator's user and password. */
  readonly adminUrl: string;
  /** Address of the store with those of the service. */
  readonly url: string;
  /** Name of the ledger among those that share the store. */
  readonly ledger: string;
}

const SILENCE_MS_MAX = 10_000;
const SETTINGS = '$settings';
const ADMINISTRATORS = '$admins';

/**
 * Has the store let the service append and read, and nothing else: neither delete nor cut streams, nor change who may. Rights of
 * all streams are set at once, for those that are yet to come too (docs.kurrent.io, "Access control lists": `$settings` and the
 * metadata of `$all`).
 * @returns why not, as a sentence; undefined when it is so now, and has been tried as the service
 */
export async function guardStore({ adminUrl, url, ledger }: GuardStoreOptions): Promise<string | undefined> {
  const service = credentialsIn(url);
  const credentials = credentialsIn(adminUrl);
  if (!service || !credentials)
    return 'A store without users holds nobody off: run it with users, and give both addresses theirs.';
  const client = clientOf(adminUrl);
  try {
    const refusal = await setRights(client, credentials, service.username);
    if (refusal !== undefined) return refusal;
  } catch (error) {
    if (error instanceof AccessDeniedError)
      return 'The user of EVENTSTORE_ADMIN_URL is no administrator of the store, or its password is wrong.';
    return `The store cannot be asked: ${error instanceof Error ? error.message : String(error)}.`;
  } finally {
    await client.dispose();
  }
  return tryRights(url, ledger);
}

async function setRights(
  client: EventStoreDBClient,
  credentials: Credentials,
  user: string,
): Promise<string | undefined> {
  const wanted = rightsFor(user);
  const reading = client.readStream(SETTINGS, { direction: BACKWARDS, fromRevision: END, maxCount: 1, credentials });
  const last = await collect(reading, SILENCE_MS_MAX).then(
    ([found]) => found?.event,
    (error: unknown) => {
      if (error instanceof StreamNotFoundError) return undefined;
      throw error;
    },
  );
  if (last && !isDeepStrictEqual(last.data, wanted))
    return (
      'The store has default rights of its own already, which others may rest on. An administrator has to bring together ' +
      `${JSON.stringify(last.data)} and ${JSON.stringify(wanted)}.`
    );
  if (!last)
    await client.appendToStream(SETTINGS, jsonEvent({ type: SETTINGS, data: wanted }), {
      expectedRevision: NO_STREAM,
      credentials,
    });
  const readers = [user, ADMINISTRATORS];
  const acl = { readRoles: readers, writeRoles: [ADMINISTRATORS], deleteRoles: [ADMINISTRATORS] };
  const ofMetadata = { metaReadRoles: [ADMINISTRATORS], metaWriteRoles: [ADMINISTRATORS] };
  await client.setStreamMetadata('$all', { acl: { ...acl, ...ofMetadata } }, { credentials });
  return undefined;
}

function rightsFor(user: string) {
  const both = [user, ADMINISTRATORS];
  const ofUsers = { $r: both, $w: both, $d: ADMINISTRATORS, $mr: both, $mw: ADMINISTRATORS };
  const closed = ADMINISTRATORS;
  return {
    $userStreamAcl: ofUsers,
    $systemStreamAcl: { $r: closed, $w: closed, $d: closed, $mr: closed, $mw: closed },
  };
}

/** What was set is tried, not believed. */
async function tryRights(url: string, ledger: string): Promise<string | undefined> {
  const connection = new StoreConnection({ url, insistForMs: 0 });
  try {
    if (!(await connection.answers())) return 'The service cannot read the log of the store: is its password right?';
    return (await mayCut(connection, new StoredForm(ledger)))
      ? 'The service can still cut its streams: is its user an administrator of the store?'
      : undefined;
  } finally {
    await connection.close();
  }
}

/** Whether the store lets the service do what would harm the log: tried on a stream that nobody uses. @throws what the client throws */
export async function mayCut(connection: StoreConnection, form: StoredForm): Promise<boolean> {
  try {
    await connection.writeNoMetadata(`${form.prefix}guard`);
    return true;
  } catch (error) {
    if (error instanceof AccessDeniedError) return false;
    throw error;
  }
}
