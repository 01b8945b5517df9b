import * as net from 'node:net';

/** A value that a setting cannot have; the message completes the sentence `NAME must be …`. */
export class BadValue extends Error {
  override readonly name = 'BadValue';
}

/** Turns the text of a variable into its value, or throws BadValue. */
export type Reader<Value> = (text: string) => Value;

export const anyText: Reader<string> = (text) => text;

export function wholeNumber(minimum: number, maximum: number): Reader<number> {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new BadValue(`a whole number from ${minimum} to ${maximum}`);
  };
}

export function oneOf<const Choice extends string>(...choices: readonly Choice[]): Reader<Choice> {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    throw new BadValue(`one of ${choices.join(', ')}`);
  };
}

const yesOrNo = oneOf('yes', 'no');
export const yes: Reader<boolean> = (text) => yesOrNo(text) === 'yes';

export function matching(pattern: RegExp, description: string): Reader<string> {
  return (text) => {
    if (pattern.test(text)) return text;
    throw new BadValue(description);
  };
}

export const hostName: Reader<string> = (text) => {
  if (net.isIP(text) !== 0 || /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)) return text;
  throw new BadValue('an address or a host name');
};

export const postgresUrl: Reader<string> = (text) => {
  const url = parsedUrl(text);
  if (url !== undefined && (url.protocol === 'postgres:' || url.protocol === 'postgresql:')) return text;
  throw new BadValue('a URL that begins with postgres:// or postgresql://');
};

const EVENT_STORE = /^esdb(?:\+discover)?:\/\/(?<user>[^\s:@/?]+:[^\s@/?]+@)?[^\s@/?]+(?:\/?\?(?<query>[^\s?]*))?$/;

/**
 * Anonymous connections are taken only where the store has no users at all. The client library knows the newer scheme
 * kurrentdb:// not yet; the servers answer to both.
 */
export const eventStoreUrl: Reader<string> = (text) => {
  const { user, query } = EVENT_STORE.exec(text)?.groups ?? { user: undefined, query: undefined };
  const isOpen = /(?:^|&)tls=false(?:&|$)/i.test(query ?? '');
  if (EVENT_STORE.test(text) && (user !== undefined || isOpen)) return text;
  throw new BadValue(
    'an address that begins with esdb:// or esdb+discover://, with user and password unless tls=false',
  );
};

/** Plain http is taken only from the machine itself: on any other way a key could be swapped for another. */
export const issuerUrl: Reader<string> = (text) => {
  const url = parsedUrl(text);
  const isSafe =
    url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
  if (isSafe && url.search === '' && url.hash === '' && url.username === '') return text;
  throw new BadValue('an https URL without query (http only for this machine itself)');
};

/** Where browsers find the service. Plain http only on the machine itself: elsewhere they would not send the session's cookie. */
export const serviceOrigin: Reader<string> = (text) => {
  const url = parsedUrl(text);
  const isSafe =
    url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
  if (isSafe && (text === url.origin || text === `${url.origin}/`)) return url.origin;
  throw new BadValue('https, a host and at most a port (http only for this machine itself)');
};

const PRIVATE_KEYS = /^(?:-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\s*)+$/;

/** Private keys in PEM, one behind the other; `\\n` in the text stands for a line break, which not every shell can pass on. */
export const privateKeys: Reader<string> = (text) => {
  const keys = text.replaceAll('\\n', '\n').trim();
  if (PRIVATE_KEYS.test(keys)) return keys;
  throw new BadValue('private keys in PEM (PKCS#8), one behind the other');
};

export const networks: Reader<readonly string[]> = (text) =>
  text.split(',').map((part) => {
    const [address = '', prefix, ...rest] = part.trim().split('/');
    const version = net.isIP(address);
    const bitsMax = version === 4 ? 32 : 128;
    const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bitsMax);
    if (version !== 0 && isPrefix && rest.length === 0) return part.trim();
    throw new BadValue('addresses or networks such as 10.0.0.0/8, separated by commas');
  });

/** Origins as browsers write them (RFC 6454 §6.2): what is compared with `Origin` must be the same text. */
export const origins: Reader<readonly string[]> = (text) =>
  text.split(',').map((part) => {
    const origin = part.trim();
    const url = parsedUrl(origin);
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
    // The WHATWG URL takes an asterisk for a host name like any other.
    if (isSafe && url.origin === origin && !origin.includes('*')) return origin;
    throw new BadValue('https origins without path, separated by commas (http only for this machine itself)');
  });

/** Whether a host name can only mean the machine itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function parsedUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
