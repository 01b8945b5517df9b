/** A cookie that only this very host sets and gets, over a connection that nobody else reads, and that no script sees. */
export interface CookieToSet {
  readonly name: `__Host-${string}`;
  readonly value: string;
  /** Seconds; 0 removes the cookie. Absent: until the browser is closed. */
  readonly maxAgeSeconds?: number;
}

/** The `Set-Cookie` header of a cookie. */
export function setCookie({ name, value, maxAgeSeconds }: CookieToSet): string {
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  return `${name}=${value}; Path=/; HttpOnly; Secure; SameSite=Lax${age}`;
}

/** The value of a cookie in a `Cookie` header; undefined when it is not there, and when it is there twice. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  const found = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`));
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
}
