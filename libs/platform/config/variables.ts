import {
  anyText,
  hostName,
  issuerUrl,
  matching,
  networks,
  oneOf,
  postgresUrl,
  wholeNumber,
  yes,
  type Reader,
} from './readers';

/** One setting: what it means, what stands when it is not given, how one writes it. */
export interface Variable<Value> {
  readonly meaning: string;
  /** What counts when the variable is absent or empty: in words where it depends on other settings. */
  readonly whenAbsent: string;
  readonly example: string;
  readonly read: Reader<Value>;
  /** The text read in place of an absent one; without it the value stays undefined. */
  readonly default?: string;
  /** Whether `NAME_FILE` may name a file that holds the value: for secrets. */
  readonly file?: true;
}

function fixed<Value>(variable: Omit<Variable<Value>, 'whenAbsent'> & { readonly default: string }) {
  return { ...variable, whenAbsent: variable.default };
}

function dependent<Value>(variable: Omit<Variable<Value>, 'default'>) {
  return variable;
}

/** Every variable of the environment that the program reads: this table is their documentation. */
export const VARIABLES = {
  PORT: fixed({
    meaning: 'TCP port on which the service listens; 0 takes a free one',
    default: '3000',
    example: '8080',
    read: wholeNumber(0, 65_535),
  }),
  HOST: dependent({
    meaning: 'address on which the service listens',
    whenAbsent: '127.0.0.1 with the embedded database, 0.0.0.0 with DATABASE_URL',
    example: '0.0.0.0',
    read: hostName,
  }),
  KHAMRAP_TRUSTED_PROXIES: dependent({
    meaning: 'addresses or networks of reverse proxies whose X-Forwarded-* headers are believed',
    whenAbsent: 'none is believed',
    example: '10.0.0.0/8,192.168.1.7',
    read: networks,
  }),
  KHAMRAP_DATA: fixed({
    meaning: 'folder for all that the program keeps on disk',
    default: './data',
    example: '/var/lib/khamrap',
    read: anyText,
  }),
  DATABASE_URL: dependent({
    meaning: 'PostgreSQL server to use in place of the embedded one; a secret when it holds a password',
    whenAbsent: 'PostgreSQL is started by the program, its data under KHAMRAP_DATA',
    example: 'postgres://khamrap:secret@db.example.go.th:5432/khamrap',
    read: postgresUrl,
    file: true,
  }),
  KHAMRAP_ROLE_PREFIX: fixed({
    meaning: 'what the names of the database roles begin with: one prefix for each ledger on a shared server',
    default: 'khamrap',
    example: 'khamrap_phrae',
    read: matching(/^[a-z][a-z0-9_]{0,30}$/, '1 to 31 lower-case letters, digits and _, a letter first'),
  }),
  KHAMRAP_ALLOW_UNSAFE_DURABILITY: fixed({
    meaning: 'yes accepts a server that can lose acknowledged commits (fsync or synchronous_commit off)',
    default: 'no',
    example: 'yes',
    read: yes,
  }),
  KHAMRAP_ORIGIN: fixed({
    meaning: 'name of the log as its verifiers know it; fixed when the log is opened',
    default: 'localhost/khamrap',
    example: 'khamrap.phrae.go.th/log',
    read: matching(
      /^(?=.{1,200}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[A-Za-z0-9._-]+)*$/,
      'a host name and an optional path without scheme, at most 200 characters',
    ),
  }),
  KHAMRAP_CLOCK: fixed({
    meaning: 'simulated lets the demonstration supply recorded times; fixed when the log is opened',
    default: 'system',
    example: 'simulated',
    read: oneOf('system', 'simulated'),
  }),
  KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE: fixed({
    meaning: 'yes allows KHAMRAP_CLOCK=simulated together with DATABASE_URL',
    default: 'no',
    example: 'yes',
    read: yes,
  }),
  KHAMRAP_DEMONSTRATION: dependent({
    meaning: 'whether the demonstration data is put into an empty log',
    whenAbsent: 'yes with the embedded database, no with DATABASE_URL',
    example: 'no',
    read: yes,
  }),
  KHAMRAP_ISSUER: dependent({
    meaning: 'URL of the OpenID Connect issuer whose tokens are accepted, exactly as its tokens name it',
    whenAbsent: 'the development issuer where it is on, else no token is accepted',
    example: 'https://login.example.go.th/realms/khamrap',
    read: issuerUrl,
  }),
  KHAMRAP_AUDIENCE: fixed({
    meaning: 'what the aud claim of every token must name',
    default: 'khamrap',
    example: 'https://khamrap.phrae.go.th',
    read: matching(/^[\x21-\x7e]{1,255}$/, '1 to 255 visible ASCII characters'),
  }),
  KHAMRAP_DEVELOPMENT_ISSUER: dependent({
    meaning: 'whether the program issues tokens for its demonstration persons to anybody who asks: never in production',
    whenAbsent: 'yes with the embedded database, an address of this machine only and no KHAMRAP_ISSUER; else no',
    example: 'yes',
    read: yes,
  }),
  KHAMRAP_ROLE: fixed({
    meaning: 'what this process takes part in',
    default: 'all',
    example: 'projector',
    read: oneOf('all', 'api', 'projector'),
  }),
  KHAMRAP_LOG_LEVEL: fixed({
    meaning: 'how much is logged',
    default: 'info',
    example: 'debug',
    read: oneOf('error', 'warn', 'info', 'debug'),
  }),
} satisfies Record<string, Variable<unknown>>;

export type VariableName = keyof typeof VARIABLES;
