import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, NotCanonical } from './canonical-json';
import type { Json } from './json';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('กขคำเแไใ่้๊๋์ฯๆ๐๑๒๓ ')) }),
  fc.string({ unit: fc.constantFrom('😀', '𝒳', '￿', 'é', 'e\u0301', '"', '\\', '\n', '\u0000', '\u2028', '\u007f') }),
);

const anyJson = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    anyText,
    fc.array(tie('json'), { maxLength: 5 }),
    // `__proto__` would set the prototype of an object literal instead of a field.
    fc.dictionary(anyText, tie('json'), { maxKeys: 6 }),
  ),
})).json;

describe('canonicalJson', () => {
  it('agrees with another implementation of RFC 8785', () => {
    fc.assert(
      fc.property(anyJson, (value) => expect(canonicalJson(value)).toBe(canonicalize(value))),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order in which fields were written', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, anyJson), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it('can be read back', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
    );
  });

  it('sorts the keys of RFC 8785 §3.2.3 by UTF-16 code units', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(canonicalJson(value)) as Record<string, number>)).toHaveLength(7);
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('leaves Thai text as it is', () => {
    // Sara am (U+0E33) is one character here and would be two after normalisation.
    expect(canonicalJson({ name: 'คำรับรอง น้ำ' })).toBe('{"name":"คำรับรอง น้ำ"}');
    expect(canonicalJson('e\u0301')).not.toBe(canonicalJson('\u00e9'));
  });

  it('counts an undefined field as absent, and minus zero as zero', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(canonicalJson(-0)).toBe('0');
  });

  it.each<[string, unknown]>([
    ['a float', 0.5],
    ['a number beyond 2^53 − 1', 2 ** 53],
    ['not a number', Number.NaN],
    ['half of a surrogate pair', '\ud83d'],
    ['half of a surrogate pair in a key', { '\udc00': 1 }],
    ['undefined in a list', [undefined]],
    ['a date', new Date(0)],
    ['a big integer', 1n],
    ['a map', new Map()],
    ['a function', () => 1],
  ])('refuses %s', (_name, value) => expect(() => canonicalJson({ value } as Json)).toThrow(NotCanonical));
});
