import { createHash } from 'node:crypto';
import { NO_STREAM } from '@khamrap/kernel';
import type { EventStore, NewEvent, RecordedEvent } from '@khamrap/platform/event-store';
import { newEvent, newEvents } from '../builders';
import { allRecorded, append, countedFrom, expectStream, freshStream } from './appends';
import { contractCase, type ContractCase } from './log-under-test';

const MEGABYTE = 1_048_576;

/** Text that careless stores and careless code change. */
const TEXTS: Readonly<Record<string, string>> = {
  'vowels and tone marks above and below': 'ผู้ว่าราชการจังหวัดแพร่ · คำรับรองการปฏิบัติราชการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๙',
  'sara am whole and in parts, in both orders': 'น้ำ น\u0E49\u0E4D\u0E32 น\u0E4D\u0E49\u0E32',
  'marks in an order that Unicode normalisation would change': 'ก\u0E39\u0E48 ก\u0E48\u0E39 ก\u0E38\u0E4A',
  'composed and decomposed Latin': 'caf\u00E9 cafe\u0301',
  'nothing but combining marks': '\u0E31\u0E4C\u0E4D',
  'characters without width': 'คำ\u200Bรับ\u200Cรอง\u200D\u2060\uFEFF',
  'characters beyond the basic plane': '𑜀 𐍈 🏛️ 👩‍⚖️ 𠀋',
  'what has a meaning elsewhere': `'; DROP TABLE event; -- \\ "quoted" {braces} NULL \u2028\u2029 $1 %s`,
  'control characters, NUL too': '\u0000\u0001\b\t\n\f\r\u001F\u007F\u0085',
  'an empty text and spaces at the ends': '',
  'spaces only': ' \u00A0\u3000 ',
};

async function appended(store: EventStore, events: readonly NewEvent[]): Promise<RecordedEvent[]> {
  const stream = freshStream();
  await append(store, { stream, expectedRevision: NO_STREAM, events });
  return allRecorded(store, events);
}

/** Asserts that the log gives back, to the byte, what was handed to it, and that the hash still fits. */
function expectUnchanged(stored: RecordedEvent, event: NewEvent): void {
  expect(stored.body === event.body).toBe(true);
  expect(stored.salt.equals(event.salt)).toBe(true);
  expect(stored.bodyHash.equals(event.bodyHash)).toBe(true);
  const recomputed = createHash('sha256').update(stored.salt).update(stored.body, 'utf8').digest();
  expect(stored.bodyHash.equals(recomputed)).toBe(true);
  expect([stored.eventId, stored.type, stored.schemaVersion]).toEqual([event.eventId, event.type, event.schemaVersion]);
}

/** Large appends and every script, given back as they were handed over. */
export const sizesAndScripts: readonly ContractCase[] = [
  ...Object.entries(TEXTS).map(([what, text]) =>
    contractCase(`keeps to the byte: ${what}`, async ({ store }) => {
      const event = newEvent({ data: { [`ชื่อ ${text}`]: text, list: [text, text] } });
      const [stored] = await appended(store, [event]);
      expectUnchanged(stored!, event);
    }),
  ),

  contractCase('keeps salts and hashes of any bytes', async ({ store }) => {
    const salts = [
      Buffer.alloc(16, 0),
      Buffer.alloc(16, 255),
      Buffer.from(countedFrom(0, 16)),
      Buffer.from(countedFrom(88, 16)),
    ];
    const events = salts.map((salt) => newEvent({ salt }));
    const stored = await appended(store, events);
    stored.forEach((event, index) => expectUnchanged(event, events[index]!));
  }),

  contractCase('keeps a body of a megabyte', async ({ store, openAnother }) => {
    const text = 'ตัวชี้วัดที่ ๑ น้ำสะอาด 🏛️ '.repeat(MEGABYTE / 64);
    const event = newEvent({ data: { text } });
    expect(Buffer.byteLength(event.body, 'utf8')).toBeGreaterThan(MEGABYTE);
    const [stored] = await appended(store, [event]);
    expectUnchanged(stored!, event);
    const [elsewhere] = await (await openAnother()).readLog(stored!.position, 1);
    expectUnchanged(elsewhere!, event);
  }),

  contractCase('takes several large appends at the same time', async ({ store }) => {
    const texts = countedFrom(0, 8).map((number) => `${number} ผลการดำเนินงาน `.repeat(MEGABYTE / 64));
    const events = texts.map((text) => newEvent({ data: { text } }));
    const stored = await Promise.all(events.map((event) => appended(store, [event])));
    stored.forEach(([event], index) => expectUnchanged(event!, events[index]!));
  }),

  contractCase('takes a thousand events in one append', async ({ store }) => {
    const stream = freshStream();
    const events = newEvents(1_000);
    await append(store, { stream, expectedRevision: NO_STREAM, events });
    await expectStream(store, stream, events);
    const stored = await allRecorded(store, [events[0]!, events[999]!]);
    expect(stored[1]!.position - stored[0]!.position).toBe(999);
    const page = await store.readLog(stored[0]!.position, 1_000);
    expect(page.map((event) => event.eventId)).toEqual(events.map((event) => event.eventId));
    page.forEach((event, index) => expectUnchanged(event, events[index]!));
  }),
];
