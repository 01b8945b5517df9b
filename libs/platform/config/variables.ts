import {
  anyText,
  eventStoreUrl,
  hostName,
  issuerUrl,
  matching,
  networks,
  oneOf,
  origins,
  postgresUrl,
  privateKeys,
  serviceOrigin,
  wholeNumber,
  yes,
  type Reader,
} from './readers';
import { requestLimits } from './request-limits';

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

const onOrOff = oneOf('on', 'off');

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
  KHAMRAP_ADDRESS: dependent({
    meaning: 'where browsers reach the service: scheme, host and port, nothing after; sign-in leads back to it',
    whenAbsent: 'http://localhost and the port on which the service listens',
    example: 'https://khamrap.phrae.go.th',
    read: serviceOrigin,
  }),
  KHAMRAP_TRUSTED_PROXIES: dependent({
    meaning: 'addresses or networks of reverse proxies whose X-Forwarded-* headers are believed',
    whenAbsent: 'none is believed',
    example: '10.0.0.0/8,192.168.1.7',
    read: networks,
  }),
  KHAMRAP_CORS_ORIGINS: dependent({
    meaning: 'origins of other sites whose pages may read what the service answers; cookies never count for them',
    whenAbsent: 'none but the service itself',
    example: 'https://dashboard.phrae.go.th,https://data.go.th',
    read: origins,
  }),
  KHAMRAP_RATE_LIMITS: fixed({
    meaning:
      'requests a minute before 429, for each address (public, failedAuthentication, log) and each actor (read, command, ' +
      'upload): default, off, or the numbers that are to differ from the default',
    default: 'default',
    example: 'public=600,command=2400',
    read: requestLimits,
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
  EVENTSTORE_URL: dependent({
    meaning:
      'EventStoreDB or KurrentDB that carries the log, of which PostgreSQL then keeps a copy; a secret when it holds a password',
    whenAbsent: 'PostgreSQL carries the log',
    example: 'esdb://khamrap:secret@node1.example.go.th:2113,node2.example.go.th:2113,node3.example.go.th:2113',
    read: eventStoreUrl,
    file: true,
  }),
  EVENTSTORE_ADMIN_URL: dependent({
    meaning:
      'the same store with an administrator’s user and password, for `npm run khamrap -- guard-store` alone; a secret',
    whenAbsent: 'the command is refused; the service never needs it',
    example: 'esdb://admin:secret@node1.example.go.th:2113',
    read: eventStoreUrl,
    file: true,
  }),
  KHAMRAP_ROLE_PREFIX: fixed({
    meaning:
      'what the names of the database roles begin with, and of the streams in EventStoreDB: one prefix for each ledger on a ' +
      'shared server',
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
    whenAbsent: 'the embedded issuer where it is on, else no token is accepted',
    example: 'https://login.example.go.th/realms/khamrap',
    read: issuerUrl,
  }),
  KHAMRAP_AUDIENCE: fixed({
    meaning: 'what the aud claim of every token must name',
    default: 'khamrap',
    example: 'https://khamrap.phrae.go.th',
    read: matching(/^[\x21-\x7e]{1,255}$/, '1 to 255 visible ASCII characters'),
  }),
  KHAMRAP_ISSUER_PROFILE: fixed({
    meaning:
      'thaid for the Digital ID of the Department of Provincial Administration, which differs from OpenID Connect',
    default: 'standard',
    example: 'thaid',
    read: oneOf('standard', 'thaid'),
  }),
  KHAMRAP_CLIENT_ID: dependent({
    meaning: 'name under which this service is registered at KHAMRAP_ISSUER, so that people can sign in by browser',
    whenAbsent: 'people cannot sign in by browser at KHAMRAP_ISSUER; the embedded issuer needs none',
    example: 'khamrap-phrae',
    read: matching(/^[\x21-\x7e]{1,255}$/, '1 to 255 visible ASCII characters'),
  }),
  KHAMRAP_CLIENT_SECRET: dependent({
    meaning: 'secret of KHAMRAP_CLIENT_ID',
    whenAbsent: 'the service is a public client, known by its redirect address and PKCE alone',
    example: 'a-long-random-text',
    read: matching(/^[\x20-\x7e]{8,1000}$/, '8 to 1,000 visible ASCII characters'),
    file: true,
  }),
  KHAMRAP_REQUIRED_IAL: dependent({
    meaning: 'identity assurance level that ThaID must state for whoever signs in',
    whenAbsent: 'any level',
    example: '2.3',
    read: matching(/^\d(\.\d)?$/, 'a level'),
  }),
  KHAMRAP_EMBEDDED_ISSUER: dependent({
    meaning: 'whether the program signs in anybody as any of its demonstration persons: never in production',
    whenAbsent: 'yes with the embedded database, an address of this machine only and no KHAMRAP_ISSUER; else no',
    example: 'yes',
    read: yes,
  }),
  KHAMRAP_VERIFIABLE_LOG: fixed({
    meaning: 'off builds no tree over the log and signs nothing: for measuring what that costs, never in production',
    default: 'on',
    example: 'off',
    read: (text) => onOrOff(text) === 'on',
  }),
  KHAMRAP_LOG_KEY: dependent({
    meaning:
      'private Ed25519 keys (PKCS#8, PEM) with which checkpoints of the log are signed, the newest first; several while one ' +
      'takes the place of another',
    whenAbsent:
      'with the embedded database a key that is made on the first start and kept in KHAMRAP_SIGNER_FOLDER; with DATABASE_URL ' +
      'the service does not start, unless KHAMRAP_ROLE=api',
    example: '-----BEGIN PRIVATE KEY-----\\n…\\n-----END PRIVATE KEY-----',
    read: privateKeys,
    file: true,
  }),
  KHAMRAP_SIGNER_FOLDER: dependent({
    meaning:
      'folder in which the signer remembers what it has signed; on another volume than data and database, and never restored ' +
      'together with them',
    whenAbsent: 'beside KHAMRAP_DATA, with -signer behind its name',
    example: '/var/lib/khamrap-signer',
    read: anyText,
  }),
  KHAMRAP_WITNESS_POLICY_FILE: dependent({
    meaning: 'file that names the witnesses of the log and how many of them are needed (c2sp.org/tlog-policy)',
    whenAbsent: 'nobody witnesses the log',
    example: '/etc/khamrap/witnesses.policy',
    read: anyText,
  }),
  KHAMRAP_STREAM_HEADS_HOURS: fixed({
    meaning:
      'hours after which the log records again how far every stream has come, where it has grown; 0 leaves it out',
    default: '24',
    example: '1',
    read: wholeNumber(0, 8_784),
  }),
  KHAMRAP_ACCESS_SEAL_HOURS: fixed({
    meaning:
      'hours after which what was written down of who read what is sealed into the log; 0 leaves it out, also at the end of ' +
      'the service',
    default: '1',
    example: '6',
    read: wholeNumber(0, 8_784),
  }),
  KHAMRAP_RETENTION_YEARS: fixed({
    meaning:
      'whole fiscal years after that in which an agreement was closed for which its private values are kept; what is older ' +
      'is listed and erased by `npm run khamrap -- retention`, never by itself',
    default: '10',
    example: '5',
    read: wholeNumber(1, 100),
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
