import type { Client } from 'pg';

/** The builtin locale apart, everything we rely on has been there since 15, such as security_invoker views. */
const SERVER_VERSION_MIN = 15;

/** The server would acknowledge what a loss of power takes away again. */
export class UnsafeDurability extends Error {
  override readonly name = 'UnsafeDurability';

  /** @param settings the offending settings and their values */
  constructor(readonly settings: Readonly<Record<string, string>>) {
    const list = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    super(
      `The database server would acknowledge events that it may lose when the power fails (${list.join(', ')}). ` +
        'Set these to on; a database whose loss does not matter can be allowed by name.',
    );
  }
}

export async function requireServerVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  const version = rows[0]?.server_version ?? '';
  if (!(Number.parseInt(version, 10) >= SERVER_VERSION_MIN)) {
    throw new Error(`The database server is PostgreSQL ${version}; this program needs ${SERVER_VERSION_MIN} or newer.`);
  }
}

/**
 * Judges the session that it is given: synchronous_commit can be set for a role or a database too.
 *
 * @throws UnsafeDurability
 */
export async function requireDurability(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings
     WHERE (name IN ('fsync', 'full_page_writes') AND setting <> 'on')
        -- All of these flush to the local disk before they acknowledge; some wait for standbys as well.
        OR (name = 'synchronous_commit' AND setting NOT IN ('on', 'local', 'remote_write', 'remote_apply'))
     ORDER BY name`,
  );
  if (rows.length > 0) throw new UnsafeDurability(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])));
}
