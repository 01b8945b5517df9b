import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createFileOnce, makePrivateFolder } from '@khamrap/platform/private-files';
import { originHash } from './witness-memory';

/** Signed by the log, and not cosigned. */
export interface RefusedCheckpoint {
  readonly origin: string;
  readonly size: number;
  /**
   * `contradicted`: the log has signed two trees that cannot both be, which anybody can see from the notes alone. `notProved`: no
   * proof came that it goes on from what was cosigned; whoever has the tiles of the log can look.
   */
  readonly kind: 'contradicted' | 'notProved';
  /** What the witness has cosigned last; undefined when nothing. */
  readonly cosigned: string | undefined;
  /** The request, whole: the note of the log is its end. */
  readonly request: string;
  /** The note of the log, and what of it the log has signed. */
  readonly refused: string;
  readonly signedText: string;
}

/** Anybody may send an old checkpoint with a wrong proof: there is room for so many, and always some for contradictions. */
const NOT_PROVED_COUNT_MAX = 100;
const COUNT_MAX = 1_000;

/** Keeps what speaks against a log, each note beside the other, in files of a folder. */
export class Evidence {
  constructor(private readonly folder: string) {}

  /** @returns where it is kept; undefined when it is kept already, or when there is no room for more of it */
  async keep(checkpoint: RefusedCheckpoint): Promise<string | undefined> {
    const { origin, size, kind, cosigned, request, refused, signedText } = checkpoint;
    // Lines of unknown keys can be added to a note at will: it stays the same one.
    const digest = createHash('sha256').update(signedText).digest('hex').slice(0, 16);
    const kept = path.join(this.folder, `${originHash(origin).slice(0, 16)}-${size}-${kind}-${digest}`);
    const others = await readdir(this.folder).catch(() => []);
    if (others.length >= COUNT_MAX || (kind === 'notProved' && others.length >= NOT_PROVED_COUNT_MAX)) return undefined;
    await makePrivateFolder(kept);
    if (cosigned !== undefined) await createFileOnce(path.join(kept, 'cosigned.note'), cosigned);
    await createFileOnce(path.join(kept, 'request'), request);
    return (await createFileOnce(path.join(kept, 'refused.note'), refused)) ? kept : undefined;
  }
}
