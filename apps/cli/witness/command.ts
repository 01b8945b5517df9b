import type { Config } from '@khamrap/platform/config';
import { OptionRefused } from '../refusals';

/** What the command line says of a witness; answers with the exit code. Each loads what it needs, and no other. */
export async function witnessCommand(
  [command, ...parameters]: readonly string[],
  config: () => Promise<Config>,
): Promise<number> {
  const { askOptionsOf, bringFileOf, keyOptionsOf, serveOptionsOf, signOptionsOf } = await import('./options');
  switch (command) {
    case 'serve':
      return (await import('./serve')).serve(serveOptionsOf(parameters));
    case 'key': {
      const { folder, name } = keyOptionsOf(parameters);
      const { openWitnessKey } = await import('./witness-key');
      process.stdout.write(`${(await openWitnessKey(folder, name)).vkey}\n`);
      return 0;
    }
    case 'ask':
      return (await import('./ask')).ask(askOptionsOf(parameters));
    case 'sign':
      return (await import('./sign')).sign(signOptionsOf(parameters));
    case 'bring': {
      const file = bringFileOf(parameters);
      return (await import('./bring')).bring(await config(), file);
    }
    default:
      throw new OptionRefused('khamrap witness serve, key, ask, sign or bring.');
  }
}
