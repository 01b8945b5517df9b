import * as path from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';
import { EMBEDDED_ISSUER_NAME } from '../demonstration-persons';
import type { ServiceAddress } from '../service-address';
import { TokenIssuer } from '../token-issuer';
import { ownFile } from './own-file';

const ALGORITHM = 'ES256';
const KEY_FILE = 'embedded-issuer.json';

/** Where in the service the embedded issuer is. */
export const ISSUER_PATH = '/issuer';

/**
 * The issuer inside the program, so that one command starts all there is and people sign in as they will elsewhere. It asks
 * for no password: whoever reaches it may be any of its persons. Its key is made on the first start and kept in the data
 * folder; it is all that several instances of one folder share.
 */
export class EmbeddedIssuer extends TokenIssuer {
  readonly name = EMBEDDED_ISSUER_NAME;
  override readonly isExplicit = true;

  private constructor(
    private readonly address: ServiceAddress,
    /** The private key, for signing. */
    readonly signingKey: JWK,
    private readonly publicKey: CryptoKey,
  ) {
    super();
  }

  /** Takes the key from the data folder, or makes it there, readable by this user only. */
  static async open(dataFolder: string, address: ServiceAddress): Promise<EmbeddedIssuer> {
    const { d, ...publicJwk } = await ownFile(path.join(dataFolder, KEY_FILE), makeKey);
    const signingKey = { ...publicJwk, d, kid: await calculateJwkThumbprint(publicJwk), alg: ALGORITHM, use: 'sig' };
    return new EmbeddedIssuer(address, signingKey, (await importJWK(publicJwk, ALGORITHM)) as CryptoKey);
  }

  /** The address of the issuer, which its tokens name. */
  get claim(): string {
    return `${this.address.origin}${ISSUER_PATH}`;
  }

  // One key, so a token either was signed with it or is refused; the header's key identifier decides nothing.
  readonly keyOf: JWTVerifyGetKey = () => this.publicKey;
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return exportJWK(privateKey);
}
