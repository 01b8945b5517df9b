import * as fs from 'node:fs';
import { hexOf, verifierKeyText } from '@khamrap/platform/transparency/proof';
import { SigningRefused } from '../checkpoint-signer';
import type { Annals } from './annals';
import type { LogEvent } from './log-events';
import { openEpoch } from './open-epoch';
import { History, logKey, ORIGIN, SignerUnderTest, told } from './spec/signer-under-test';

const KEY = logKey();
const OTHER = logKey();
const HISTORY = new History(40);
/** Another log from its 11th event on. */
const FORK = new History(40, 10);

/** A log of events for the cases that leave none of their own in it but the keys. */
let shared: SignerUnderTest;
let bench: SignerUnderTest;

beforeAll(async () => {
  shared = await SignerUnderTest.open();
});

beforeEach(() => {
  bench = shared;
  bench.forget();
});

afterAll(() => shared?.close());

/** A log for one case alone. */
async function onItsOwn(work: () => Promise<void>): Promise<void> {
  bench = await SignerUnderTest.open();
  try {
    await work();
  } finally {
    await bench.close();
  }
}

const vkeyOf = (key: typeof KEY, origin = ORIGIN): string => verifierKeyText(key.verifierKey(origin));

async function refusalOf(signing: Promise<string | undefined>): Promise<string> {
  const refusal: unknown = await signing.then(
    (note) => note,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(SigningRefused);
  return (refusal as SigningRefused).message;
}

test('signs what goes on from what it signed, and the same again', async () => {
  const signer = bench.signer({ keys: [KEY] });
  const first = await signer.sign(HISTORY.treeOf(10));
  expect(first).toBe(HISTORY.noteOf(10, [KEY]));
  expect(told(first, [KEY, OTHER])).toEqual([`${ORIGIN} ${hexOf(HISTORY.rootAt(10))}`, 1, 10]);
  expect(await signer.sign(HISTORY.treeOf(11))).toBe(HISTORY.noteOf(11, [KEY]));
  // A process that starts anew knows what the one before it has signed.
  const later = bench.signer({ keys: [KEY] });
  expect(await later.sign(HISTORY.treeOf(11))).toBe(HISTORY.noteOf(11, [KEY]));
  expect(fs.readdirSync(bench.folder())).toHaveLength(2);
  expect(await later.sign(HISTORY.treeOf(40))).toBe(HISTORY.noteOf(40, [KEY]));
  expect(bench.warnings).toEqual([]);
});

test('waits for a tree that is only behind', async () => {
  const signer = bench.signer({ keys: [KEY] });
  await signer.sign(HISTORY.treeOf(20));
  expect(await signer.sign(HISTORY.treeOf(12, 20))).toBeUndefined();
  // What is compared is what was signed, once it is there again; until then nobody can say.
  expect(await signer.sign(FORK.treeOf(12, 20))).toBeUndefined();
  await refusalOf(signer.sign(FORK.treeOf(20)));
  expect(await signer.sign(HISTORY.treeOf(20))).toBe(HISTORY.noteOf(20, [KEY]));
});

test.each([
  ['a smaller tree', HISTORY.treeOf(19), 'events are missing'],
  ['another tree of the same size', FORK.treeOf(20), 'do not begin with'],
  ['a larger tree that is no continuation', FORK.treeOf(30), 'do not begin with'],
  [
    'a larger tree with the proof of another',
    { ...FORK.treeOf(30), consistencyFrom: (old: number) => HISTORY.treeOf(30).consistencyFrom(old) },
    'do not begin with',
  ],
  [
    'a larger tree without proof',
    { ...HISTORY.treeOf(30), consistencyFrom: () => Promise.resolve([]) },
    'do not begin',
  ],
])('refuses %s, and says which are meant', async (_what, tree, why) => {
  const signer = bench.signer({ keys: [KEY] });
  await signer.sign(HISTORY.treeOf(20));
  const message = await refusalOf(signer.sign(tree));
  for (const said of [
    why,
    `${tree.size} events with the root ${hexOf(tree.root)}`,
    hexOf(HISTORY.rootAt(20)),
    'open-epoch',
  ])
    expect(message).toContain(said);
  // It has not moved.
  expect(await bench.signer({ keys: [KEY] }).sign(HISTORY.treeOf(21))).toBe(HISTORY.noteOf(21, [KEY]));
});

test('refuses another log under the same name', async () => {
  await bench.signer({ keys: [KEY] }).sign(HISTORY.treeOf(20));
  const another = await SignerUnderTest.open();
  fs.cpSync(bench.folder(), another.folder(), { recursive: true });
  const message = await refusalOf(another.signer({ keys: [KEY] }).sign(HISTORY.treeOf(30)));
  expect(message).toContain(`of the log ${bench.store.identity().logId}`);
  // Its keys sign nothing of this log, so the log is not told from which size on.
  expect(await another.signer({ keys: [KEY] }).recordKeys()).toEqual([]);
  await another.close();
});

test('gives out no signature that it could not write down', async () => {
  fs.writeFileSync(bench.folder('taken'), '');
  await expect(bench.signer({ keys: [KEY], folder: 'taken' }).sign(HISTORY.treeOf(20))).rejects.toThrow('ENOTDIR');
});

describe('a signer that has lost its folder', () => {
  test('goes on from the published checkpoint that its key has signed, and says so', async () => {
    const signer = bench.signer({ keys: [KEY], published: () => HISTORY.noteOf(20, [KEY]) });
    await refusalOf(signer.sign(FORK.treeOf(30)));
    expect(await signer.sign(HISTORY.treeOf(12, 20))).toBeUndefined();
    expect(bench.warnings).toEqual([]);
    expect(await signer.sign(HISTORY.treeOf(30))).toBe(HISTORY.noteOf(30, [KEY]));
    expect(bench.warnings).toEqual([expect.stringContaining('remembers nothing')]);
    await signer.sign(HISTORY.treeOf(31));
    expect(bench.warnings).toHaveLength(1);
  });

  test.each([
    ['another key has signed', HISTORY.noteOf(20, [OTHER])],
    ['its key has not signed as it stands', HISTORY.noteOf(20, [KEY]).replace('\n20\n', '\n19\n')],
  ])('does not go on from one that %s', async (_what, published) => {
    const message = await refusalOf(bench.signer({ keys: [KEY], published: () => published }).sign(HISTORY.treeOf(30)));
    expect(message).toContain('signed by none of its keys');
    // Until it is given the key as well, which is how a key is changed.
    const both = bench.signer({ keys: [KEY, OTHER], published: () => HISTORY.noteOf(20, [OTHER]) });
    expect(await both.sign(HISTORY.treeOf(30))).toBe(HISTORY.noteOf(30, [KEY, OTHER]));
  });

  // What nobody keeps but the signer and who has seen the checkpoint: README, "What this cannot see".
  test('does not notice an older copy of the database, whose own checkpoint is older too', async () => {
    await bench.signer({ keys: [KEY], folder: 'lost' }).sign(HISTORY.treeOf(30));
    const restored = bench.signer({ keys: [KEY], published: () => HISTORY.noteOf(10, [KEY]) });
    expect(await restored.sign(FORK.treeOf(20))).toBe(FORK.noteOf(20, [KEY]));
  });
});

test('an instance with a folder of its own goes on from what the others have signed', async () => {
  let published: string | undefined;
  const [here, there] = ['here', 'there'].map((folder) =>
    bench.signer({ keys: [KEY], folder, published: () => published }),
  ) as [ReturnType<typeof bench.signer>, ReturnType<typeof bench.signer>];
  published = await here.sign(HISTORY.treeOf(8));
  published = await there.sign(HISTORY.treeOf(20));
  // A continuation of what it has signed itself, not of what the other has.
  await refusalOf(here.sign(new History(40, 15).treeOf(30)));
  published = await here.sign(HISTORY.treeOf(30));
  expect(published).toBe(HISTORY.noteOf(30, [KEY]));
  // A key that is not known has nothing to say here.
  published = FORK.noteOf(40, [OTHER]);
  expect(await here.sign(HISTORY.treeOf(31))).toBe(HISTORY.noteOf(31, [KEY]));
  expect(bench.warnings.filter((warning) => warning.includes('Another instance has signed'))).toHaveLength(1);
});

test('records which keys sign, and when one takes the place of another', () =>
  onItsOwn(async () => {
    const first = bench.signer({ keys: [KEY] });
    expect(await first.recordKeys()).toEqual([{ type: 'LogKeyAdopted', data: { vkey: vkeyOf(KEY), size: 0 } }]);
    expect(await first.recordKeys()).toEqual([]);
    await first.sign(HISTORY.treeOf(20));
    // Both sign while one takes the other's place.
    const overlap = bench.signer({ keys: [OTHER, KEY] });
    await overlap.recordKeys();
    expect(told(await overlap.sign(HISTORY.treeOf(20)), [KEY, OTHER])[1]).toBe(2);
    await overlap.sign(HISTORY.treeOf(25));
    const after = bench.signer({ keys: [OTHER] });
    await after.recordKeys();
    expect(told(await after.sign(HISTORY.treeOf(26)), [KEY, OTHER])[1]).toBe(1);
    const { keys } = await bench.annals();
    expect(keys).toMatchObject([
      { vkey: vkeyOf(KEY), fromSize: 0, toSize: 26, adopted: { position: 1 }, retired: { position: 3 } },
      { vkey: vkeyOf(OTHER), fromSize: 20, adopted: { position: 2 } },
    ]);
    expect(keys[1]?.retired).toBeUndefined();
  }));

test('two instances that start at once record their keys once', () =>
  onItsOwn(async () => {
    await Promise.all([1, 2, 3].map(() => bench.signer({ keys: [KEY] }).recordKeys()));
    expect((await bench.annals()).keys).toHaveLength(1);
  }));

describe('an epoch', () => {
  beforeEach(async () => {
    bench = await SignerUnderTest.open();
  });

  afterEach(() => bench.close());

  const NEXT = `${ORIGIN}/epoch-1`;
  const opening = { lastSignedSize: 20, lastSignedRoot: hexOf(HISTORY.rootAt(20)), foundSize: 15, reason: 'restored' };

  test('is gone along with when it names what the signer remembers, and only by trees that cover it', async () => {
    const signer = bench.signer({ keys: [KEY] });
    await signer.recordKeys();
    await signer.sign(HISTORY.treeOf(20));
    await refusalOf(signer.sign(FORK.treeOf(15)));
    const opened = await openEpoch(
      { signer, annals: bench.newAnnals(), store: bench.store },
      FORK.treeOf(15),
      'restored',
    );
    expect(opened).toMatchObject({ kind: 'opened', epoch: { epoch: 1, origin: NEXT, ...opening } });
    const { position } = (await bench.annals()).epochs[0]!;
    expect(position).toBe(2);

    // The same signer, that has refused; its history is another one now, and has the event.
    expect(await signer.sign(FORK.treeOf(2, 16))).toBeUndefined();
    const note = await signer.sign(FORK.treeOf(16));
    expect(note).toBe(FORK.noteOf(16, [KEY], NEXT));
    expect(bench.warnings).toEqual([expect.stringContaining(NEXT)]);
    expect((await bench.annals()).keys).toMatchObject([
      { vkey: vkeyOf(KEY), fromSize: 0, toSize: 21 },
      { vkey: vkeyOf(KEY, NEXT), fromSize: 16 },
    ]);
    // And so it stays: for those that start later, for smaller trees, for one without the folder.
    const later = bench.signer({ keys: [KEY] });
    expect(await later.recordKeys()).toEqual([]);
    expect(await later.sign(FORK.treeOf(17))).toBe(FORK.noteOf(17, [KEY], NEXT));
    await refusalOf(later.sign(FORK.treeOf(16)));
    await refusalOf(later.sign(HISTORY.treeOf(30)));
    const lost = bench.signer({ keys: [KEY], folder: 'new', published: () => FORK.noteOf(12, [KEY]) });
    expect(await lost.sign(FORK.treeOf(18))).toBe(FORK.noteOf(18, [KEY], NEXT));
    // One with an older folder, of before the epoch.
    const other = bench.signer({ keys: [KEY], folder: 'older' });
    fs.rmSync(bench.folder('older'), { recursive: true, force: true });
    fs.mkdirSync(bench.folder('older'));
    expect(await other.sign(FORK.treeOf(19))).toBe(FORK.noteOf(19, [KEY], NEXT));
  });

  test('is refused when it names anything else', async () => {
    const signer = bench.signer({ keys: [KEY] });
    await signer.sign(HISTORY.treeOf(20));
    const named = { epoch: 1, origin: NEXT, ...opening, foundRoot: hexOf(FORK.rootAt(15)) };
    const strange = [
      { ...named, lastSignedSize: 19 },
      { ...named, lastSignedRoot: '00'.repeat(32) },
      { ...named, origin: 'elsewhere.test/log/epoch-1' },
      { ...named, epoch: 0, origin: ORIGIN },
      { ...named, epoch: 2 },
    ];
    for (const [count, data] of strange.entries()) {
      const recordOnce = ({ epochs }: Annals): LogEvent[] =>
        epochs.length === count ? [{ type: 'LogEpochOpened', data }] : [];
      await bench.newAnnals().record(recordOnce);
      expect(await refusalOf(signer.sign(FORK.treeOf(16)))).toContain('events are missing');
    }
    expect(await refusalOf(signer.sign(FORK.treeOf(16)))).toContain('Epoch 2 names');
    // The operator looks again, and opens the one that fits.
    const access = { signer, annals: bench.newAnnals(), store: bench.store };
    expect(await openEpoch(access, FORK.treeOf(16), 'restored')).toMatchObject({ kind: 'opened', epoch: { epoch: 3 } });
    expect(await signer.sign(FORK.treeOf(17))).toBe(FORK.noteOf(17, [KEY], `${ORIGIN}/epoch-3`));
  });

  test('is not opened where signer and log agree, or where nobody can say yet', async () => {
    const signer = bench.signer({ keys: [KEY] });
    await signer.sign(HISTORY.treeOf(20));
    const access = { signer, annals: bench.newAnnals(), store: bench.store };
    expect(await openEpoch(access, HISTORY.treeOf(30), 'for no reason')).toMatchObject({ kind: 'agreed' });
    expect(await openEpoch(access, FORK.treeOf(12, 20), 'too early')).toMatchObject({ kind: 'behind' });
    expect((await bench.annals()).epochs).toEqual([]);
  });

  test('lets a new key go on where folder and old key are both lost', async () => {
    const signer = bench.signer({ keys: [OTHER], published: () => HISTORY.noteOf(20, [KEY]) });
    await refusalOf(signer.sign(HISTORY.treeOf(21)));
    const access = { signer, annals: bench.newAnnals(), store: bench.store };
    expect(await openEpoch(access, HISTORY.treeOf(21), 'key lost')).toMatchObject({
      kind: 'opened',
      epoch: { lastSignedSize: 20, lastSignedRoot: hexOf(HISTORY.rootAt(20)), foundSize: 21 },
    });
    expect(await signer.sign(HISTORY.treeOf(22))).toBe(HISTORY.noteOf(22, [OTHER], NEXT));
  });
});
