import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';
import { Authenticator } from './authenticator';
import { ExternalIssuer } from './external-issuer';
import { EmbeddedIssuer } from './index';
import { ServiceAddress } from './service-address';
import { IssuerOnNetwork } from './spec/issuer-on-network';
import { signedBy } from './spec/signed-by';
import { TokenVerifier } from './token-verifier';

const AUDIENCE = 'khamrap';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('a token of an issuer on the network', () => {
  const issuer = new IssuerOnNetwork();
  let verifier: TokenVerifier;
  beforeAll(async () => {
    await issuer.start();
    verifier = new TokenVerifier(new ExternalIssuer(issuer.url), AUDIENCE);
  });
  afterAll(() => issuer.stop());

  it.each(['nonce', 'at_hash', 'c_hash'])('of the type JWT is no identity token: %s', async (claim) => {
    await expect(verifier.verify(await issuer.token({ [claim]: 'x' }, { typ: 'JWT' }))).rejects.toThrow('invalid');
    expect(await verifier.verify(await issuer.token({ [claim]: 'x' }))).toMatchObject({ subject: 'somebody' });
  });

  it('has one spelling', async () => {
    const pseudonyms = { pseudonymOf: () => Promise.resolve('p-1') };
    const authenticator = new Authenticator(verifier, pseudonyms);
    const token = await issuer.token();
    // 256 bytes of RS256 leave four bits of the last letter unused.
    const other = `${token.slice(0, -1)}${LETTERS[LETTERS.indexOf(token.at(-1) ?? '') + 1]}`;
    for (const scheme of ['Bearer', 'bearer'])
      expect(await authenticator.authenticate(`${scheme} ${token}`)).toMatchObject({ pseudonym: 'p-1' });
    for (const header of [`Bearer  ${token}`, `Bearer ${token}=`, `Bearer ${token}==`, `Bearer ${other}`])
      await expect(Promise.resolve(header).then((text) => authenticator.authenticate(text))).rejects.toThrow(
        'not authenticated',
      );
  });
});

test('the embedded issuer issues access tokens that say so, and what else it signs is none', async () => {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'verifier-'));
  const address = new ServiceAddress(() => http.createServer(), { address: 'http://localhost:1', port: 1 });
  const issuer = await EmbeddedIssuer.open(dataFolder, address);
  const verifier = new TokenVerifier(issuer, AUDIENCE);
  for (const typ of ['JWT', 'id_token'])
    await expect(verifier.verify(await signedBy(issuer, { subject: 'recorder', typ }))).rejects.toThrow('invalid');
  fs.rmSync(dataFolder, { recursive: true });
});
