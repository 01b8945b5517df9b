import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { attachDatabase, startEmbeddedPostgres, type Database } from '@khamrap/platform/database';
import { openPostgresEventStore } from '@khamrap/platform/event-store';
import { judge, type JournalVerdict } from '@khamrap/testing';
import { MIGRATIONS } from '../../../apps/composition/infrastructure';
import {
  makeEmbeddedEnvironment,
  makeServiceEnvironment,
  startServiceProgram,
  type ServiceProgram,
  type Variables,
} from '../../../libs/testing/service';
import type { Victim } from '../crash-loop/run-crash-loop';

/** The program's entry. */
export const MAIN = path.resolve(__dirname, '../../../apps/api/main.ts');
const SILENT = { log: () => undefined, warn: () => undefined };

/** The service as a process of its own, at one address for all its lives, with journals of those who use it. */
export class ServiceUnderFault implements Victim {
  readonly journalFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-journals-'));
  #program: ServiceProgram | undefined;

  constructor(
    readonly variables: Variables,
    private readonly remove: () => Promise<void>,
  ) {}

  /** As somebody starts it on their own machine: PostgreSQL comes with it, and outlives its death. */
  static async withItsDatabase(): Promise<ServiceUnderFault> {
    const { variables, remove } = await makeEmbeddedEnvironment({ PORT: String(await freePort()) });
    const dataFolder = String(variables['KHAMRAP_DATA']);
    return started(variables, async () => {
      // Takes over what a killed service has left behind, and ends it.
      await (await startEmbeddedPostgres({ dataFolder, log: SILENT })).stop();
      await remove();
    });
  }

  /** On a database that goes on running when the service has ended. */
  static async onServer(): Promise<ServiceUnderFault> {
    const variables = { PORT: String(await freePort()) };
    const environment = await makeServiceEnvironment({ migrations: MIGRATIONS, variables });
    return started(environment.variables, environment.remove);
  }

  get url(): string {
    return `http://127.0.0.1:${this.variables['PORT']}`;
  }

  get program(): ServiceProgram {
    if (!this.#program) throw new Error('the service does not run');
    return this.#program;
  }

  async crash(): Promise<void> {
    await this.#program?.kill('SIGKILL');
  }

  async recover(): Promise<void> {
    this.#program = await startServiceProgram(MAIN, this.variables);
  }

  /** Its database, as another program of this machine reaches it. */
  async database(): Promise<Database> {
    const { KHAMRAP_DATA: dataFolder = '', KHAMRAP_ROLE_PREFIX: rolePrefix = 'khamrap', DATABASE_URL } = this.variables;
    const externalUrl = DATABASE_URL === undefined ? {} : { externalUrl: DATABASE_URL };
    const database = await attachDatabase({ dataFolder, rolePrefix, ...externalUrl });
    if (!database) throw new Error('the database does not run');
    return database;
  }

  /** Holds the journals of the clients against the log, whether the service runs or not. */
  async judged(): Promise<JournalVerdict> {
    const { append, read } = (await this.database()).urls;
    const store = await openPostgresEventStore({
      appendUrl: append,
      readUrl: read,
      origin: 'localhost/khamrap',
      clock: 'system',
    });
    const journalFiles = fs.readdirSync(this.journalFolder).map((name) => path.join(this.journalFolder, name));
    try {
      return await judge(journalFiles, (from, countMax) => store.readLog(from, countMax));
    } finally {
      await store.close();
    }
  }

  /** Ends it, and removes all that it has left. */
  async close(): Promise<void> {
    await this.crash();
    await this.remove();
    fs.rmSync(this.journalFolder, { recursive: true });
  }
}

async function started(variables: Variables, remove: () => Promise<void>): Promise<ServiceUnderFault> {
  const service = new ServiceUnderFault(variables, remove);
  try {
    await service.recover();
    return service;
  } catch (error) {
    await service.close();
    throw error;
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
