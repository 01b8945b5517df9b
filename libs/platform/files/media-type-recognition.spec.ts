import { deflateRawSync } from 'node:zlib';
import { MediaTypeRecognition } from './media-type-recognition';

const UNKNOWN = 'application/octet-stream';

async function recognised(...chunks: readonly (string | Uint8Array)[]): Promise<string> {
  const recognition = new MediaTypeRecognition();
  for (const chunk of chunks) recognition.take(typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk);
  return recognition.mediaType();
}

/** A ZIP archive of one entry, as far as its beginning. */
function zipOf(name: string, content: string): Buffer {
  const packed = deflateRawSync(Buffer.from(content));
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(content.length, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), packed]);
}

const OFFICE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CONTENT_TYPES = `<Types><Override PartName="/xl/workbook.xml" ContentType="${OFFICE}.main+xml"/></Types>`;

test.each<[what: string, content: string | Uint8Array, mediaType: string]>([
  ['a document', '%PDF-1.7\n%\u00e2\u00e3\n', 'application/pdf'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'image/png'],
  ['a photograph', Buffer.from('ffd8ffe000104a464946', 'hex'), 'image/jpeg'],
  ['an archive', zipOf('a.bin', 'x'), 'application/zip'],
  ['a workbook', zipOf('[Content_Types].xml', CONTENT_TYPES), OFFICE],
  ['a text', 'คำรับรองการปฏิบัติราชการ ปี ๒๕๖๕\r\nหน้า 1\f', 'text/plain'],
  ['a text behind a byte order mark', '\ufeffก, ข', 'text/plain'],
  ['a table', 'ชื่อ,ค่า\nรายได้,"1,887.00"\n', 'text/csv'],
  ['a table without a last line break', 'a,b\r\n1,"x\ny"', 'text/csv'],
  ['lines with commas, not alike', 'one, two\nthree, four, five\n', 'text/plain'],
  ['one line with commas', 'a,b,c\n', 'text/plain'],
  ['lines without commas', 'a\nb\nc\n', 'text/plain'],
  ['a table that ends within quotes', 'a,b\n1,"2\n', 'text/plain'],
  ['JSON', ' {"a": [1, 2]}\n', 'application/json'],
  ['what only begins like JSON', '{"a": ', 'text/plain'],
  ['a number, which is JSON as well', '12', 'text/plain'],
  ['a web page', '<!DOCTYPE html><script>alert(1)</script>', UNKNOWN],
  ['a web page behind blanks', '\ufeff \n<HTML>', UNKNOWN],
  ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', UNKNOWN],
  ['a drawing', '<?xml version="1.0"?><svg/>', UNKNOWN],
  ['a program of the shell', '#!/bin/sh\nrm -rf /\n', UNKNOWN],
  ['a program for Windows', Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), UNKNOWN],
  ['a program for Linux', Buffer.from('7f454c460201010000000000000000000200', 'hex'), UNKNOWN],
  ['text in another encoding', Buffer.from('a4d3c3d1ba', 'hex'), UNKNOWN],
  ['text with a zero byte', 'a\u0000b', UNKNOWN],
  ['text that ends within a character', Buffer.from('กข', 'utf8').subarray(0, 5), UNKNOWN],
])('%s', async (_what, content, mediaType) => {
  expect(await recognised(content)).toBe(mediaType);
});

describe('of several chunks', () => {
  const [before, after] = [Buffer.from('กข', 'utf8').subarray(0, 4), Buffer.from('กข', 'utf8').subarray(4)];

  test('text is text where all of it is', async () => {
    expect(await recognised(before, after)).toBe('text/plain');
    expect(await recognised(before, after, Buffer.from([0xff]))).toBe(UNKNOWN);
    expect(await recognised('text', '\u0000')).toBe(UNKNOWN);
  });

  test('a table is told by its first one, JSON by the whole', async () => {
    expect(await recognised('a,b\n1,2\n3', ',4\n')).toBe('text/csv');
    expect(await recognised('{}', '\n')).toBe('text/plain');
  });
});

test('nothing is of no known type', async () => {
  expect(await recognised()).toBe(UNKNOWN);
});
