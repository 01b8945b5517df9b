const BLOCK_BYTES = 2 ** 20;
const BLOCK_COUNT_MAX = 32;

/**
 * Reads a file on the disk of whoever checks, a megabyte at a time: asking for a part of a file is a request to another process
 * of the browser, and a bundle has thousands of small files. The blocks used last are kept.
 */
export class ReadInBlocks {
  readonly #blocks = new Map<number, Promise<Uint8Array>>();

  constructor(private readonly file: Blob) {}

  /** So many bytes from there, or as many as there are. */
  async read(start: number, byteCount: number): Promise<Uint8Array> {
    const end = Math.min(start + byteCount, this.file.size);
    const first = Math.floor(start / BLOCK_BYTES);
    if (end <= (first + 1) * BLOCK_BYTES) return this.#within(first, start, end);
    const second = first + 1;
    if (end > (second + 1) * BLOCK_BYTES) return bytesOf(this.file.slice(start, end));
    const bytes = new Uint8Array(end - start);
    bytes.set(await this.#within(first, start, second * BLOCK_BYTES));
    bytes.set(await this.#within(second, second * BLOCK_BYTES, end), second * BLOCK_BYTES - start);
    return bytes;
  }

  async #within(index: number, start: number, end: number): Promise<Uint8Array> {
    const offset = index * BLOCK_BYTES;
    return (await this.#block(index)).subarray(start - offset, Math.max(end, start) - offset);
  }

  #block(index: number): Promise<Uint8Array> {
    const kept = this.#blocks.get(index);
    const offset = index * BLOCK_BYTES;
    const block = kept ?? bytesOf(this.file.slice(offset, offset + BLOCK_BYTES));
    // Put behind all others, as the one used last.
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    const [oldest] = this.#blocks.keys();
    if (oldest !== undefined && this.#blocks.size > BLOCK_COUNT_MAX) this.#blocks.delete(oldest);
    return block;
  }
}

async function bytesOf(part: Blob): Promise<Uint8Array> {
  return new Uint8Array(await part.arrayBuffer());
}
