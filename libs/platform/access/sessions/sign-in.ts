import { SignInRefused } from '../access-refused';
import type { ServiceAddress } from '../service-address';
import type { BrowserSessions } from './browser-sessions';
import { cookieIn, setCookie } from './cookies';
import type { RelyingParty, SignInUnderWay } from './relying-party';
import { seal, unseal } from './sealed-cookie';

const SIGN_IN_COOKIE = '__Host-khamrap-sign-in';
const SIGN_IN_SECONDS_MAX = 600;
const CALLBACK_PATH = '/session/callback';

interface UnderWay extends SignInUnderWay {
  readonly returnTo: string;
}

/** Signs people in by browser. What belongs to a sign-in under way stays with the browser that began it, sealed. */
export class SignIn {
  constructor(
    private readonly relyingParty: RelyingParty,
    private readonly sessions: BrowserSessions,
    private readonly address: ServiceAddress,
    private readonly secret: () => Promise<Buffer>,
  ) {}

  /**
   * @returns where the browser has to go, and the cookie that it has to bring back
   * @throws IssuerUnavailable
   */
  async begin(returnTo: string): Promise<{ readonly url: string; readonly cookie: string }> {
    const { url, underWay } = await this.relyingParty.begin(`${this.address.origin}${CALLBACK_PATH}`);
    const expiresAt = Date.now() + SIGN_IN_SECONDS_MAX * 1_000;
    const value = seal(await this.secret(), { ...underWay, returnTo }, expiresAt);
    return { url: url.href, cookie: setCookie({ name: SIGN_IN_COOKIE, value, maxAgeSeconds: SIGN_IN_SECONDS_MAX }) };
  }

  /**
   * Begins a new session, whatever session the browser had before.
   * @param address path and query at which the browser came back
   * @throws SignInRefused, IssuerUnavailable
   */
  async finish(
    address: string,
    cookies: string | undefined,
  ): Promise<{ readonly returnTo: string; readonly cookies: readonly string[] }> {
    const underWay = unseal<UnderWay>(await this.secret(), cookieIn(cookies, SIGN_IN_COOKIE), Date.now());
    if (underWay === undefined) throw new SignInRefused('notBegun');
    const returned = new URL(address, this.address.origin);
    if (returned.searchParams.get('state') !== underWay.state) throw new SignInRefused('notBegun');
    const identity = await this.relyingParty.finish(returned, underWay);
    await this.sessions.end(cookies);
    return {
      returnTo: new URL(underWay.returnTo, this.address.origin).href,
      cookies: [await this.sessions.begin(identity), setCookie({ name: SIGN_IN_COOKIE, value: '', maxAgeSeconds: 0 })],
    };
  }

  /** Where the browser signs out at the issuer too; undefined where that is not possible. */
  endAddress(): Promise<string | undefined> {
    return this.relyingParty.endAddress(`${this.address.origin}/`);
  }
}
