/** What is to be checked, as files with names: a folder, a zip, a server. */
export interface FileSource {
  /**
   * The bytes of a file, or undefined when there is none of that name.
   * @throws SourceFailed when it cannot be told
   */
  read(name: string): Promise<Uint8Array | undefined>;
  /** The names of all files, where they can be listed. */
  names?(): Promise<readonly string[]>;
}

/** A file could not be read: whether it is as it should be is not known. */
export class SourceFailed extends Error {
  override readonly name = 'SourceFailed';
}
