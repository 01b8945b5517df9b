import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigRefused, type Config } from '@khamrap/platform/config';
import { KEY_TYPES, signatureLine, utf8, verifierKey, type VerifierKey } from '@khamrap/platform/transparency/proof';
import { createFileOnce, makePrivateFolder } from '@khamrap/platform/private-files';

const KEY_FILE = 'log-key.pem';
const KEY_COUNT_MAX = 8;
const PEM = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g;

/** A private Ed25519 key of the log. What it is called follows from the checkpoint that it signs. */
export class LogKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;

  /** @param privateKey of Ed25519 */
  constructor(private readonly privateKey: KeyObject) {
    const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
    this.publicKey = Buffer.from(x, 'base64url');
  }

  /** By what verifiers know it in a log of this origin. */
  verifierKey(origin: string): VerifierKey {
    return verifierKey(origin, KEY_TYPES.ed25519, this.publicKey);
  }

  /** The line of a note that holds this key's signature of its text. */
  signatureLine(origin: string, text: string): string {
    return signatureLine(this.verifierKey(origin), sign(null, utf8(text), this.privateKey));
  }
}

/** A checkpoint with the signature of each key, as it is published. */
export function signedNote(keys: readonly LogKey[], origin: string, text: string): string {
  return `${text}\n${keys.map((key) => key.signatureLine(origin, text)).join('')}`;
}

/**
 * The keys of the settings. With the embedded database and none in the settings it is one of the signer's own, made on the
 * first start and kept in its folder.
 * @throws ConfigRefused when there is none, or one that is not for Ed25519
 */
export async function logKeysOf(config: Config): Promise<readonly LogKey[]> {
  const { logKey, signerFolder } = config.transparency;
  if (logKey !== undefined) return logKeysIn(logKey);
  if (config.database.kind === 'external') {
    throw new ConfigRefused([
      'KHAMRAP_LOG_KEY or KHAMRAP_LOG_KEY_FILE is required with DATABASE_URL: checkpoints of the log are signed with it. ' +
        'Make one by `npm run khamrap -- log-key make FILE`.',
    ]);
  }
  await makePrivateFolder(signerFolder);
  const file = path.join(signerFolder, KEY_FILE);
  await makeLogKey(file);
  return logKeysIn(await readFile(file, 'utf8'));
}

/** @throws ConfigRefused unless the text holds 1 to 8 private Ed25519 keys in PEM, each once */
export function logKeysIn(text: string): readonly LogKey[] {
  const keys = (text.match(PEM) ?? []).map(parsedKey);
  const isEachOnce = new Set(keys.map(({ publicKey }) => Buffer.from(publicKey).toString('hex'))).size === keys.length;
  if (keys.length === 0 || keys.length > KEY_COUNT_MAX || !isEachOnce)
    throw new ConfigRefused([`KHAMRAP_LOG_KEY must hold 1 to ${KEY_COUNT_MAX} keys, each once.`]);
  return keys;
}

function parsedKey(pem: string): LogKey {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return new LogKey(key);
  } catch {
    // What is told below; the error of the parser may repeat what it could not read.
  }
  throw new ConfigRefused(['KHAMRAP_LOG_KEY must hold Ed25519 keys in PEM (PKCS#8), and holds something else.']);
}

/**
 * Makes a key in a file that only this user may read, whole or not at all.
 * @returns the key; undefined, with nothing changed, where there is a file already
 */
export async function makeLogKey(file: string): Promise<LogKey | undefined> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const isMade = await createFileOnce(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return isMade ? new LogKey(privateKey) : undefined;
}
