import { parseArgs } from 'node:util';
import { OptionRefused } from '../refusals';
import type { AskOptions } from './ask';
import type { ServeOptions } from './serve';
import type { SignOptions } from './sign';

const PORT = 7_480;
const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

/** @throws OptionRefused */
export function serveOptionsOf(parameters: readonly string[]): ServeOptions {
  const options = { folder: text, name: text, log: texts, host: text, port: text } as const;
  const { values } = parsed(() => parseArgs({ args: [...parameters], options, strict: true }));
  const { host = '127.0.0.1', port = String(PORT) } = values;
  if (!SIZE.test(port) || Number(port) > 65_535) throw new OptionRefused('--port takes a number from 0 to 65535.');
  return { ...folderOf(values), host, port: Number(port) };
}

/** @throws OptionRefused */
export function signOptionsOf(parameters: readonly string[]): SignOptions {
  const options = { folder: text, name: text, log: texts } as const;
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...parameters], options, strict: true, allowPositionals: true }),
  );
  return { ...folderOf(values), file: only(positionals, 'the file that khamrap witness ask has written') };
}

/** @throws OptionRefused */
export function keyOptionsOf(parameters: readonly string[]): { readonly folder: string; readonly name?: string } {
  const options = { folder: text, name: text } as const;
  const { folder, name } = parsed(() => parseArgs({ args: [...parameters], options, strict: true })).values;
  return { folder: required(folder, '--folder'), ...(name !== undefined && { name }) };
}

/** @throws OptionRefused */
export function askOptionsOf(parameters: readonly string[]): AskOptions {
  const options = { server: text, old: text, 'witness-checkpoint': text } as const;
  const { values } = parsed(() => parseArgs({ args: [...parameters], options, strict: true }));
  const { old, 'witness-checkpoint': file } = values;
  const server = required(values.server, '--server');
  if (!/^https?:\/\//.test(server))
    throw new OptionRefused('--server takes an address such as https://khamrap.example.go.th.');
  if ((old === undefined) === (file === undefined))
    throw new OptionRefused(
      'Say what the witness has cosigned last: --old SIZE or --witness-checkpoint FILE, one of them.',
    );
  if (file !== undefined) return { server, old: { file } };
  if (!SIZE.test(old as string))
    throw new OptionRefused('--old takes a size, 0 where the witness has cosigned nothing yet.');
  return { server, old: Number(old) };
}

/** @throws OptionRefused */
export function bringFileOf(parameters: readonly string[]): string {
  const { positionals } = parsed(() => parseArgs({ args: [...parameters], strict: true, allowPositionals: true }));
  return only(positionals, 'the note that the witness has cosigned');
}

function folderOf({ folder, name, log = [] }: { folder?: string; name?: string; log?: string[] }) {
  if (log.length === 0) throw new OptionRefused('--log is needed: the vkey of the log, which its /log/policy states.');
  return { folder: required(folder, '--folder'), ...(name !== undefined && { name }), logs: log };
}

function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new OptionRefused(`${option} is needed.`);
  return value;
}

function only(positionals: readonly string[], what: string): string {
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new OptionRefused(`One file is needed: ${what}.`);
  return file;
}

function parsed<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw new OptionRefused(error instanceof Error ? error.message : 'The options cannot be read.');
  }
}
