import type * as OidcProvider from 'oidc-provider';

/**
 * Loads the package of the embedded issuer when it is first needed, for most programs never need it.
 *
 * On Node 20 it says to the console, while it is loaded, that it wants a later line. It runs there all the same, as the tests
 * of every supported line show, and whoever starts the service has not asked: that one sentence is not passed on.
 */
export async function loadProvider(): Promise<typeof OidcProvider> {
  const { console } = globalThis;
  const before = Object.getOwnPropertyDescriptor(console, 'warn');
  const warn = console.warn.bind(console) as (...said: readonly unknown[]) => void;
  console.warn = (...said: readonly unknown[]) => {
    if (!String(said[0]).includes('Unsupported runtime')) warn(...said);
  };
  try {
    return await import('oidc-provider');
  } finally {
    if (before) Object.defineProperty(console, 'warn', before);
  }
}
