import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Config, DatabaseConfig, IssuerConfig } from './config';
import { BadValue, isLoopback } from './readers';
import { VARIABLES, type Variable, type VariableName } from './variables';

/** The environment cannot be used as it is. The message holds one sentence for each reason, one to a line. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused';
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;
type ValueOf<V> = V extends { readonly read: (text: string) => infer Value }
  ? Value | (V extends { readonly default: string } ? never : undefined)
  : never;
type Values = { readonly [Name in VariableName]: ValueOf<(typeof VARIABLES)[Name]> };

/**
 * Reads the environment into one frozen object. An empty variable counts as absent.
 * @throws ConfigRefused with every reason at once: unknown `KHAMRAP_*` names, values that cannot be read, settings that
 *   contradict each other
 */
export function readConfig(environment: Environment): Config {
  const reasons = unknownNames(environment);
  const values = readValues(environment, reasons);
  // A value that could not be read has its own sentence; what it contradicts can only be judged once it can be read.
  if (reasons.length === 0) reasons.push(...contradictions(values));
  if (reasons.length > 0) throw new ConfigRefused(reasons);
  return freeze(configOf(values));
}

function unknownNames(environment: Environment): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('KHAMRAP_') && !isSetting(name))
    .map((name) => `${name} is not a setting of this program.`);
}

function isSetting(name: string): boolean {
  if (Object.hasOwn(VARIABLES, name)) return true;
  const secret: Variable<unknown> | undefined = VARIABLES[name.replace(/_FILE$/, '') as VariableName];
  return secret?.file === true;
}

function readValues(environment: Environment, reasons: string[]): Values {
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<Variable<unknown>>(VARIABLES)) {
    try {
      const text = textOf(environment, name, variable);
      values[name] = text === undefined ? undefined : variable.read(text);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      // Never the value itself: it may be a secret.
      reasons.push(`${name} must be ${error.message}, such as ${variable.example}.`);
    }
  }
  return values as Values;
}

function textOf(environment: Environment, name: string, variable: Variable<unknown>): string | undefined {
  const direct = environment[name] || undefined;
  const file = variable.file === true ? environment[`${name}_FILE`] || undefined : undefined;
  if (file === undefined) return direct ?? variable.default;
  if (direct !== undefined) throw new BadValue(`given once, as ${name} or by ${name}_FILE`);
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch {
    throw new BadValue(`in a file that can be read where ${name}_FILE names one`);
  }
}

function contradictions(values: Values): string[] {
  const reasons: string[] = [];
  const isElsewhere = values.DATABASE_URL !== undefined || values.EVENTSTORE_URL !== undefined;
  const isSimulatedElsewhere = values.KHAMRAP_CLOCK === 'simulated' && isElsewhere;
  if (isSimulatedElsewhere && !values.KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE) {
    reasons.push(
      'KHAMRAP_CLOCK=simulated writes times that were never read from a clock: it is refused with DATABASE_URL or ' +
        'EVENTSTORE_URL unless KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE=yes.',
    );
  }
  reasons.push(...contradictionsOfIssuer(values));
  return reasons;
}

function contradictionsOfIssuer(values: Values): string[] {
  const { KHAMRAP_ISSUER: issuer, KHAMRAP_CLIENT_ID: clientId, KHAMRAP_CLIENT_SECRET: secret } = values;
  const isThaId = values.KHAMRAP_ISSUER_PROFILE === 'thaid';
  const reasons: string[] = [];
  if (issuer !== undefined && values.KHAMRAP_EMBEDDED_ISSUER === true)
    reasons.push('KHAMRAP_EMBEDDED_ISSUER=yes is refused together with KHAMRAP_ISSUER: one issuer is enough.');
  if (issuer === undefined && clientId !== undefined)
    reasons.push('KHAMRAP_CLIENT_ID is registered nowhere without KHAMRAP_ISSUER.');
  if (!isThaId && clientId === values.KHAMRAP_AUDIENCE)
    reasons.push(
      'KHAMRAP_AUDIENCE must differ from KHAMRAP_CLIENT_ID: identity tokens are for the client, and would pass for access ' +
        'tokens.',
    );
  if (clientId === undefined && secret !== undefined)
    reasons.push('KHAMRAP_CLIENT_SECRET is the secret of nobody without KHAMRAP_CLIENT_ID.');
  if (clientId !== undefined && values.KHAMRAP_ADDRESS === undefined && !isLoopback(hostOf(values)))
    reasons.push('KHAMRAP_CLIENT_ID needs KHAMRAP_ADDRESS: the issuer has to know where people come back to.');
  if (isThaId && (issuer === undefined || secret === undefined))
    reasons.push(
      'KHAMRAP_ISSUER_PROFILE=thaid needs KHAMRAP_ISSUER, KHAMRAP_CLIENT_ID and KHAMRAP_CLIENT_SECRET: ThaID issues no ' +
        'tokens for this service, people sign in by browser.',
    );
  if (!isThaId && values.KHAMRAP_REQUIRED_IAL !== undefined)
    reasons.push('KHAMRAP_REQUIRED_IAL is stated by ThaID alone: it needs KHAMRAP_ISSUER_PROFILE=thaid.');
  return reasons;
}

