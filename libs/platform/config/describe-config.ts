import type { Config, IssuerConfig } from './config';

/**
 * The configuration for the log of the program: complete, except that a database is named by host and name only, and that
 * the secret of a client and the keys of the log are left out.
 */
export function describeConfig(config: Config): Record<string, unknown> {
  const { database, access, transparency, eventStore } = config;
  const { logKey: _logKey, ...toldOfTransparency } = transparency;
  return {
    ...config,
    transparency: toldOfTransparency,
    access: { ...access, issuer: withoutClientSecret(access.issuer) },
    database: database.kind === 'external' ? { ...database, url: withoutSecrets(database.url) } : database,
    ...(eventStore && { eventStore: { url: withoutUser(eventStore.url) } }),
  };
}

function withoutClientSecret(issuer: IssuerConfig): IssuerConfig {
  return issuer.kind === 'external' && issuer.client ? { ...issuer, client: { id: issuer.client.id } } : issuer;
}

// Several hosts make it no URL that can be parsed.
function withoutUser(eventStoreUrl: string): string {
  return eventStoreUrl.replace(/\/\/[^@/?]*@/, '//').replace(/\?.*$/, '');
}

// User, password and parameters all can hold secrets; what is left is enough to see which server is meant.
function withoutSecrets(databaseUrl: string): string {
  const { protocol, host, pathname } = new URL(databaseUrl);
  return `${protocol}//${host}${pathname}`;
}
