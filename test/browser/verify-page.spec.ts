import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { bundleOf, entriesOf } from '../../libs/platform/transparency/proof';
import { eventually } from '../../libs/testing/eventually';
import type { CommandAnswer } from '../journeys/answers';
import { agreementBody, registerSource } from '../journeys/bodies';
import { beginJourney, type Journey } from '../journeys/journey';
import { SOURCE } from '../journeys/matrix/places';
import { Browser } from './browser';
import { findBrowser } from './find-browser';
import { Page } from './page';
import { receiptOf, sampleLog, writeBundle, type SampleLog } from './sample-log';

// The page on which anybody checks (apps/web/verify), in a real browser: as one file from a disk, and as the service sends it.

const ROOT = path.resolve(__dirname, '../..');
const BROWSER = findBrowser();
/** Without a browser on this machine nothing here can be tried; the build server has one. */
const inBrowser = BROWSER === undefined ? describe.skip : describe;

interface Told {
  readonly outcome: string;
  readonly title: string;
  readonly text: string;
  /** Codes of findings, with their positions. */
  readonly findings: readonly (readonly [code: string, position?: number])[];
}

const TOLD = `(() => {
  const result = document.querySelector('#result');
  const verdict = result.querySelector('.verdict');
  if (result.hidden || verdict === null) return undefined;
  const findings = [...result.querySelectorAll('[data-code]')].map(({ dataset: { code, position } }) =>
    position === undefined ? [code] : [code, Number(position)]);
  const outcome = verdict.classList[1];
  return { outcome, title: verdict.querySelector('h2').textContent, text: result.innerText, findings };
})()`;

