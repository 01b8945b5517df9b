import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import type Provider from 'oidc-provider';
import { DEMONSTRATION_PERSONS } from '../demonstration-persons';
import type { ServiceAddress } from '../service-address';
import { ISSUER_PATH, type EmbeddedIssuer } from './embedded-issuer';
import { loadProvider } from './load-provider';
import { providerConfiguration, RESPONSE_MODES, type ProviderSettings } from './provider-configuration';

const SECRET_BYTES = 32;

/** The OpenID Connect provider of the embedded issuer. Made when it is first asked, for only then its address is known. */
export class EmbeddedProvider {
  /** As what the service signs people in at its own issuer. The secret never leaves the process. */
  readonly browserClient = { id: 'khamrap-browser', secret: randomBytes(SECRET_BYTES).toString('base64url') } as const;
  private making: Promise<Provider> | undefined;

  constructor(
    private readonly issuer: EmbeddedIssuer,
    private readonly address: ServiceAddress,
    private readonly options: Pick<ProviderSettings, 'audience' | 'machineSecrets'>,
  ) {}

  /** Answers a request below the issuer's path, all of it. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const provider = await this.provider();
    this.seeAsFromOutside(request);
    const asked = request as IncomingMessage & { originalUrl?: string };
    asked.originalUrl = request.url ?? ISSUER_PATH;
    asked.url = asked.originalUrl.slice(ISSUER_PATH.length);
    await provider.callback()(request, response);
  }

  /** Whether a sign-in is under way in the browser that asks. */
  async isUnderWay(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    return this.interactionOf(await this.provider(), request, response).then(
      () => true,
      () => false,
    );
  }

  /**
   * Signs in the browser that asks as somebody.
   * @returns where it has to go from here; undefined when there is no such person or nothing is under way
   */
  async signIn(request: IncomingMessage, response: ServerResponse, subject: string): Promise<string | undefined> {
    if (!DEMONSTRATION_PERSONS.some((person) => person.subject === subject)) return undefined;
    const provider = await this.provider();
    const interaction = await this.interactionOf(provider, request, response).catch(() => undefined);
    if (interaction === undefined) return undefined;
    // Whoever was signed in before is signed out; otherwise the provider would ask about it, with a script.
    if (interaction.session !== undefined && interaction.session.accountId !== subject) {
      await (await provider.Session.findByUid(interaction.session.uid))?.destroy();
      delete interaction.session;
      await interaction.save(interaction.exp - Math.floor(Date.now() / 1_000));
    }
    return provider.interactionResult(request, response, { login: { accountId: subject } });
  }

  private interactionOf(provider: Provider, request: IncomingMessage, response: ServerResponse) {
    this.seeAsFromOutside(request);
    return provider.interactionDetails(request, response);
  }

  // The provider tells addresses by what the request says; what counts is where the service is known to be.
  private seeAsFromOutside({ headers }: IncomingMessage): void {
    const { host, protocol } = new URL(this.address.origin);
    Object.assign(headers, { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) });
  }

  private provider(): Promise<Provider> {
    return (this.making ??= this.make().catch((error: unknown) => {
      this.making = undefined;
      throw error;
    }));
  }

  private async make(): Promise<Provider> {
    const { Provider, interactionPolicy } = await loadProvider();
    const settings = {
      ...this.options,
      signingKey: this.issuer.signingKey,
      browserClient: { ...this.browserClient, origin: this.address.origin },
    };
    const provider = new Provider(this.issuer.claim, providerConfiguration(settings, interactionPolicy));
    provider.proxy = true;
    // The package describes what it could do, whatever its clients may.
    provider.use(async (context, next) => {
      await next();
      const { oidc, body } = context as { readonly oidc?: { readonly route?: string }; readonly body?: unknown };
      if (oidc?.route === 'discovery') Object.assign(body ?? {}, { response_modes_supported: RESPONSE_MODES });
    });
    provider.on('server_error', (_context, error) => new Logger('EmbeddedIssuer').error(error.message));
    return provider;
  }
}
