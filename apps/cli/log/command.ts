import type { Config } from '@khamrap/platform/config';
import { OptionRefused } from '../refusals';
import type { Outputs } from './outputs';

type Settings = (environment?: NodeJS.ProcessEnv) => Promise<Config>;

const STANDARD: Outputs = {
  answer: (text) => void process.stdout.write(`${text}\n`),
  aside: (text) => void process.stderr.write(`${text}\n`),
};

/** Not as it should be: what is wrong is told in a sentence. */
const WRONG: readonly string[] = ['CarriedElsewhere', 'DataFolderInUse', 'LogDamaged', 'LogsDiffer', 'LogRefused'];
const UNCHECKED: readonly string[] = ['StoreUnavailable', 'OutcomeUnknown'];

/**
 * What the command line says of the log as a whole. Each loads what it needs, and no other.
 * @param environment the settings' own, to which an address of the command line is added
 * @returns the exit code: 0, 1 when it is not as it should be, 2 for wrong use, 3 when it could not be checked
 */
export async function logCommand(
  [command, ...parameters]: readonly string[],
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  outputs: Outputs = STANDARD,
): Promise<number> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const work = { outputs, signal: stopping.signal };
  try {
    switch (command) {
      case 'copy': {
        const { copyOptionsOf } = await import('./options');
        const { to, switches } = copyOptionsOf(parameters);
        const config = await settings(to === undefined ? environment : toAddress(environment, to));
        return await (await import('./copy')).copyLog(config, switches, work);
      }
      case 'derive': {
        const { deriveOptionsOf } = await import('./options');
        const { anew } = deriveOptionsOf(parameters);
        return await (await import('./derive')).deriveLog(await settings(environment), anew, work);
      }
      default:
        throw new OptionRefused('khamrap log copy or derive.');
    }
  } catch (error) {
    if (stopping.signal.aborted) {
      outputs.aside('Interrupted. Run it again: it goes on where it was.');
      return 1;
    }
    return told(error, outputs);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function toAddress(environment: NodeJS.ProcessEnv, address: string): NodeJS.ProcessEnv {
  return { ...environment, EVENTSTORE_URL: address, EVENTSTORE_URL_FILE: '' };
}

function told(error: unknown, { aside }: Outputs): number {
  if (!(error instanceof Error)) throw error;
  const isWrongUse = ['OptionRefused', 'ConfigRefused'].includes(error.name);
  if (!isWrongUse && !WRONG.includes(error.name) && !UNCHECKED.includes(error.name)) throw error;
  aside(UNCHECKED.includes(error.name) ? `It could not be checked: ${error.message}.` : sentence(error.message));
  if (isWrongUse) return 2;
  return WRONG.includes(error.name) ? 1 : 3;
}

/** As messages of errors are written, but with a large letter first and a full stop. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
