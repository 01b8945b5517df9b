import fc from 'fast-check';
import { listed, madeAgreementBundle, madeLogBundle } from '../../../../testing/verifiable-log/made-bundle';
import { digest, MadeLog, MadeSigner, saltOf } from '../../../../testing/verifiable-log/made-log';
import type { MapSource } from '../../../../testing/verifiable-log/map-source';
import { hexOf } from '../bytes';
import { tlogProofText } from '../tlog-proof';
import { checkBundle } from './check-bundle';
import { checkReceipt } from './check-receipt';
import { severityOf, type Finding } from './finding';
import { CATALOGUE } from './finding-catalogue';
import { policyOfKeys } from './trust';
import { verdict } from './verdict';

const signer = new MadeSigner('log.example/khamrap');
const trust = { policy: policyOfKeys([signer.vkey]), isGiven: true };
const STREAM = 'agreement-3';
const HEAD = { kind: 'agreement', subject: STREAM, origin: 'log.example/khamrap', size: 60 } as const;

const log = new MadeLog().grow(60);
let agreement: MapSource;
let whole: MapSource;

beforeAll(async () => {
  agreement = await madeAgreementBundle(log, signer, STREAM);
  whole = await madeLogBundle(new MadeLog().grow(300), signer);
});

const bad = (findings: readonly Finding[]): string[] =>
  findings
    .filter((finding) => ['broken', 'unchecked'].includes(severityOf(finding)))
    .map(({ code, position }) => (position === undefined ? code : `${code}@${position}`));

async function badIn(source: MapSource): Promise<string[]> {
  return bad((await checkBundle(source, { digest, trust })).findings);
}

type Changes = Record<string, Uint8Array | string | undefined>;
interface Opened {
  salt: string;
  body: string;
  readonly stream: { name: string; salt: string };
  readonly private: { path: string; disclosure: string }[];
}
const jsonOf = (name: string): Opened => JSON.parse(Buffer.from(agreement.files.get(name)!).toString());
const disclosed = (position: number, change: (disclosure: Opened) => void): Changes => {
  const name = `disclosures/${position}.json`;
  const disclosure = jsonOf(name);
  change(disclosure);
  return { [name]: JSON.stringify(disclosure) };
};

describe('a bundle', () => {
  test('of an agreement says what it shows, and what it does not', async () => {
    const { findings } = await checkBundle(agreement, { digest, trust });
    expect(bad(findings)).toEqual([]);
    expect(verdict(findings)).toMatchSnapshot();
  });

  test('of a whole log is a log with its bodies', async () => {
    const { findings } = await checkBundle(whole, { digest, trust });
    expect(bad(findings)).toEqual([]);
    expect(findings).toContainEqual({ code: 'bodiesChecked', subject: '300' });
    expect(findings).toContainEqual({ code: 'privateValuesChecked', subject: '299' });
  });

  test.each(['agreement', 'log'] as const)(
    'of kind %s: any bit of any file that is the other way round is found',
    async (kind) => {
      const source = kind === 'log' ? whole : agreement;
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...source.files.keys()), fc.nat(), async (name, bit) => {
          expect(await badIn(source.flipped(name, bit))).not.toEqual([]);
        }),
        { numRuns: 100 },
      );
    },
  );

  test('with a file more or less is not the bundle of its list', async () => {
    expect(await badIn(agreement.with({ extra: 'x' }))).toEqual(['fileUnlisted']);
    expect(await badIn(agreement.with({ policy: undefined }))).toEqual(['fileMissing']);
  });
});

