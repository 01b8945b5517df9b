import { parseArgs, type ParseArgsConfig } from 'node:util';
import { OptionRefused } from '../refusals';

/** What the command line says of a copy. */
export interface CopyOptions {
  /** The store, where it is not the one that the settings name. */
  readonly to?: string;
  /** Whether the store is to carry the log from then on. */
  readonly switches: boolean;
}

/** What the command line says of deriving. */
export interface DeriveOptions {
  /** Whether the copy is to be made anew. */
  readonly anew: boolean;
}

const HAS_USER = /^[a-z+]*:\/\/[^/?]*@/;

/** @throws OptionRefused */
export function copyOptionsOf(parameters: readonly string[]): CopyOptions {
  const { to, switch: switches } = parsed(parameters, { to: { type: 'string' }, switch: { type: 'boolean' } });
  if (typeof to === 'string' && HAS_USER.test(to))
    throw new OptionRefused(
      'A password on the command line is seen by everybody on this machine: set EVENTSTORE_URL, or EVENTSTORE_URL_FILE to a file ' +
        'that holds the address.',
    );
  return { switches: switches === true, ...(typeof to === 'string' && { to }) };
}

/** @throws OptionRefused */
export function deriveOptionsOf(parameters: readonly string[]): DeriveOptions {
  return { anew: parsed(parameters, { anew: { type: 'boolean' } }).anew === true };
}

function parsed(
  parameters: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
): Readonly<Record<string, unknown>> {
  try {
    return parseArgs({ args: [...parameters], options, strict: true }).values;
  } catch (error) {
    throw new OptionRefused(error instanceof Error ? error.message : 'The options cannot be read.');
  }
}
