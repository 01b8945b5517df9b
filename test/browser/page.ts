import { eventually } from '../../libs/testing/eventually';
import type { Browser, Fields } from './browser';

interface Evaluated<Value> {
  readonly result: { readonly value: Value };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

/** What a page looks like: in CSS pixels. */
export interface Look {
  readonly width: number;
  readonly dark?: boolean;
  readonly media?: 'screen' | 'print';
}

/** A page in a browser, with all that it asked for and all that it complained of, in its workers too. */
export class Page {
  readonly requests: string[] = [];
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly session: string,
    private readonly target: string,
  ) {
    this.#listenTo(session);
  }

  static async open(browser: Browser, address: string): Promise<Page> {
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(browser, sessionId as string, targetId as string);
    for (const domain of ['Page', 'Runtime', 'Log', 'Network', 'DOM']) await page.#send(`${domain}.enable`);
    await page.#send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    await page.goTo(address);
    return page;
  }

  async goTo(address: string): Promise<void> {
    await this.#send('Page.navigate', { url: address });
    await eventually(address, async () =>
      (await this.evaluate<boolean>(`document.readyState === 'complete' && location.href !== 'about:blank'`))
        ? true
        : undefined,
    );
  }

  /** The value of an expression, awaited. @throws Error with what the page threw */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = (await this.#send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as unknown as Evaluated<Value>;
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  click(selector: string): Promise<void> {
    return this.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
  }

  type(selector: string, text: string): Promise<void> {
    return this.evaluate(`document.querySelector(${JSON.stringify(selector)}).value = ${JSON.stringify(text)}`);
  }

  /** Chooses a file as somebody does in the dialogue of the browser. */
  async choose(selector: string, file: string): Promise<void> {
    const { root } = (await this.#send('DOM.getDocument')) as { readonly root: { readonly nodeId: number } };
    const { nodeId } = await this.#send('DOM.querySelector', { nodeId: root.nodeId, selector });
    await this.#send('DOM.setFileInputFiles', { files: [file], nodeId });
  }

  async look({ width, dark = false, media = 'screen' }: Look): Promise<void> {
    await this.#send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false });
    const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
    await this.#send('Emulation.setEmulatedMedia', { media, features });
  }

  /** All of the page, as PNG. */
  async picture(): Promise<Buffer> {
    const { data } = await this.#send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true });
    return Buffer.from(data as string, 'base64');
  }

  async close(): Promise<void> {
    await this.browser.send('Target.closeTarget', { targetId: this.target });
  }

  #send(method: string, parameters = {}): Promise<Fields> {
    return this.browser.send(method, parameters, this.session);
  }

  #listenTo(session: string): void {
    this.browser.onEvent(session, (method, parameters) => {
      switch (method) {
        case 'Network.requestWillBeSent':
          this.requests.push((parameters['request'] as { readonly url: string }).url);
          break;
        case 'Runtime.exceptionThrown':
        case 'Runtime.consoleAPICalled':
        case 'Log.entryAdded':
          this.complaints.push(JSON.stringify(parameters));
          break;
        case 'Target.attachedToTarget':
          this.#listenToWorker(parameters['sessionId'] as string);
      }
    });
  }

  #listenToWorker(session: string): void {
    this.#listenTo(session);
    // It may have ended before it is asked.
    for (const domain of ['Runtime', 'Network'])
      this.browser.send(`${domain}.enable`, {}, session).catch(() => undefined);
  }
}
