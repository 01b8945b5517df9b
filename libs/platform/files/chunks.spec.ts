import { inChunks, SourceFailed } from './chunks';

async function* pieces(...sizes: readonly number[]): AsyncGenerator<Buffer> {
  let next = 0;
  for (const size of sizes) yield Buffer.from(Array.from({ length: size }, () => next++ % 256));
}

async function chunksOf(source: AsyncIterable<Uint8Array>, size: number): Promise<number[][]> {
  const chunks: number[][] = [];
  for await (const chunk of inChunks(source, size)) chunks.push([...chunk]);
  return chunks;
}

test.each<[sizes: number[], chunks: number[][]]>([
  [[], []],
  [[0, 0], []],
  [[3], [[0, 1, 2]]],
  [[4], [[0, 1, 2, 3]]],
  [
    [1, 2, 0, 4],
    [
      [0, 1, 2, 3],
      [4, 5, 6],
    ],
  ],
  [[9], [[0, 1, 2, 3], [4, 5, 6, 7], [8]]],
])('pieces of %j bytes come in chunks of four', async (sizes, chunks) => {
  expect(await chunksOf(pieces(...sizes), 4)).toEqual(chunks);
});

test('tells the failures of its source from those of whoever takes the chunks', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.alloc(5);
    throw new Error('cut');
  }
  await expect(chunksOf(broken(), 4)).rejects.toBeInstanceOf(SourceFailed);
  const taking = async (): Promise<void> => {
    for await (const _chunk of inChunks(pieces(9), 4)) throw new TypeError('mine');
  };
  await expect(taking()).rejects.toBeInstanceOf(TypeError);
});
