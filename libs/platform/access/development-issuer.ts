import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';
import { TokenIssuer } from './token-issuer';

const ALGORITHM = 'ES256';
const KEY_FILE = 'development-issuer.json';

/** How long the tokens of the development issuer are good: a working day. */
export const DEVELOPMENT_TOKEN_SECONDS = 8 * 3_600;

/**
 * An issuer inside the program, so that one command starts all there is. It knows nobody and asks for nothing: whoever
 * asks gets a token for the subject they name. Its key is made on the first start and kept in the data folder.
 */
export class DevelopmentIssuer extends TokenIssuer {
  readonly name = 'urn:khamrap:development-issuer';

  private constructor(
    private readonly audience: string,
    private readonly keyId: string,
    private readonly privateKey: CryptoKey,
    private readonly publicKey: CryptoKey,
  ) {
    super();
  }

  /** Takes the key from the data folder, or makes it there, readable by this user only. */
  static async open(dataFolder: string, audience: string): Promise<DevelopmentIssuer> {
    const privateJwk = readKey(dataFolder) ?? (await makeKey(dataFolder));
    const { d: _private, ...publicJwk } = privateJwk;
    const keyId = await calculateJwkThumbprint(publicJwk);
    const [privateKey, publicKey] = await Promise.all([
      importJWK(privateJwk, ALGORITHM),
      importJWK(publicJwk, ALGORITHM),
    ]);
    return new DevelopmentIssuer(audience, keyId, privateKey as CryptoKey, publicKey as CryptoKey);
  }

  // One key, so a token either was signed with it or is refused; the header's key identifier decides nothing.
  readonly keyOf: JWTVerifyGetKey = () => this.publicKey;

  /** A token for a subject. It carries no name: subjects are all that the service knows of people. */
  issueToken({ subject }: { readonly subject: string }): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: this.keyId })
      .setIssuer(this.name)
      .setAudience(this.audience)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(`${DEVELOPMENT_TOKEN_SECONDS}s`)
      .sign(this.privateKey);
  }
}

function readKey(dataFolder: string): JWK | undefined {
  const file = path.join(dataFolder, KEY_FILE);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as JWK) : undefined;
}

// Written aside and linked into place: a file of that name is whole, and of two first starts one wins for both.
async function makeKey(dataFolder: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const aside = path.join(dataFolder, `${KEY_FILE}.${process.pid}.${Date.now()}`);
  fs.writeFileSync(aside, JSON.stringify(jwk), { mode: 0o600, flag: 'wx' });
  try {
    fs.linkSync(aside, path.join(dataFolder, KEY_FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    fs.unlinkSync(aside);
  }
  return readKey(dataFolder) as JWK;
}
