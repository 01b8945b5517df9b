import type { Config } from './config';

/** The configuration for the log of the program: complete, except that a database is named by host and name only. */
export function describeConfig(config: Config): Record<string, unknown> {
  const { database } = config;
  return {
    ...config,
    database: database.kind === 'external' ? { ...database, url: withoutSecrets(database.url) } : database,
  };
}

// User, password and parameters all can hold secrets; what is left is enough to see which server is meant.
function withoutSecrets(databaseUrl: string): string {
  const { protocol, host, pathname } = new URL(databaseUrl);
  return `${protocol}//${host}${pathname}`;
}
