import { streamName, type StreamName } from '@khamrap/kernel';
import { checkpointText, sha256, utf8 } from '@khamrap/platform/transparency/proof';
import { Bundles } from './bundles';

const AWARD = streamName('award', 'granted');
const DRAFT = streamName('agreement', 'draft');
const ORIGIN = 'bundles.test/log';

/** Checkpoints of a log of 20 events, of which a quorum of witnesses has seen the first 10. */
const checkpointOf = (size: number) => {
  const root = sha256(utf8(String(size)));
  return {
    origin: ORIGIN,
    size,
    root,
    note: checkpointText({ origin: ORIGIN, size, root }),
    witnessed: size === 10,
    keptAt: 0,
  };
};

/** Whether there is a draft behind the witnessed checkpoint, of an office that an award was granted to long ago. */
function bundlesOf({ isDrafting }: { readonly isDrafting: boolean }): Bundles {
  const lastPositions = new Map<StreamName, number>([[AWARD, 3], ...(isDrafting ? ([[DRAFT, 15]] as const) : [])]);
  return new Bundles(
    { readLog: () => Promise.resolve([{ recordedAt: 1 }]) } as never,
    {
      lastPosition: (stream: StreamName) => Promise.resolve(lastPositions.get(stream)),
      isDisclosed: (stream: StreamName) => Promise.resolve(stream === AWARD),
    } as never,
    {
      agreementsOf: () => Promise.resolve(isDrafting ? [DRAFT] : []),
      awardsOf: () => Promise.resolve([AWARD]),
    } as never,
    undefined as never,
    undefined as never,
    {
      latest: () => Promise.resolve(checkpointOf(20)),
      heldCheckpoints: (after: number) =>
        Promise.resolve([checkpointOf(10), checkpointOf(20)].filter(({ size }) => size > after)),
    } as never,
  );
}

test('which checkpoint a bundle stands on tells nothing of a draft that its reader may not know of', async () => {
  const heads = await Promise.all(
    [false, true].map((isDrafting) => bundlesOf({ isDrafting }).officeYear('office', 2569, undefined)),
  );
  expect(heads.map(({ head }) => head.size)).toEqual([10, 10]);
});
