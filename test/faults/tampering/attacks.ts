import { hexOf, TILE_WIDTH, tilePath, tileWidth, type Leaf, type TileName } from '@khamrap/platform/transparency/proof';
import { digest, MadeSigner, type MadeLog } from '../../../libs/testing/verifiable-log/made-log';
import type { MapSource } from '../../../libs/testing/verifiable-log/map-source';
import { COPY_SIZE, KEPT_SIZE, logOf, Served, SIZE } from './honest-log';

/** One way of changing the past, and what it takes: `database` all that is stored and served; `key` the log's own key as well. */
export interface Attack {
  readonly name: string;
  readonly takes: 'database' | 'key';
  make(honest: MadeLog): Promise<Served>;
}

const CHANGED = 40;
const CHANGED_LATE = 590;
const MONTH_MS = 30 * 24 * 3_600_000;

const otherBody = (leaf: Leaf): Leaf => ({ ...leaf, body: hexOf(digest(Buffer.from(`forged ${leaf.body}`))) });
const changedAt =
  (position: number) =>
  (leaf: Leaf): Leaf =>
    leaf.position === position ? otherBody(leaf) : leaf;

/** What was said at two positions, the other way round; each still says the position that it stands at. */
function swapped(leaf: Leaf, honest: MadeLog): Leaf {
  const other = leaf.position === CHANGED ? CHANGED + 1 : leaf.position === CHANGED + 1 ? CHANGED : undefined;
  if (other === undefined) return leaf;
  const { body } = JSON.parse(Buffer.from(honest.entries[other] as Uint8Array).toString()) as Leaf;
  return { ...leaf, body };
}

const witnessed = { isWitnessed: true };

/** Without the bodies, which an attacker who has changed an event leaves out. */
const withoutBodies = (files: MapSource): MapSource =>
  files.with(Object.fromEntries([...files.files.keys()].filter(isDisclosure).map((name) => [name, undefined])));
const isDisclosure = (name: string): boolean => name.startsWith('disclosures/');

function flip(name: string, path: string): Attack {
  return {
    name: `one bit of ${name} the other way round`,
    takes: 'database',
    make: async (honest) => (await Served.of(honest, witnessed)).changed((files) => files.flipped(path, 777)),
  };
}

const last = (level: TileName['level']): string => {
  const index = Math.floor(SIZE / TILE_WIDTH);
  return tilePath({ level, index, width: tileWidth(level, index, SIZE) });
};

export const ATTACKS: readonly Attack[] = [
  flip('a tile of hashes', tilePath({ level: 0, index: 0, width: TILE_WIDTH })),
  flip('the last tile of hashes', last(0)),
  flip('a tile of a higher level', tilePath({ level: 1, index: 0, width: 2 })),
  flip('a bundle of entries', tilePath({ level: 'entries', index: 1, width: TILE_WIDTH })),
  flip('the last bundle of entries', last('entries')),
  flip('the root in the checkpoint', 'checkpoint'),
  flip('a published event', 'disclosures/0.ndjson'),
  {
    name: 'a published event changed in its row by a superuser',
    takes: 'database',
    make: async (honest) =>
      (await Served.of(honest, witnessed)).changed((files) => {
        const lines = Buffer.from(files.files.get('disclosures/0.ndjson') as Uint8Array).toString();
        return files.with({ 'disclosures/0.ndjson': lines.replace('phrae-cdd', 'phrae-xyz') });
      }),
  },
  {
    name: 'an event that is not published changed in its row by a superuser',
    takes: 'database',
    // What is served of it is its leaf, which was made before.
    make: async (honest) => (await Served.of(honest, witnessed)).changed(withoutBodies),
  },
  {
    name: 'an event changed, entries and tiles made anew',
    takes: 'database',
    make: async (honest) => {
      const { files } = await Served.of(honest, witnessed);
      const forged = await Served.of(logOf(SIZE, changedAt(CHANGED)));
      return forged.changed((made) => withoutBodies(made).with({ checkpoint: files.files.get('checkpoint') }));
    },
  },
  {
    name: 'an event changed, the whole log made and signed anew',
    takes: 'key',
    make: async () => (await Served.of(logOf(SIZE, changedAt(CHANGED)))).changed(withoutBodies),
  },
  {
    name: 'two events swapped where they are stored',
    takes: 'database',
    make: async (honest) => {
      const forged = logOf(SIZE, (leaf) => swapped(leaf, honest));
      return (await Served.of(honest, witnessed)).changed((files) =>
        files.with({ [tilePath({ level: 'entries', index: 0, width: TILE_WIDTH })]: forged.bundle(0, TILE_WIDTH) }),
      );
    },
  },
  {
    name: 'two events swapped, the whole log made and signed anew',
    takes: 'key',
    make: async (honest) => (await Served.of(logOf(SIZE, (leaf) => swapped(leaf, honest)))).changed(withoutBodies),
  },
  {
    name: 'the tail cut off, an older checkpoint shown again',
    takes: 'database',
    make: async () => Served.of(logOf(KEPT_SIZE - 1), witnessed),
  },
  {
    name: 'the tail cut off, the rest signed',
    takes: 'key',
    make: async () => Served.of(logOf(COPY_SIZE)),
  },
  {
    name: 'an older copy put back with an equally old memory of the signer, and gone on with',
    takes: 'key',
    make: async () => {
      const onward = logOf(SIZE, (leaf) => (leaf.position < COPY_SIZE ? leaf : otherBody(leaf)));
      return (await Served.of(onward)).changed(withoutBodies);
    },
  },
  {
    name: 'another log shown to another reader, from a late event on',
    takes: 'key',
    make: async () => (await Served.of(logOf(SIZE, changedAt(CHANGED_LATE)))).changed(withoutBodies),
  },
  {
    name: 'the log signed with another key',
    takes: 'database',
    make: async (honest) => Served.of(honest, { signer: new MadeSigner(LOG_NAME, undefined, 'somebody else') }),
  },
  {
    name: 'one event recorded as of before the one before it',
    takes: 'key',
    make: async () => {
      const forged = logOf(SIZE, (leaf) => (leaf.position === CHANGED_LATE ? earlier(leaf) : leaf));
      return (await Served.of(forged)).changed(withoutBodies);
    },
  },
  {
    name: 'all events since the last cosignature recorded as of before it',
    takes: 'key',
    make: async (honest) => {
      const seen = await Served.of(honest, witnessed);
      const forged = logOf(SIZE, (leaf) =>
        leaf.position < KEPT_SIZE ? leaf : { ...leaf, recordedAt: timeOf(honest) },
      );
      const checkpoints = { [`checkpoints/${KEPT_SIZE}`]: seen.files.files.get(`checkpoints/${KEPT_SIZE}`) };
      // New events, so witnesses cosign them; that their times are those of a while ago, they do not see.
      return (await Served.of(forged, witnessed)).changed((files) => withoutBodies(files).with(checkpoints));
    },
  },
];

const LOG_NAME = 'log.example/khamrap';

function earlier(leaf: Leaf): Leaf {
  return { ...leaf, recordedAt: new Date(Date.parse(leaf.recordedAt) - MONTH_MS).toISOString() };
}

/** The time of the last event that witnesses have seen. */
function timeOf(honest: MadeLog): string {
  return (JSON.parse(Buffer.from(honest.entries[KEPT_SIZE - 1] as Uint8Array).toString()) as Leaf).recordedAt;
}
