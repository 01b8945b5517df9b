const LOOKED_AT_LENGTH_MAX = 65_536;
const RECORD_COUNT_MIN = 2;
const FIELD_COUNT_MIN = 2;

/**
 * Whether a text is comma-separated values (RFC 4180), as far as its beginning tells: several records, all with the same
 * number of fields, and more than one.
 * @param isWhole whether nothing comes after the text
 */
export function isCsv(text: string, isWhole: boolean): boolean {
  const beginning = text.slice(0, LOOKED_AT_LENGTH_MAX);
  const counts = fieldCounts(beginning, isWhole && beginning.length === text.length);
  const [first = 0] = counts;
  return counts.length >= RECORD_COUNT_MIN && first >= FIELD_COUNT_MIN && counts.every((count) => count === first);
}

/** How many fields each record has; of a record that may go on beyond the end, nothing is said. */
function fieldCounts(text: string, isWhole: boolean): readonly number[] {
  const counts: number[] = [];
  let fieldCount = 1;
  let isQuoted = false;
  let isBegun = false;
  for (const character of text) {
    // A quote within quotes is written twice: out and in again.
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted || character === '\r') continue;
    if (character === ',') fieldCount += 1;
    if (character !== '\n') {
      isBegun = true;
      continue;
    }
    counts.push(fieldCount);
    fieldCount = 1;
    isBegun = false;
  }
  if (isWhole && isBegun && !isQuoted) counts.push(fieldCount);
  return counts;
}
