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
    .filter((name) => name.startsWith('KHAMRAP_') && !Object.hasOwn(VARIABLES, name))
    .map((name) => `${name} is not a setting of this program.`);
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
  const isSimulatedElsewhere = values.KHAMRAP_CLOCK === 'simulated' && values.DATABASE_URL !== undefined;
  if (isSimulatedElsewhere && !values.KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE) {
    reasons.push(
      'KHAMRAP_CLOCK=simulated writes times that were never read from a clock: it is refused with DATABASE_URL unless ' +
        'KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE=yes.',
    );
  }
  if (values.KHAMRAP_ISSUER !== undefined && values.KHAMRAP_DEVELOPMENT_ISSUER === true) {
    reasons.push('KHAMRAP_DEVELOPMENT_ISSUER=yes is refused together with KHAMRAP_ISSUER: one issuer is enough.');
  }
  return reasons;
}

function configOf(values: Values): Config {
  const database: DatabaseConfig =
    values.DATABASE_URL === undefined ? { kind: 'embedded' } : { kind: 'external', url: values.DATABASE_URL };
  const host = values.HOST ?? (database.kind === 'embedded' ? '127.0.0.1' : '0.0.0.0');
  return {
    http: { host, port: values.PORT, trustedProxies: values.KHAMRAP_TRUSTED_PROXIES ?? [] },
    dataFolder: path.resolve(values.KHAMRAP_DATA),
    database: {
      ...database,
      rolePrefix: values.KHAMRAP_ROLE_PREFIX,
      allowUnsafeDurability: values.KHAMRAP_ALLOW_UNSAFE_DURABILITY,
    },
    log: { origin: values.KHAMRAP_ORIGIN, clock: values.KHAMRAP_CLOCK },
    demonstration: values.KHAMRAP_DEMONSTRATION ?? database.kind === 'embedded',
    access: { issuer: issuerOf(values, database, host), audience: values.KHAMRAP_AUDIENCE },
    role: values.KHAMRAP_ROLE,
    logLevel: values.KHAMRAP_LOG_LEVEL,
  };
}

// Whoever can reach the service can ask the development issuer for any of its persons, so it is on by itself only where
// nobody but the one at this machine can.
function issuerOf(values: Values, database: DatabaseConfig, host: string): IssuerConfig {
  if (values.KHAMRAP_ISSUER !== undefined) return { kind: 'external', url: values.KHAMRAP_ISSUER };
  const isDevelopment = values.KHAMRAP_DEVELOPMENT_ISSUER ?? (database.kind === 'embedded' && isLoopback(host));
  return isDevelopment ? { kind: 'development' } : { kind: 'none' };
}

function freeze<Value extends object>(value: Value): Value {
  for (const field of Object.values(value)) if (typeof field === 'object' && field !== null) freeze(field);
  return Object.freeze(value);
}
