import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { DEMONSTRATION_MACHINES } from '../demonstration-persons';
import { ownFile, read } from './own-file';

const SECRETS_FILE = 'embedded-issuer-machines.json';
const SECRET_BYTES = 32;

/** The secrets of the demonstration's machines, by their names: made once for each data folder, readable by this user only. */
export function machineSecrets(dataFolder: string): Promise<Readonly<Record<string, string>>> {
  return ownFile(path.join(dataFolder, SECRETS_FILE), () =>
    Promise.resolve(
      Object.fromEntries(
        DEMONSTRATION_MACHINES.map(({ subject }) => [subject, randomBytes(SECRET_BYTES).toString('base64url')]),
      ),
    ),
  );
}

/** The secret of one machine, for whoever may read the data folder; undefined when there is none. */
export function machineSecretIn(dataFolder: string, subject: string): string | undefined {
  const secrets = read<Record<string, string>>(path.join(dataFolder, SECRETS_FILE)) ?? {};
  return Object.hasOwn(secrets, subject) ? secrets[subject] : undefined;
}
