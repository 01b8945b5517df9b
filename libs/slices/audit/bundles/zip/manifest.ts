/** Names the layout, as README.md of this slice describes it. */
export const BUNDLE_FORMAT = 'khamrap-bundle/1';

/** What a bundle is about. */
export type BundleKind = 'log' | 'agreement' | 'officeYear';

/** What stands at the head of the manifest. */
export interface BundleHead {
  readonly kind: BundleKind;
  /** The origin of the checkpoint; the stream of the agreement, `agreement-{id}`; the office and the fiscal year, `phrae-cdd/2565`. */
  readonly subject: string;
  /** Of the checkpoint to which everything in the bundle leads. */
  readonly origin: string;
  readonly size: number;
}

/** A file as it went into the zip. */
export interface PackedFile {
  readonly path: string;
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export const MANIFEST_PATH = 'manifest.json';

/** The last file: what else there is, so that nothing can be lost or exchanged on the way without being noticed. */
export function* manifestText(head: BundleHead, files: Iterable<PackedFile>): Generator<string> {
  const { kind, subject, origin, size } = head;
  const told = JSON.stringify({ format: BUNDLE_FORMAT, kind, subject, origin, size });
  yield `${told.slice(0, -1)},"files":[`;
  let separator = '\n';
  for (const file of files) {
    yield `${separator}${JSON.stringify(file)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}
