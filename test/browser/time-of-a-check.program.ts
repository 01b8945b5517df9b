import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { eventually } from '../../libs/testing/eventually';
import { Browser } from './browser';
import { findBrowser } from './find-browser';
import { Page } from './page';
import { sampleLog, writeBundle } from './sample-log';

// How long the page takes to check a bundle of so many events, as it says itself: the median of three.
//   node --require ./libs/testing/program/run-typescript.cjs test/browser/time-of-a-check.program.ts 100000

const WAIT_MS_MAX = 600_000;
const SECONDS = `(() => {
  const result = document.querySelector('#result');
  if (result.querySelector('.verified') === null) return undefined;
  return Number.parseFloat([...result.querySelectorAll('dd')].at(-1).textContent);
})()`;

async function main(size: number): Promise<void> {
  const file = findBrowser();
  if (file === undefined) throw new Error('there is no browser');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-check-'));
  const bundle = await writeBundle(path.join(folder, 'log.zip'), sampleLog(size));
  const browser = await Browser.start(file);
  try {
    const page = await Page.open(browser, `file://${path.resolve('dist/apps/web/verify.html')}`);
    const seconds: number[] = [];
    for (let run = 0; run < 3; run++) {
      await page.evaluate(`document.querySelector('#result').replaceChildren()`);
      await page.choose('#file', bundle);
      seconds.push(await eventually('the verdict', () => page.evaluate<number | undefined>(SECONDS), WAIT_MS_MAX));
    }
    const median = seconds.toSorted((one, other) => one - other)[1];
    console.log(`${size} events, ${fs.statSync(bundle).size} bytes: ${median} s (${seconds.join(', ')})`);
  } finally {
    await browser.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main(Number(process.argv[2] ?? 100_000)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
