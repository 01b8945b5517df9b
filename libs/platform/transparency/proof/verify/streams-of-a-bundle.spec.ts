import fc from 'fast-check';
import {
  listed,
  madeAgreementBundle,
  madeLogBundle,
  madeStreamsBundle,
  type StreamsBundled,
} from '../../../../testing/verifiable-log/made-bundle';
import { digest, MadeLog, MadeSigner } from '../../../../testing/verifiable-log/made-log';
import { MapSource } from '../../../../testing/verifiable-log/map-source';
import { KEY_TYPES } from '../note';
import { checkBundle } from './check-bundle';
import { severityOf, type Finding } from './finding';
import { policyOfKeys } from './trust';
import { verdict } from './verdict';

const ORIGIN = 'log.example/khamrap';
const signer = new MadeSigner(ORIGIN);
const trust = { policy: policyOfKeys([signer.vkey]), isGiven: true };
const STREAM = 'agreement-3';
const HEADS_AT = 42;
const HEAD = { kind: 'agreement', subject: STREAM, origin: ORIGIN, size: 44 } as const;

async function found(source: MapSource): Promise<readonly Finding[]> {
  return (await checkBundle(source, { digest, trust })).findings;
}

const bad = (findings: readonly Finding[]): string[] =>
  findings
    .filter((finding) => ['broken', 'unchecked'].includes(severityOf(finding)))
    .map(({ code, position }) => (position === undefined ? code : `${code}@${position}`));
const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);
const without = (...names: readonly string[]): Record<string, undefined> =>
  Object.fromEntries(names.map((name) => [name, undefined]));
const withoutEvent = (position: number) =>
  without(
    ...['entries/#.json', 'proofs/#.tlog-proof', 'disclosures/#.json'].map((name) =>
      name.replace('#', String(position)),
    ),
  );

