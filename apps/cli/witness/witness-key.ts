import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  cosignatureBytes,
  cosignedMessage,
  KEY_TYPES,
  Malformed,
  parseVerifierKey,
  signatureLine,
  verifierKey,
  verifierKeyText,
  type VerifierKey,
} from '@khamrap/platform/transparency/proof';
import { OptionRefused } from '../refusals';
import { createFileOnce, makePrivateFolder } from '@khamrap/platform/private-files';

const KEY_FILE = 'witness-key.pem';
const VKEY_FILE = 'witness.vkey';

/** The Ed25519 key of a witness, for cosignature/v1 (c2sp.org/tlog-cosignature) and nothing else. */
export class WitnessKey {
  constructor(
    private readonly privateKey: KeyObject,
    readonly verifierKey: VerifierKey,
  ) {}

  /** What the witness is known by. */
  get vkey(): string {
    return verifierKeyText(this.verifierKey);
  }

  /** The line of a note that says: at this time, this was the largest tree that the witness had seen. */
  cosignatureLine(text: string, seconds: number): string {
    const signature = sign(null, cosignedMessage(text, seconds), this.privateKey);
    return signatureLine(this.verifierKey, cosignatureBytes(seconds, signature));
  }
}

/**
 * The key of a witness's folder, made on the first start. A key has one name for ever: what is signed does not say it, so that
 * one key under two names would be two witnesses with one voice.
 * @param name may be left out once the key is there
 * @throws OptionRefused
 */
export async function openWitnessKey(folder: string, name?: string): Promise<WitnessKey> {
  const known = await readIfThere(path.join(folder, VKEY_FILE));
  if (known === undefined && name === undefined)
    throw new OptionRefused(
      `${folder} has no witness in it yet: give it a name with --name, such as nacc.go.th/witness.`,
    );
  if (known === undefined) await makeKey(folder, name as string);
  const told = readVkey(folder, known ?? (await readFile(path.join(folder, VKEY_FILE), 'utf8')));
  if (name !== undefined && name !== told.name)
    throw new OptionRefused(`The witness in ${folder} is called ${told.name}, and keeps that name.`);
  const privateKey = await readPrivateKey(folder);
  if (verifierKeyText(verifierKeyOf(told.name, privateKey)) !== verifierKeyText(told))
    throw new OptionRefused(`The key in ${folder} is not that of ${VKEY_FILE}: bring back the one that was there.`);
  return new WitnessKey(privateKey, told);
}

async function makeKey(folder: string, name: string): Promise<void> {
  // Refuses a name before anything is made.
  verifierKeyOf(name, generateKeyPairSync('ed25519').privateKey);
  await makePrivateFolder(folder);
  const { privateKey } = generateKeyPairSync('ed25519');
  await createFileOnce(path.join(folder, KEY_FILE), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const made = verifierKeyOf(name, await readPrivateKey(folder));
  await createFileOnce(path.join(folder, VKEY_FILE), `${verifierKeyText(made)}\n`);
}

function verifierKeyOf(name: string, privateKey: KeyObject): VerifierKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  try {
    return verifierKey(name, KEY_TYPES.cosignature, Buffer.from(x, 'base64url'));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new OptionRefused('The name of a witness has no space and no plus sign in it: such as nacc.go.th/witness.');
  }
}

function readVkey(folder: string, text: string): VerifierKey {
  try {
    return parseVerifierKey(text.trim());
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new OptionRefused(`${path.join(folder, VKEY_FILE)}: ${error.message}.`);
  }
}

async function readPrivateKey(folder: string): Promise<KeyObject> {
  const file = path.join(folder, KEY_FILE);
  const pem = await readIfThere(file);
  try {
    const key = pem === undefined ? undefined : createPrivateKey(pem);
    if (key?.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What is told below; the error of the parser may repeat what it could not read.
  }
  throw new OptionRefused(`${file} holds no private Ed25519 key: bring back the one that was there.`);
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
