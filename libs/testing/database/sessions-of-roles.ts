import type { Database } from '@khamrap/platform/database';
import { Client } from 'pg';

export type Role = keyof Database['urls'];

/** Sessions of the roles of a database, as pg makes them, each opened when it is first needed and kept: opening takes long. */
export class SessionsOfRoles {
  readonly #sessions = new Map<Role, Promise<Client>>();

  constructor(private readonly urls: Database['urls']) {}

  /** One statement, or several as one, each transaction ended before. @returns the rows */
  async query<Row extends object>(role: Role, sql: string, values?: readonly unknown[]): Promise<Row[]> {
    const session = this.#sessions.get(role) ?? this.#open(role);
    this.#sessions.set(role, session);
    const client = await session;
    return (await client.query<Row>(sql, values && [...values])).rows;
  }

  /** Before the database is dropped. */
  async close(): Promise<void> {
    const sessions = await Promise.all(this.#sessions.values());
    this.#sessions.clear();
    await Promise.all(sessions.map((client) => client.end()));
  }

  async #open(role: Role): Promise<Client> {
    const client = new Client({ connectionString: this.urls[role] });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}
