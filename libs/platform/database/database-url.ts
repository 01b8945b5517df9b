/** A PostgreSQL server and database with a login, as `postgresql://user:password@host:port/database?options`. */
export class DatabaseUrl {
  readonly role: string;
  readonly password: string;
  readonly databaseName: string;
  readonly #url: URL;

  /** @throws Error that tells what is missing, without repeating the address, which holds a password */
  constructor(text: string) {
    this.#url = parse(text);
    this.role = decodeURIComponent(this.#url.username);
    this.password = decodeURIComponent(this.#url.password);
    this.databaseName = decodeURIComponent(this.#url.pathname.slice(1));
    if (this.role === '' || this.password === '') {
      // The passwords of our own roles are derived from this one: an empty one would make them known to everyone.
      throw new Error('The address of the database must name a user and a password before the host.');
    }
    if (this.databaseName === '') throw new Error('The address of the database must name a database after the host.');
  }

  withLogin(role: string, password: string): string {
    const url = new URL(this.#url);
    url.username = encodeURIComponent(role);
    url.password = encodeURIComponent(password);
    return url.href;
  }

  withDatabase(databaseName: string): DatabaseUrl {
    const url = new URL(this.#url);
    url.pathname = `/${encodeURIComponent(databaseName)}`;
    return new DatabaseUrl(url.href);
  }

  get href(): string {
    return this.#url.href;
  }
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol) || url.hostname === '') {
    throw new Error('The address of the database must have the form postgresql://user:password@host:5432/database.');
  }
  for (const name of ['user', 'password', 'host', 'port', 'database', 'dbname']) {
    // pg prefers these to what stands before the question mark: every role would log in as this one.
    if (url.searchParams.has(name)) throw new Error(`The address of the database must not have the option ${name}.`);
  }
  return url;
}
