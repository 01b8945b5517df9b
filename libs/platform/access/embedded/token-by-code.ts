import { createHash, randomBytes } from 'node:crypto';
import { DEMONSTRATION_PERSONS } from '../demonstration-persons';
import { ISSUER_PATH } from './embedded-issuer';
import { COMMAND_LINE_CLIENT } from './provider-configuration';

const VERIFIER_BYTES = 32;
const STEP_COUNT_MAX = 6;
const ANSWER_MS_MAX = 10_000;

/** The embedded issuer does not give somebody a token. */
export class NoToken extends Error {
  override readonly name = 'NoToken';
}

/**
 * An access token for a person of the demonstration, by the authorization code flow with PKCE: every step that a browser
 * would make, made here.
 * @param origin where the service is, such as `http://localhost:3000`
 * @throws NoToken
 */
export async function tokenByCode(origin: string, subject: string): Promise<string> {
  if (!DEMONSTRATION_PERSONS.some((person) => person.subject === subject))
    throw new NoToken(`there is no ${subject} in the demonstration`);
  const verifier = randomBytes(VERIFIER_BYTES).toString('base64url');
  const state = randomBytes(VERIFIER_BYTES).toString('base64url');
  const browser = new StepByStep(origin);
  const choice = await browser.follow(`${ISSUER_PATH}/auth?${authorizationQuery(verifier, state).toString()}`);
  if (choice.redirected !== undefined) throw new NoToken('nobody was asked who signs in');
  const { redirected } = await browser.follow(choice.path, new URLSearchParams({ subject }));
  const code = redirected?.searchParams.get('code');
  if (!code || redirected?.searchParams.get('state') !== state) throw new NoToken('no code came back');
  return tokenFrom(origin, {
    grant_type: 'authorization_code',
    client_id: COMMAND_LINE_CLIENT.id,
    redirect_uri: COMMAND_LINE_CLIENT.redirectUri,
    code,
    code_verifier: verifier,
  });
}

/**
 * An access token for a machine, by its own credentials.
 * @throws NoToken
 */
export function tokenByCredentials(origin: string, machine: string, secret: string): Promise<string> {
  return tokenFrom(origin, { grant_type: 'client_credentials', client_id: machine, client_secret: secret });
}

function authorizationQuery(verifier: string, state: string): URLSearchParams {
  return new URLSearchParams({
    client_id: COMMAND_LINE_CLIENT.id,
    redirect_uri: COMMAND_LINE_CLIENT.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
}

async function tokenFrom(origin: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(`${origin}${ISSUER_PATH}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  });
  const answer = (await response.json().catch(() => ({}))) as { access_token?: unknown; error?: unknown };
  if (typeof answer.access_token === 'string') return answer.access_token;
  throw new NoToken(`the issuer answered ${response.status} ${typeof answer.error === 'string' ? answer.error : ''}`);
}

/** A browser as far as this needs one: it keeps cookies and goes where it is sent, within the service. */
class StepByStep {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  async follow(address: string, form?: URLSearchParams): Promise<{ path: string; redirected?: URL }> {
    let [path, body] = [address, form];
    for (let step = 0; step < STEP_COUNT_MAX; step++) {
      const response = await this.ask(path, body);
      const location = response.headers.get('location');
      if (location === null && response.ok) return { path };
      if (location === null) throw new NoToken(`the issuer answered ${response.status}`);
      if (location.startsWith(`${COMMAND_LINE_CLIENT.redirectUri}?`)) return { path, redirected: new URL(location) };
      // The issuer names itself by its public address, which may not be the one by which it was reached.
      const { pathname, search } = new URL(location, this.origin);
      [path, body] = [`${pathname}${search}`, undefined];
    }
    throw new NoToken('the issuer leads around in circles');
  }

  private async ask(path: string, body: URLSearchParams | undefined): Promise<Response> {
    const response = await fetch(`${this.origin}${path}`, {
      ...(body && { method: 'POST', body }),
      headers: { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    await response.arrayBuffer();
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }
}