describe('the end of a stream', () => {
  /** As the log has recorded it at position 42, and as it was given out at a size. */
  const taken = (size: number, log = new MadeLog({ headsAt: HEADS_AT })): Promise<MapSource> =>
    madeStreamsBundle(log.grow(size), signer, { ...HEAD, streams: [STREAM], headsOf: [STREAM] });
  const made = async (change: (source: MapSource) => Record<string, string | undefined>): Promise<string[]> => {
    const source = await taken(44);
    return bad(await found(listed(source.with(change(source)), HEAD)));
  };
  const PROOF = `heads/${STREAM}.json`;
  const changed = (source: MapSource, from: RegExp, to: string): Record<string, string> => ({
    [PROOF]: Buffer.from(source.files.get(PROOF)!).toString().replace(from, to),
  });

  test('is where the log recorded it', async () => {
    const findings = await found(await taken(44));
    expect(bad(findings)).toEqual([]);
    expect(findings).toContainEqual({ code: 'nothingAfter', subject: STREAM, position: HEADS_AT });
    expect(codes(findings)).not.toContain('nothingAfterUnknown');
  });

  test('is not shown by a record of before', async () => {
    const findings = await found(await taken(60));
    expect(bad(findings)).toEqual([]);
    expect(findings).toContainEqual({ code: 'nothingAfterUnknown', subject: STREAM });
    expect(codes(findings)).not.toContain('nothingAfter');
  });

  test('is not shown, and nobody is accused, where the record is not disclosed', async () => {
    const source = listed((await taken(44)).with(without(`disclosures/${HEADS_AT}.json`)), HEAD);
    const findings = await found(source);
    expect(bad(findings)).toEqual([]);
    expect(codes(findings)).toEqual(
      expect.arrayContaining(['nothingAfterUnknown', 'streamUnnamed', 'bodiesUndisclosed']),
    );
    expect(verdict(findings).outcome).toBe('verified');
  });

  test.each<[string, (source: MapSource) => Record<string, string | undefined>, string]>([
    ['goes on behind what is here', () => withoutEvent(38), `streamGoesOn@${HEADS_AT}`],
    ['has a proof of another record', (source) => changed(source, /"position":42/, '"position":3'), 'headWrong'],
    ['has a proof without its record', () => withoutEvent(HEADS_AT), 'headWrong'],
    ['has another revision', (source) => changed(source, /"revision":5/, '"revision":4'), 'headWrong'],
    ['has another place', (source) => changed(source, /"index":\d/, '"index":9'), 'headWrong'],
    ['has a place before the first', (source) => changed(source, /"index":\d/, '"index":-1'), 'headWrong'],
    ['has a hash that is none', (source) => changed(source, /"leaf":"./, '"leaf":"x'), 'headWrong'],
    ['has a proof that is none', () => ({ [PROOF]: '[]' }), 'headWrong'],
  ])('that %s is found', async (_what, change, code) => {
    expect(await made(change)).toEqual([code]);
  });

  test.each<[string, number]>([
    ['behind what the log had', -1],
    ['ahead of what the log had', 1],
  ])('that was recorded falsely, %s, is found', async (_what, by) => {
    const later = new MadeLog().grow(60);
    const leafAt = (revision: number): string => {
      const position = revision * 7 + 3;
      return Buffer.from(later.tile(0, 0, 60).subarray(position * 32, position * 32 + 32)).toString('hex');
    };
    const lying = new MadeLog({
      headsAt: HEADS_AT,
      headsSaid: (heads) =>
        heads.map((head) =>
          head.stream === later.referenceOf(STREAM)
            ? { ...head, revision: head.revision + by, leaf: leafAt(head.revision + by) }
            : head,
        ),
    });
    expect(bad(await found(await taken(60, lying)))).toEqual(['headWrong']);
  });
});

describe('a stream that nothing names', () => {
  test('is claimed to be nothing: events of the log itself may be there without bodies', async () => {
    const log = new MadeLog({ headsAt: HEADS_AT }).grow(44);
    const source = await madeStreamsBundle(log, signer, { ...HEAD, streams: [STREAM, 'ledger'] });
    const ledger = [0, 7, 14, 21, 28, 35, 42].map((position) => `disclosures/${position}.json`);
    // Whoever has the first event of all knows whose stream it is.
    const gap = { ...without(...ledger), ...withoutEvent(14) };
    const withFirst = await found(listed(source.with(gap), HEAD));
    expect(bad(withFirst)).toEqual([]);
    expect(codes(withFirst)).not.toContain('streamUnnamed');
    const parts = { ...without(...ledger), ...withoutEvent(0), ...withoutEvent(14) };
    const findings = await found(listed(source.with(parts), HEAD));
    expect(bad(findings)).toEqual([]);
    expect(findings).toContainEqual({ code: 'streamUnnamed', subject: log.referenceOf('ledger') });
    expect(findings).toContainEqual(expect.objectContaining({ code: 'streamComplete', subject: STREAM }));
  });

  test('may be the one that the bundle is about, which is said to be unknown', async () => {
    const source = await madeAgreementBundle(new MadeLog().grow(44), signer, STREAM);
    const bodies = [...source.files.keys()].filter((name) => name.startsWith('disclosures/'));
    const findings = await found(listed(source.with(without(...bodies)), HEAD));
    expect(bad(findings)).toEqual([]);
    expect(findings).toContainEqual({ code: 'subjectUnknown', subject: STREAM });
    // Of nothing nothing is said to have been compared.
    expect(codes(findings)).not.toContain('bodiesChecked');
  });
});

describe('what an office has of a year', () => {
  const dataOf = (position: number) =>
    position % 7 === 3
      ? { parties: [{ officeId: 'phrae-cdd' }], fiscalYear: 2566 }
      : { recipients: [{ officeId: 'phrae-cdd' }], awardYear: position % 7 === 5 ? '2565' : '2566' };
  const log = new MadeLog({ dataOf }).grow(44);
  const bundle = (change: Partial<StreamsBundled> = {}): Promise<MapSource> =>
    madeStreamsBundle(log, signer, {
      kind: 'officeYear',
      subject: 'phrae-cdd/2566',
      streams: [STREAM, 'agreement-4'],
      ...change,
    });

  test('is shown by what each of its streams says', async () => {
    const findings = await found(await bundle());
    expect(bad(findings)).toEqual([]);
    expect(codes(findings)).toEqual(expect.arrayContaining(['streamComplete', 'selectionNotShown']));
    expect(codes(findings)).not.toContain('streamSubjectUnknown');
  });

  test.each<[string, Partial<StreamsBundled>]>([
    ['another office', { subject: 'nan-cdd/2566' }],
    ['another year', { subject: 'phrae-cdd/2567' }],
    ['a part of a name', { subject: 'phrae/2566' }],
    ['a stream of another year among them', { streams: [STREAM, 'agreement-5'] }],
    ['no stream at all', { streams: ['ledger'] }],
  ])('is not that of %s', async (_what, change) => {
    expect(bad(await found(await bundle(change)))).toEqual(['subjectDiffers']);
  });

  test('may be said where it is not disclosed', async () => {
    const whole = await bundle();
    const hidden = listed(whole.with(without('disclosures/4.json')), {
      ...HEAD,
      kind: 'officeYear',
      subject: 'phrae-cdd/2566',
    });
    expect(bad(await found(hidden))).toEqual([]);
    const late = [4, 11, 18, 25, 32, 39].map((position) => `disclosures/${position}.json`);
    const findings = await found(
      listed(whole.with(without(...late)), { ...HEAD, kind: 'officeYear', subject: 'phrae-cdd/2566' }),
    );
    expect(bad(findings)).toEqual([]);
    expect(findings).toContainEqual({ code: 'streamSubjectUnknown', subject: log.referenceOf('agreement-4') });
  });
});

describe('what was made by somebody who means harm', () => {
  test('is answered, whatever stands in its files', async () => {
    const log = new MadeLog({ headsAt: HEADS_AT }).grow(44);
    const agreement = await madeStreamsBundle(log, signer, { ...HEAD, streams: [STREAM], headsOf: [STREAM] });
    const whole = await madeLogBundle(log, signer);
    const bytes = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(agreement, whole), fc.nat(), bytes, async (source, which, content) => {
        const names = [...source.files.keys(), 'evidence.json', 'checkpoints/7'];
        const name = names[which % names.length]!;
        const kind = source === whole ? ({ ...HEAD, kind: 'log', subject: ORIGIN } as const) : HEAD;
        const changed = source.with({ [name]: content });
        const outcomes = [changed, listed(changed, kind)].map(async (each) => verdict(await found(each)).outcome);
        expect(['verified', 'broken', 'unchecked']).toEqual(expect.arrayContaining(await Promise.all(outcomes)));
      }),
      { numRuns: 150 },
    );
  });
});

test('a broken bundle says in both languages what is not as it should be, first of all where', async () => {
  const source = await madeAgreementBundle(new MadeLog().grow(44), signer, STREAM);
  const withWitness = policyOfKeys([signer.vkey, new MadeSigner('witness.example', KEY_TYPES.cosignature).vkey]);
  const changed = source
    .flipped('disclosures/10.json', 999)
    .with({ 'entries/17.json': source.files.get('entries/24.json'), extra: 'x' });
  const { findings } = await checkBundle(changed, { digest, trust: { policy: withWitness, isGiven: true } });
  const { th, en, outcome, firstBadPosition } = verdict(findings);
  expect([outcome, firstBadPosition]).toEqual(['broken', 10]);
  expect({ th, en }).toMatchSnapshot();
});
