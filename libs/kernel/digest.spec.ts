import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha256Hex } from './digest';

describe('sha256Hex', () => {
  it('gives the digests of the standard', () => {
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('agrees with OpenSSL about any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      }),
    );
    const thai = 'คำรับรองการปฏิบัติราชการ';
    expect(sha256Hex(thai)).toBe(createHash('sha256').update(thai, 'utf8').digest('hex'));
  });

  it('refuses half of a surrogate pair', () => expect(() => sha256Hex('\ud800')).toThrow(RangeError));
});
