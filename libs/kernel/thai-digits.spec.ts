import fc from 'fast-check';
import { toAsciiDigits, toThaiDigits } from './thai-digits';

describe('Thai digits', () => {
  it('turns each digit and nothing else', () => {
    expect(toAsciiDigits('ผลงาน ๒,๔๔๖.๘๘ ล้านบาท')).toBe('ผลงาน 2,446.88 ล้านบาท');
    expect(toThaiDigits('12 ต.ค. 2564')).toBe('๑๒ ต.ค. ๒๕๖๔');
    expect(toThaiDigits('0123456789')).toBe('๐๑๒๓๔๕๖๗๘๙');
    expect(toAsciiDigits('๐๑๒๓๔๕๖๗๘๙')).toBe('0123456789');
  });

  it('comes back from any text without Thai digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/[๐-๙]/.test(text));
        expect(toAsciiDigits(toThaiDigits(text))).toBe(text);
      }),
    );
  });
});
