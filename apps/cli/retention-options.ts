import { parseArgs } from 'node:util';
import { OptionRefused } from './refusals';

/** What the command line says of retention. */
export interface RetentionOptions {
  /** On whose order private values are erased; absent where they are only counted. */
  readonly eraseFor?: string;
}

/** @throws OptionRefused */
export function retentionOptionsOf(parameters: readonly string[]): RetentionOptions {
  const { erase = false, reason } = parsed(parameters);
  if (erase !== (reason !== undefined && reason.trim() !== ''))
    throw new OptionRefused("--erase and --reason TEXT go together: what is erased is erased on somebody's order.");
  return reason === undefined ? {} : { eraseFor: reason };
}

function parsed(parameters: readonly string[]) {
  try {
    const options = { erase: { type: 'boolean' }, reason: { type: 'string' } } as const;
    return parseArgs({ args: [...parameters], options, strict: true }).values;
  } catch (error) {
    throw new OptionRefused(error instanceof Error ? error.message : 'The options cannot be read.');
  }
}
