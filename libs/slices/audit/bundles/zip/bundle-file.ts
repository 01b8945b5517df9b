/** One file of a bundle. Its bytes are asked for when its turn has come, and no earlier. */
export interface BundleFile {
  /** Such as `entries/41.json`. */
  readonly path: string;
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
  /** Hashes cannot be compressed: they are put in as they are. */
  readonly isDense?: true;
}

/** A file of text in UTF-8. */
export function textFile(path: string, text: string): BundleFile {
  return { path, bytes: Buffer.from(text, 'utf8') };
}

/** A file of JSON for people to look at too. */
export function jsonFile(path: string, value: unknown): BundleFile {
  return textFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
