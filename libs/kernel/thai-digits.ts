const THAI_ZERO = 0x0e50;
const ASCII_ZERO = 0x30;

/** The same text with Thai digits (๐ to ๙, U+0E50 to U+0E59) written as ASCII digits. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - THAI_ZERO + ASCII_ZERO));
}

/** The same text with ASCII digits written as Thai digits. */
export function toThaiDigits(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - ASCII_ZERO + THAI_ZERO));
}
