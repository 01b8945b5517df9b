/** The source of bytes failed, or was cut off, before its end. */
export class SourceFailed extends Error {
  override readonly name = 'SourceFailed';
}

/**
 * Puts bytes that come in pieces of any size into chunks of one size, the last one shorter; none for no bytes.
 * @throws SourceFailed with what the source threw
 */
export async function* inChunks(source: AsyncIterable<Uint8Array>, chunkBytes: number): AsyncGenerator<Buffer> {
  let chunk = Buffer.allocUnsafe(chunkBytes);
  let filled = 0;
  for await (const piece of whole(source)) {
    for (let taken = 0; taken < piece.length;) {
      const part = piece.subarray(taken, taken + chunkBytes - filled);
      chunk.set(part, filled);
      taken += part.length;
      filled += part.length;
      if (filled < chunkBytes) continue;
      yield chunk;
      chunk = Buffer.allocUnsafe(chunkBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

// Only what the source throws comes this way: who takes from a generator ends it without throwing into it.
async function* whole(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new SourceFailed('the bytes ended before their end', { cause: error });
  }
}
