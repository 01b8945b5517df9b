import { readFile } from 'node:fs/promises';
import { readCheckpoint, parseAddCheckpoint } from '@khamrap/platform/transparency/proof';
import { openWitness, type WitnessFolder } from './open-witness';
import { originHash } from './witness-memory';

export interface SignOptions extends WitnessFolder {
  /** The request that `khamrap witness ask` has written. */
  readonly file: string;
}

/** Cosigns what came by file, as the server would, and writes the cosigned note; answers with the exit code. */
export async function sign(options: SignOptions): Promise<number> {
  const { witness } = await openWitness(options);
  const request = await readFile(options.file, 'utf8');
  const { status, body } = await witness.addCheckpoint(request);
  if (status === 200) {
    const { origin } = readCheckpoint(parseAddCheckpoint(request).checkpoint).checkpoint;
    process.stdout.write((await witness.lastCosigned(originHash(origin))) ?? '');
    return 0;
  }
  process.stderr.write(
    status === 409
      ? `Not cosigned: this witness has cosigned ${body.trim()} events. Ask again with --old ${body.trim()}.\n`
      : `Not cosigned (${status}): ${body}`,
  );
  return 1;
}
