import { DataSource, type EntitySchema } from 'typeorm';
import type { Database } from './open-database';
import { int8AsNumber } from './pool';

const CONNECT_TIMEOUT_MS = 10_000;

export interface ReadDataSourceOptions {
  readonly database: Pick<Database, 'urls'>;
  /** Entity classes or schemas. */
  readonly entities: readonly (Function | EntitySchema)[];
  /** Connections at the most. */
  readonly poolSize: number;
}

/** TypeORM with the role that only reads, connected: it changes neither rows nor tables. */
export async function readDataSource({ database, entities, poolSize }: ReadDataSourceOptions): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: database.urls.read,
    applicationName: 'khamrap read',
    entities: [...entities],
    poolSize,
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    // TypeORM's log shows parameters, and these hold people's data.
    logging: false,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    // The pool replaces a connection that breaks while idle; there is nobody to tell.
    poolErrorHandler: () => undefined,
    extra: { types: int8AsNumber, keepAlive: true },
  });
  return dataSource.initialize();
}