inBrowser('the page that verifies', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-pages-'));
  const singleFile = `file://${path.join(ROOT, 'dist/apps/web/verify.html')}`;
  const log = sampleLog(600);
  let browser: Browser;
  let page: Page;
  let written = 0;

  beforeAll(async () => {
    execFileSync(process.execPath, [path.join(ROOT, 'apps/build-when-changed.cjs'), 'page'], { stdio: 'inherit' });
    browser = await Browser.start(BROWSER as string);
  }, 120_000);

  afterAll(async () => {
    await browser?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    expect(page.complaints).toEqual([]);
    await page.close();
  });

  function bundle(of: SampleLog): Promise<string> {
    return writeBundle(path.join(folder, `${++written}.zip`), of);
  }

  /** The log after somebody has been at one of its files. */
  function changed(name: string, change: (bytes: Uint8Array) => Uint8Array | undefined): SampleLog {
    const files = new Map(log.files);
    const bytes = change(new Uint8Array(files.get(name) as Uint8Array));
    if (bytes === undefined) files.delete(name);
    else files.set(name, bytes);
    return { ...log, files };
  }

  async function told(): Promise<Told> {
    return eventually('the verdict', () => page.evaluate<Told | undefined>(TOLD), 30_000);
  }

  async function checked(file: string): Promise<Told> {
    await page.choose('#file', file);
    await eventually('the beginning', () =>
      page.evaluate(`document.querySelector('#file-name').textContent || undefined`),
    );
    return told();
  }

  describe('as one file, from a disk', () => {
    beforeEach(async () => {
      page = await Page.open(browser, singleFile);
    });

    test('finds a good bundle good, in Thai first, in English when asked, and asks nobody for anything', async () => {
      const { outcome, title, findings, text } = await checked(await bundle(log));
      expect([outcome, title]).toEqual(['verified', 'ตรวจแล้ว ถูกต้อง']);
      expect(findings).toEqual(expect.arrayContaining([['entriesChecked'], ['keyFromSource'], ['noWitness']]));
      expect(text).toContain(log.vkey);
      await page.click('[data-language=en]');
      expect(await told()).toMatchObject({ outcome: 'verified', title: 'Verified', findings });
      expect(await page.evaluate('document.documentElement.lang')).toBe('en');
      expect(await page.evaluate(`document.querySelector('#announcement').getAttribute('role')`)).toBe('status');
      expect(page.requests.filter((address) => address !== singleFile && !address.startsWith('blob:'))).toEqual([]);
    });

    test('is held back by its own policy from asking anybody', async () => {
      const asked = page.evaluate(`fetch('http://127.0.0.1:9/').then(() => 'asked', () => 'held back')`);
      expect(await asked).toBe('held back');
      expect(page.complaints.splice(0).join()).toContain('Content Security Policy');
    });

    const flip = (at: number) => (bytes: Uint8Array) => {
      bytes[at] = (bytes[at] as number) ^ 1;
      return bytes;
    };
    test.each<readonly [string, string, (bytes: Uint8Array) => Uint8Array | undefined, Told['findings'][number]]>([
      ['an entry', 'tile/entries/000', flip(12), ['leafDiffers', 0]],
      ['the form of an entry', 'tile/entries/002.p/88', flip(3), ['entryMalformed', 512]],
      ['a hash of the tree', 'tile/0/001', flip(32 * 44), ['leafDiffers', 300]],
      ['an upper tile', 'tile/1/000.p/2', flip(32), ['tileDiffers', 256]],
      ['the tail', 'tile/entries/002.p/88', (all) => bundleOf(entriesOf(all).slice(0, -1)), ['entriesMalformed', 599]],
      ['a bundle of entries', 'tile/entries/001', () => undefined, ['entriesMissing', 256]],
      ['the checkpoint', 'checkpoint', flip(30), ['signatureWrong']],
    ])('finds out that %s was changed', async (_what, name, change, finding) => {
      const { outcome, title, findings } = await checked(await bundle(changed(name, change)));
      expect([outcome, title]).toEqual(['broken', 'ไม่ถูกต้อง']);
      expect(findings).toContainEqual(finding);
    });

    test('compares with what its reader holds', async () => {
      const file = await bundle(log);
      await page.type('#held-keys', log.vkey);
      await page.type('#held-checkpoint', Buffer.from(log.files.get('checkpoint') as Uint8Array).toString());
      const good = await checked(file);
      expect([good.outcome, good.findings.map(([code]) => code)]).toEqual([
        'verified',
        expect.not.arrayContaining(['keyFromSource']),
      ]);
      expect(good.findings).toContainEqual(['consistentWith']);
      const other = sampleLog(3);
      await page.type('#held-keys', other.vkey);
      await page.type('#held-checkpoint', '');
      await page.click('#again');
      const strange = await eventually('the other verdict', async () => {
        const now = await told();
        return now.outcome === 'verified' ? undefined : now;
      });
      expect([strange.outcome, strange.findings]).toEqual([
        'unchecked',
        expect.arrayContaining([['noTrustedSignature']]),
      ]);
    });

    test('checks a receipt by the keys that its reader holds, and by no others', async () => {
      const file = path.join(folder, 'receipt.json');
      fs.writeFileSync(file, await receiptOf(log, 300));
      await page.type('#held-keys', log.vkey);
      expect(await checked(file)).toMatchObject({
        outcome: 'verified',
        findings: expect.arrayContaining([['eventIncluded', 300]]),
      });
      await page.type('#held-keys', '');
      await page.click('#again');
      const unknown = await eventually('the verdict without keys', async () => {
        const now = await told();
        return now.outcome === 'verified' ? undefined : now;
      });
      expect(unknown.outcome).toBe('unchecked');
    });

    test('tells a slip in what is held from a fault in what is checked', async () => {
      await page.type('#held-policy', 'log nobody\n');
      await page.choose('#file', await bundle(log));
      await eventually('the mistake', () =>
        page.evaluate(`document.querySelector('#policy-mistake').hidden ? undefined : true`),
      );
      expect(await page.evaluate('document.activeElement.id')).toBe('held-policy');
      expect(await page.evaluate(`document.querySelector('#result').hidden`)).toBe(true);
    });

    test('says of a file that is none of this, and of a zip that was cut short, that they could not be checked', async () => {
      const whole = fs.readFileSync(await bundle(log));
      fs.writeFileSync(path.join(folder, 'short.zip'), whole.subarray(0, whole.length / 2));
      expect((await checked(path.join(folder, 'short.zip'))).outcome).toBe('unchecked');
    });
  });

  describe('as the service sends it', () => {
    let journey: Journey;

    beforeAll(async () => {
      journey = await beginJourney();
    }, 60_000);

    afterAll(() => journey?.end());

    beforeEach(async () => {
      page = await Page.open(browser, `${journey.service.url}/verify`);
    });

    test('lets in nothing but its own files, and checks without asking anybody else', async () => {
      expect((await checked(await bundle(log))).outcome).toBe('verified');
      const { url } = journey.service;
      expect(page.requests.filter((address) => !address.startsWith(`${url}/verify`) && address !== 'data:,')).toEqual(
        [],
      );
    });

    test('checks the log of the service, from its first entry to its newest', async () => {
      await page.click('#check-live');
      const { outcome, findings, text } = await told();
      expect([outcome, text]).toEqual(['verified', expect.stringContaining('สมุดบันทึกของเซิร์ฟเวอร์นี้')]);
      expect(findings).toEqual(expect.arrayContaining([['entriesChecked'], ['tilesChecked'], ['liveOnly']]));
      const { url } = journey.service;
      expect(page.requests.filter((address) => !address.startsWith(`${url}/`) && address !== 'data:,')).toEqual([]);
      expect(page.requests).toContain(`${url}/log/checkpoint`);
    });

    test('finds the bundles good that the service gives out, which carry this page', async () => {
      const recorder = await journey.service.as('recorder');
      await registerSource(recorder);
      const drafting = agreementBody({ basis: 'monitoringOnly', source: SOURCE });
      const { id } = (await recorder.post<CommandAnswer>('/v1/agreements', drafting)).body;
      for (const [name, codes] of [
        ['log', ['entriesChecked', 'bodiesChecked', 'filesChecked']],
        [`agreements/${id}`, ['eventsIncluded', 'streamComplete', 'filesChecked']],
      ] as const) {
        const answer = await fetch(`${journey.service.url}/v1/audit/bundles/${name}`);
        const bytes = Buffer.from(await answer.arrayBuffer());
        expect([name, answer.status, bytes.includes('verify.html')]).toEqual([name, 200, true]);
        const file = path.join(folder, `${path.basename(name)}.zip`);
        fs.writeFileSync(file, bytes);
        const { outcome, findings } = await checked(file);
        expect([outcome, findings.map(([code]) => code)]).toEqual(['verified', expect.arrayContaining([...codes])]);
      }
    });

    test('its files and their policy are the same for everybody, and nothing else is there', async () => {
      const { anybody } = journey.service;
      const { headers, text } = await anybody.get('/verify');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      const [, script = ''] = /src="([^"]+\.js)"/.exec(text) ?? [];
      const { status, headers: ofScript } = await anybody.get(script);
      expect([status, ofScript['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
      const taken = await anybody.get('/verify/verify.html');
      expect(taken.headers['content-disposition']).toBe('attachment; filename="verify.html"');
      expect(taken.text).toBe(fs.readFileSync(path.join(ROOT, 'dist/apps/web/verify.html'), 'utf8'));
      for (const name of ['index.html', '.built', 'main.ts', '..%2fverify.html'])
        expect([name, (await anybody.get(`/verify/${name}`)).status]).toEqual([name, 404]);
    });
  });
});
