/** What a process takes part in. */
export type Role = 'all' | 'api' | 'projector';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Where tokens come from. */
export type IssuerConfig =
  /** An OpenID Connect issuer, by its exact URL. */
  | { readonly kind: 'external'; readonly url: string }
  /** The issuer inside the program: anybody who reaches the service may ask it for a token. */
  | { readonly kind: 'development' }
  /** None: no token is accepted, only what is public can be read. */
  | { readonly kind: 'none' };

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
    /** Addresses or networks (CIDR) whose `X-Forwarded-*` headers are believed; none by default. */
    readonly trustedProxies: readonly string[];
  };
  /** Absolute path of the folder that holds all that the program keeps on disk. */
  readonly dataFolder: string;
  readonly database: DatabaseConfig & {
    /** What the names of the database roles begin with. */
    readonly rolePrefix: string;
    /** Whether a server may be used that can lose acknowledged commits. */
    readonly allowUnsafeDurability: boolean;
  };
  readonly log: {
    /** Name of the log as its verifiers know it. */
    readonly origin: string;
    readonly clock: 'system' | 'simulated';
  };
  /** Whether the demonstration data is put into an empty log. */
  readonly demonstration: boolean;
  readonly access: {
    readonly issuer: IssuerConfig;
    /** What the `aud` claim of every token must name. */
    readonly audience: string;
  };
  readonly role: Role;
  readonly logLevel: LogLevel;
}
