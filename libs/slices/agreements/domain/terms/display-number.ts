const DISPLAY_NUMBER = /^[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3}){0,9}$/;

/** Whether a text numbers an indicator: whole numbers from 1, joined by points, as in `8` and `8.1`. */
export function isDisplayNumber(text: string): boolean {
  return DISPLAY_NUMBER.test(text);
}

/** Whether one number lies below another, as `8.1` and `8.1.2` lie below `8`. */
export function isBelow(displayNumber: string, ancestor: string): boolean {
  return displayNumber.startsWith(`${ancestor}.`);
}

/** Negative when the first is shown before the second: part by part as numbers, so `8` < `8.2` < `8.10` < `9`. */
export function compareDisplayNumbers(first: string, second: string): number {
  const secondParts = second.split('.').map(Number);
  for (const [index, part] of first.split('.').map(Number).entries()) {
    const difference = part - (secondParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}
