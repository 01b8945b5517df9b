import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newEvents } from '../builders';
import { recordedHistories, recordHistory } from './recorded-history';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'khamrap-test-recorded-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a history is read as it was recorded', () => {
  const events = newEvents(2);
  recordHistory(folder, 'a-history', events);
  expect(recordedHistories(folder)).toMatchObject([
    {
      name: 'a-history',
      events: events.map(({ type, body, salt, bodyHash }) => ({
        type,
        schemaVersion: 1,
        body,
        salt: salt.toString('hex'),
        bodyHash: bodyHash.toString('hex'),
      })),
    },
  ]);
});

test('a history that is recorded is never recorded again', () => {
  recordHistory(folder, 'a-history', newEvents(1));
  const before = recordedHistories(folder);
  expect(() => recordHistory(folder, 'a-history', newEvents(1))).toThrow('stays as it is');
  expect(recordedHistories(folder)).toEqual(before);
  recordHistory(folder, 'a-history-of-another', newEvents(1));
  expect(recordedHistories(folder)).toHaveLength(2);
});

test('a history that was changed is not taken for what was recorded', () => {
  recordHistory(folder, 'a-history', newEvents(1));
  const [fileName] = readdirSync(folder);
  const file = path.join(folder, fileName!);
  writeFileSync(file, `${readFileSync(file, 'utf8')} `);
  expect(() => recordedHistories(folder)).toThrow('not as it was recorded');
});

test('a file that nobody recorded is not taken for a history', () => {
  writeFileSync(path.join(folder, 'a-history.json'), '[]');
  expect(() => recordedHistories(folder)).toThrow('not as it was recorded');
});