function hostOf(values: Values): string {
  return values.HOST ?? (values.DATABASE_URL === undefined ? '127.0.0.1' : '0.0.0.0');
}

function configOf(values: Values): Config {
  const database: DatabaseConfig =
    values.DATABASE_URL === undefined ? { kind: 'embedded' } : { kind: 'external', url: values.DATABASE_URL };
  const host = hostOf(values);
  const dataFolder = path.resolve(values.KHAMRAP_DATA);
  return {
    http: {
      host,
      port: values.PORT,
      ...(values.KHAMRAP_ADDRESS !== undefined && { address: values.KHAMRAP_ADDRESS }),
      trustedProxies: values.KHAMRAP_TRUSTED_PROXIES ?? [],
      corsOrigins: values.KHAMRAP_CORS_ORIGINS ?? [],
      limits: values.KHAMRAP_RATE_LIMITS,
    },
    dataFolder,
    database: {
      ...database,
      rolePrefix: values.KHAMRAP_ROLE_PREFIX,
      allowUnsafeDurability: values.KHAMRAP_ALLOW_UNSAFE_DURABILITY,
    },
    ...eventStoreOf(values),
    log: { origin: values.KHAMRAP_ORIGIN, clock: values.KHAMRAP_CLOCK },
    transparency: transparencyOf(values, dataFolder),
    accessLog: { sealHours: values.KHAMRAP_ACCESS_SEAL_HOURS },
    demonstration: values.KHAMRAP_DEMONSTRATION ?? database.kind === 'embedded',
    access: { issuer: issuerOf(values, database, host), audience: values.KHAMRAP_AUDIENCE },
    retentionYears: values.KHAMRAP_RETENTION_YEARS,
    role: values.KHAMRAP_ROLE,
    logLevel: values.KHAMRAP_LOG_LEVEL,
  };
}

function eventStoreOf({ EVENTSTORE_URL: url, EVENTSTORE_ADMIN_URL: adminUrl }: Values): Pick<Config, 'eventStore'> {
  return url === undefined ? {} : { eventStore: { url, ...(adminUrl !== undefined && { adminUrl }) } };
}

function transparencyOf(values: Values, dataFolder: string): Config['transparency'] {
  const { KHAMRAP_LOG_KEY: logKey, KHAMRAP_WITNESS_POLICY_FILE: witnessPolicyFile } = values;
  return {
    verifiableLog: values.KHAMRAP_VERIFIABLE_LOG,
    signerFolder: path.resolve(values.KHAMRAP_SIGNER_FOLDER ?? `${dataFolder}-signer`),
    ...(logKey !== undefined && { logKey }),
    ...(witnessPolicyFile !== undefined && { witnessPolicyFile: path.resolve(witnessPolicyFile) }),
    streamHeadsHours: values.KHAMRAP_STREAM_HEADS_HOURS,
  };
}

// Whoever can reach the service can sign in at the embedded issuer as any of its persons, so it is on by itself only where
// nobody but the one at this machine can.
function issuerOf(values: Values, database: DatabaseConfig, host: string): IssuerConfig {
  if (values.KHAMRAP_ISSUER !== undefined) return externalIssuerOf(values, values.KHAMRAP_ISSUER);
  const isEmbedded = values.KHAMRAP_EMBEDDED_ISSUER ?? (database.kind === 'embedded' && isLoopback(host));
  return isEmbedded ? { kind: 'embedded' } : { kind: 'none' };
}

function externalIssuerOf(values: Values, url: string): IssuerConfig {
  const { KHAMRAP_CLIENT_ID: id, KHAMRAP_CLIENT_SECRET: secret, KHAMRAP_REQUIRED_IAL: requiredIal } = values;
  return {
    kind: 'external',
    url,
    profile: values.KHAMRAP_ISSUER_PROFILE,
    ...(id !== undefined && { client: { id, ...(secret !== undefined && { secret }) } }),
    ...(requiredIal !== undefined && { requiredIal }),
  };
}

function freeze<Value extends object>(value: Value): Value {
  for (const field of Object.values(value)) if (typeof field === 'object' && field !== null) freeze(field);
  return Object.freeze(value);
}