// The list of files fits what was changed, as it would if somebody made the bundle anew.
describe('a bundle that was made anew', () => {
  test.each<[string, () => Changes, string[]]>([
    [
      'with another body',
      () => disclosed(10, (each) => (each.body = each.body.replace('phrae', 'other'))),
      ['bodyDiffers@10'],
    ],
    ['with another salt', () => disclosed(10, (each) => (each.salt = hexOf(saltOf(11)))), ['bodyDiffers@10']],
    [
      'with another name of the stream',
      () => disclosed(10, (each) => (each.stream.name = 'agreement-4')),
      ['streamDiffers@10'],
    ],
    [
      'with another salt of the stream',
      () => disclosed(3, (each) => (each.stream.salt = 'a'.repeat(64))),
      ['streamDiffers@3'],
    ],
    [
      'with another private value',
      () => disclosed(10, (each) => (each.private[0]!.disclosure = log.disclosure(17).private![0]!.disclosure)),
      ['privateValueDiffers@10'],
    ],
    [
      'with a private value elsewhere',
      () => disclosed(10, (each) => (each.private[0]!.path = '/text')),
      ['privateValueDiffers@10'],
    ],
    [
      'with the body of another event',
      () => ({ 'disclosures/10.json': agreement.files.get('disclosures/17.json') }),
      ['bodyDiffers@10'],
    ],
    [
      'without an event',
      () => ({ 'entries/17.json': undefined, 'proofs/17.tlog-proof': undefined }),
      ['streamIncomplete@24'],
    ],
    [
      'without its first event',
      () => ({ 'entries/3.json': undefined, 'proofs/3.tlog-proof': undefined }),
      ['streamIncomplete@10'],
    ],
    [
      'with the proof of another event',
      () => ({ 'proofs/17.tlog-proof': agreement.files.get('proofs/24.tlog-proof') }),
      ['proofWrong@17', 'streamIncomplete@24'],
    ],
    [
      'with another entry',
      () => ({ 'entries/17.json': agreement.files.get('entries/24.json') }),
      ['proofWrong@17', 'streamIncomplete@24'],
    ],
    [
      'with evidence that nothing names',
      () => ({ 'evidence.json': JSON.stringify({ evidence: [{ sha256: 'b'.repeat(64) }] }) }),
      ['evidenceUnrecorded'],
    ],
  ])('%s', async (_what, change, found) => {
    expect(await badIn(listed(agreement.with(change()), HEAD))).toEqual(found);
  });

  test('about something else', async () => {
    expect(await badIn(listed(agreement, { ...HEAD, subject: 'agreement-4' }))).toEqual(['subjectDiffers']);
    expect(await badIn(listed(agreement, { ...HEAD, size: 59 }))).toEqual(['manifestMalformed']);
  });
});

describe('a receipt', () => {
  async function receipt(change: Record<string, unknown> = {}): Promise<Buffer> {
    const hashes = await log.tree().inclusionProof(10);
    const proof = tlogProofText({ index: 10, hashes, checkpoint: await log.checkpoint([signer]) });
    const told = { proof, leaf: Buffer.from(log.entries[10]!).toString(), disclosure: log.disclosure(10) };
    return Buffer.from(JSON.stringify({ ...told, ...change }));
  }
  const badInReceipt = (bytes: Buffer): string[] => bad(checkReceipt('receipt', bytes, { digest, trust }).findings);

  test('shows that its event is in the log', async () => {
    const { findings, held } = checkReceipt('receipt', await receipt(), { digest, trust });
    expect(bad(findings)).toEqual([]);
    expect(held?.position).toBe(10);
    expect(verdict(findings)).toMatchSnapshot();
  });

  test('with the entry of another event, for another log, or without one, shows nothing', async () => {
    expect(badInReceipt(await receipt({ leaf: Buffer.from(log.entries[11]!).toString() }))).toEqual(['proofWrong@10']);
    expect(badInReceipt(await receipt({ leaf: undefined }))).toEqual(['leafMissing@10']);
    expect(badInReceipt(await receipt({ eventId: 'another' }))).toEqual(['envelopeDiffers@10']);
    const other = new MadeLog({ origin: 'log.example/other' }).grow(60);
    const note = await other.checkpoint([new MadeSigner('log.example/other')]);
    const proof = tlogProofText({ index: 10, hashes: await other.tree().inclusionProof(10), checkpoint: note });
    expect(badInReceipt(await receipt({ proof }))).toEqual(['originDiffers']);
  });

  test('without a key that is trusted cannot be checked', async () => {
    const nobody = { policy: policyOfKeys([]), isGiven: false };
    const { findings } = checkReceipt('receipt', await receipt(), { digest, trust: nobody });
    expect(verdict(findings).outcome).toBe('unchecked');
  });
});

test('nothing looked at is not verified', () => expect(verdict([]).outcome).toBe('unchecked'));

test.each(Object.entries(CATALOGUE))(
  'what is said of %s is said in both languages, and names no option of a tool',
  (_code, { th, en }) => {
    // The same sentences stand on a page.
    expect(`${th} ${en}`).not.toMatch(/--\w/);
    expect(th).toMatch(/[ก-๙]/);
    expect(en).not.toMatch(/[ก-๙]/);
    expect(th.match(/\{\w+\}/g)?.sort()).toEqual(en.match(/\{\w+\}/g)?.sort());
  },
);
