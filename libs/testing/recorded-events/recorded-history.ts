import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NewEvent } from '@khamrap/platform/event-store';

/** One event as a log holds it. */
export interface RecordedBody {
  readonly type: string;
  readonly schemaVersion: number;
  /** Hexadecimal, 16 bytes. */
  readonly salt: string;
  /** Hexadecimal: SHA-256 of salt and body. */
  readonly bodyHash: string;
  /** The exact text. */
  readonly body: string;
}

/** The events of one stream, from its beginning, as they were recorded once. */
export interface RecordedHistory {
  readonly fileName: string;
  /** What the history is about: the file name up to its first point. */
  readonly name: string;
  readonly events: readonly RecordedBody[];
}

// What is recorded is told apart from what was changed afterwards by the file's own name.
const FILE_NAME = /^([a-z][a-z0-9-]*)\.([0-9a-f]{16})\.json$/;

/** All histories in a folder, by file name. */
export function recordedHistories(folder: string): readonly RecordedHistory[] {
  return readdirSync(folder)
    .filter((fileName) => fileName.endsWith('.json'))
    .sort()
    .map((fileName) => readHistory(folder, fileName));
}

/**
 * Records a history that is not recorded yet. What is recorded stays: there is no way to write it again.
 * @throws Error when there is a history of that name
 */
export function recordHistory(folder: string, name: string, events: readonly NewEvent[]): void {
  if (isRecorded(folder, name)) throw new Error(`${name} is recorded already, and stays as it is`);
  const bodies: RecordedBody[] = events.map(({ type, schemaVersion, salt, bodyHash, body }) => ({
    type,
    schemaVersion,
    salt: salt.toString('hex'),
    bodyHash: bodyHash.toString('hex'),
    body,
  }));
  const text = `${JSON.stringify(bodies, undefined, 2)}\n`;
  writeFileSync(path.join(folder, `${name}.${digestOf(text)}.json`), text, { flag: 'wx' });
}

function isRecorded(folder: string, name: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((fileName) => FILE_NAME.exec(fileName)?.[1] === name);
}

/** @throws Error when the text is not the one that was recorded under this name */
function readHistory(folder: string, fileName: string): RecordedHistory {
  const [, name, digest] = FILE_NAME.exec(fileName) ?? [];
  const text = readFileSync(path.join(folder, fileName), 'utf8');
  if (name === undefined || digest !== digestOf(text)) throw new Error(`${fileName} is not as it was recorded`);
  return { fileName, name, events: JSON.parse(text) as RecordedBody[] };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);
}
