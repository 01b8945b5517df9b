import path from 'node:path';
import type { Config } from '@khamrap/platform/config';
import { LogDescription, logKeysOf, LogAnnals, makeLogKey, NO_WITNESSES } from '@khamrap/platform/transparency';
import { verifierKeyText } from '@khamrap/platform/transparency/proof';
import { attached, onLogAndReader } from './attached';

/** Makes a key for the log in a file that is not there yet, and writes its vkey; answers with the exit code. */
export async function makeKey(config: Config, fileName: string): Promise<number> {
  const file = path.resolve(fileName);
  const key = await makeLogKey(file);
  if (!key) {
    process.stderr.write(`${file} exists already: a key is never written over.\n`);
    return 1;
  }
  process.stdout.write(`${verifierKeyText(key.verifierKey(config.log.origin))}\n`);
  return 0;
}

/** Writes the vkeys of the settings, and what the log has recorded of its keys; answers with the exit code. */
export async function showKeys(config: Config): Promise<number> {
  const database = await attached(config, 'ask for the keys of its log');
  if (!database) return 1;
  return onLogAndReader(database, config, 'log key', async (store) => {
    const { origin, keys, epochs } = await new LogDescription(store, new LogAnnals(store), NO_WITNESSES).describe();
    const held = (await logKeysOf(config)).map((key) => verifierKeyText(key.verifierKey(origin)));
    const lines = [
      `The settings sign ${origin} with:`,
      ...held.map((vkey) => `  ${vkey}`),
      'The log has recorded:',
      ...keys.map(
        ({ vkey, fromSize, toSize }) => `  ${vkey}  from ${fromSize} events on${toSize ? `, until ${toSize}` : ''}`,
      ),
      ...epochs.map((each) => `  epoch ${each.epoch} as ${each.origin} at position ${each.position}: ${each.reason}`),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  });
}
