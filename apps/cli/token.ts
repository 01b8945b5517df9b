import {
  DEMONSTRATION_MACHINES,
  DEMONSTRATION_PERSONS,
  machineSecretIn,
  NoToken,
  tokenByCode,
  tokenByCredentials,
} from '@khamrap/platform/access';
import type { Config } from '@khamrap/platform/config';

/**
 * Gets a token from the service that runs, by the same steps as everybody: a person signs in with a code and PKCE, a machine
 * with its secret from the data folder. Writes the token alone; answers with the exit code.
 */
export async function token(config: Config, subject: string): Promise<number> {
  const origin = config.http.address ?? `http://localhost:${config.http.port}`;
  try {
    process.stdout.write(`${await tokenFor(origin, config, subject)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${explanationOf(error, origin)}\n`);
    return 1;
  }
}

function tokenFor(origin: string, { dataFolder }: Config, subject: string): Promise<string> {
  if (!DEMONSTRATION_MACHINES.some((machine) => machine.subject === subject)) return tokenByCode(origin, subject);
  const secret = machineSecretIn(dataFolder, subject);
  if (secret === undefined) throw new NoToken(`${dataFolder} holds no secret of ${subject}: is the service running?`);
  return tokenByCredentials(origin, subject, secret);
}

function explanationOf(error: unknown, origin: string): string {
  if (error instanceof NoToken) {
    const known = [...DEMONSTRATION_PERSONS, ...DEMONSTRATION_MACHINES];
    const list = known.map((person) => `  ${person.subject}  ${person.title.th} · ${person.title.en}`).join('\n');
    return `No token: ${error.message}.\n${list}`;
  }
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return `No embedded issuer answers at ${origin} (${reason}); KHAMRAP_ADDRESS or PORT say where the service is.`;
}
