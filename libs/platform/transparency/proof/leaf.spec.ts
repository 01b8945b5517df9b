import { createHash } from 'node:crypto';
import { canonicalJson } from '@khamrap/kernel';
import { utf8 } from './bytes';
import { bodyHashOf, digestOfPrivateValue, privateValueOf, streamReference, streamSaltOf } from './disclosure';
import { leafText, parseLeaf, type Leaf } from './leaf';
import { Malformed } from './malformed';
import { streamHeadText } from './stream-heads';

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const LEAF: Leaf = {
  log: 'khamrap.phrae.go.th/log',
  position: 12,
  recordedAt: '2026-11-27T03:04:05.678Z',
  stream: hex('stream'),
  revision: 1,
  prev: hex('prev'),
  body: hex('body'),
};

describe('the leaf of an event', () => {
  it.each([[LEAF], [{ ...LEAF, prev: null, revision: 0 }]])('is canonical JSON, and read as it is written', (leaf) => {
    expect(leafText(leaf)).toBe(canonicalJson({ ...leaf, v: 1 }));
    expect(parseLeaf(utf8(leafText(leaf)))).toEqual(leaf);
  });

  it.each([
    ['a space', (text: string) => text.replace(',', ', ')],
    ['another order', (text: string) => text.replace(/^\{("body":"[^"]*"),(.*)\}$/, '{$2,$1}')],
    ['one more field', (text: string) => text.replace('"v":1', '"u":0,"v":1')],
    ['another version', (text: string) => text.replace('"v":1', '"v":2')],
    ['hexadecimal in capitals', (text: string) => text.replace(LEAF.body, LEAF.body.toUpperCase())],
    ['a leading zero', (text: string) => text.replace('"position":12', '"position":012')],
    ['a time in another form', (text: string) => text.replace('.678Z', 'Z')],
    ['an escape', (text: string) => text.replace('/log', '\\/log')],
    ['something behind it', (text: string) => `${text}\n`],
    ['a position that is none', (text: string) => text.replace('"position":12', '"position":9007199254740992')],
  ])('with %s is none', (_what, change) => {
    const changed = change(leafText(LEAF));
    expect(changed).not.toBe(leafText(LEAF));
    expect(() => parseLeaf(utf8(changed))).toThrow(Malformed);
  });

  it('is UTF-8', () => {
    expect(() => parseLeaf(Uint8Array.of(0xff))).toThrow(Malformed);
  });
});

describe('what opens a leaf', () => {
  const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');

  it('is hashed as the leaf says', () => {
    const body = '{"ก":1}';
    expect(bodyHashOf(salt, body)).toBe(createHash('sha256').update(salt).update(body).digest('hex'));
    const streamSalt = createHash('sha256').update('khamrap stream salt v1\n').update(salt).digest();
    expect(Buffer.from(streamSaltOf(salt))).toEqual(streamSalt);
    const reference = createHash('sha256').update('khamrap stream v1\n').update(streamSalt).update('agreement-x');
    expect(streamReference('agreement-x', streamSaltOf(salt))).toBe(reference.digest('hex'));
  });

  it('opens a private value as RFC 9901 §4.2 has it', () => {
    // The example of that section.
    const disclosure = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
    expect(privateValueOf(disclosure)).toEqual({ name: 'family_name', value: 'M\u00f6bius' });
    expect(digestOfPrivateValue(disclosure)).toBe('X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0');
    for (const wrong of ['', '!', 'WyJhIl0', 'WzEsMiwzXQ']) expect(() => privateValueOf(wrong)).toThrow(Malformed);
  });
});

describe('the head of a stream', () => {
  it('is canonical JSON', () => {
    const head = { stream: LEAF.stream, revision: 3, leaf: LEAF.body };
    expect(streamHeadText(head)).toBe(canonicalJson(head));
  });
});
