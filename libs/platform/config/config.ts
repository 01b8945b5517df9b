/** What a process takes part in. */
export type Role = 'all' | 'api' | 'projector';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Who vouches for people and machines. */
export type IssuerConfig =
  /** An OpenID Connect issuer, by its exact URL. */
  | {
      readonly kind: 'external';
      readonly url: string;
      readonly profile: 'standard' | 'thaid';
      /** As what this service is registered there; without it nobody can sign in by browser. */
      readonly client?: { readonly id: string; readonly secret?: string };
      /** What ThaID must state, such as `2.3`. */
      readonly requiredIal?: string;
    }
  /** The issuer inside the program: anybody who reaches the service may sign in as any of its persons. */
  | { readonly kind: 'embedded' }
  /** None: no token is accepted, only what is public can be read. */
  | { readonly kind: 'none' };

/** How many requests a minute somebody may send; each counts in one of these. */
export interface RequestBudgets {
  /** Of who is not known: for an address (of IPv6: a /64). */
  readonly public: number;
  /** Of somebody who is known: for an actor, as the two that follow. */
  readonly read: number;
  readonly command: number;
  readonly upload: number;
  /** With credentials that prove nothing: for an address. */
  readonly failedAuthentication: number;
  /** For the verifiable log: for an address, whoever asks. */
  readonly log: number;
}

export type RequestLimits = { readonly kind: 'off' } | { readonly kind: 'perMinute'; readonly budgets: RequestBudgets };

export type DatabaseConfig =
  /** PostgreSQL started by the program, its data under the data folder. */
  | { readonly kind: 'embedded' }
  /** A PostgreSQL server of the operator's own. */
  | { readonly kind: 'external'; readonly url: string };

/** Everything that the environment decides: read once at start, frozen, passed on from there. */
export interface Config {
  readonly http: {
    readonly host: string;
    /** 0 takes any free port. */
    readonly port: number;
    /** Where browsers reach the service, such as `https://khamrap.phrae.go.th`; by default where it listens on this machine. */
    readonly address?: string;
    /** Addresses or networks (CIDR) whose `X-Forwarded-*` headers are believed; none by default. */
    readonly trustedProxies: readonly string[];
    /** Origins whose pages may read what the service answers, exactly as browsers name them; none by default. */
    readonly corsOrigins: readonly string[];
    readonly limits: RequestLimits;
  };
  /** Absolute path of the folder that holds all that the program keeps on disk. */
  readonly dataFolder: string;
  readonly database: DatabaseConfig & {
    /** What the names of the database roles begin with. */
    readonly rolePrefix: string;
    /** Whether a server may be used that can lose acknowledged commits. */
    readonly allowUnsafeDurability: boolean;
  };
  /** The EventStoreDB that carries the log; absent where the database does. */
  readonly eventStore?: {
    readonly url: string;
    /** As an administrator of the store, for setting who may do what. */
    readonly adminUrl?: string;
  };
  readonly log: {
    /** Name of the log as its verifiers know it. */
    readonly origin: string;
    readonly clock: 'system' | 'simulated';
  };
  readonly transparency: {
    /** Whether a tree is built over the log and signed. */
    readonly verifiableLog: boolean;
    /** Absolute path of the folder in which the signer remembers what it has signed, apart from data and database. */
    readonly signerFolder: string;
    /** Private keys, PKCS#8 in PEM, the newest first; without them the signer keeps one of its own in its folder. */
    readonly logKey?: string;
    /** A file that says who witnesses the log, and how many of them are needed (c2sp.org/tlog-policy). */
    readonly witnessPolicyFile?: string;
    /** How long at the least after one record of how far every stream has come the next is made. */
    readonly streamHeadsHours: number;
  };
  readonly accessLog: {
    /** How old a row of who read what becomes before it is sealed into the log; 0: never by itself. */
    readonly sealHours: number;
  };
  /** Whether the demonstration data is put into an empty log. */
  readonly demonstration: boolean;
  readonly access: {
    readonly issuer: IssuerConfig;
    /** What the `aud` claim of every token must name. */
    readonly audience: string;
  };
  /** For how many fiscal years after an agreement was closed its private values are kept. */
  readonly retentionYears: number;
  readonly role: Role;
  readonly logLevel: LogLevel;
}
