/** The name of a stream: a category and an identifier, as in `agreement-7f0c…`. At most 200 characters of ASCII. */
export type StreamName = string & { readonly __streamName: true };

const PATTERN = /^[a-z][a-z-]*[a-z]-[A-Za-z0-9][A-Za-z0-9._-]*$|^ledger$/;
const LENGTH_MAX = 200;

/** The one stream that tells about the log itself; its first event is `LedgerOpened` at position 0. */
export const LEDGER_STREAM = 'ledger' as StreamName;

/**
 * Builds the name of a stream.
 * @throws RangeError when the category or the identifier has characters that a stream name cannot have
 */
export function streamName(category: string, id: string): StreamName {
  const name = `${category}-${id}`;
  if (!isStreamName(name)) throw new RangeError(`"${name}" is not a stream name`);
  return name;
}

/** Whether a text can be the name of a stream. */
export function isStreamName(text: string): text is StreamName {
  return text.length <= LENGTH_MAX && PATTERN.test(text);
}
