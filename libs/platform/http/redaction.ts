/**
 * What may stand in no log, whoever wrote it there: tokens, passwords, cookies, the numbers of people. Redaction is the last
 * wall, not the first: nothing that is logged is meant to hold any of these.
 */
const SECRETS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\b(set-cookie|cookie)(["']?\s*[:=]\s*)[^\r\n]+/gi, '$1$2[redacted]'],
  [/\b__(?:Host|Secure)-[^=;\s]{1,100}=[^;\s"']+/g, '[cookie]'],
  [/\b(Bearer|Basic|DPoP) +[A-Za-z0-9._~+/-]+=*/gi, '$1 [redacted]'],
  [/\beyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)*/g, '[token]'],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,100}):[^\s/]{0,500}@/gi, '$1:[redacted]@'],
  [
    /(["']?\b[\w-]{0,40}(?:passw(?:or)?d|pwd|secret|token|api[_-]?key|private[_-]?key|code_verifier)["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;&}"']+)/gi,
    '$1[redacted]',
  ],
];

const DIGIT = '[0-9๐-๙]';
const BETWEEN = '[ \\u00a0.\\u2010-\\u2015-]?';
const BEFORE = '(?<![A-Za-z0-9๐-๙])';
const AFTER = '(?![A-Za-z0-9๐-๙])';
/** Thirteen digits of either script, in one piece or in groups; their checksum is not asked for, a slip of the pen is as telling. */
const NATIONAL_ID = new RegExp(`${BEFORE}${DIGIT}(?:${BETWEEN}${DIGIT}){12}${AFTER}`, 'g');
const TELEPHONE = new RegExp(
  `${BEFORE}(?:(?:\\+|00)66${BETWEEN}\\(?[0๐]?\\)?${BETWEEN}|[0๐]${BETWEEN})[2-9๒-๙](?:${BETWEEN}${DIGIT}){7,8}${AFTER}`,
  'g',
);

const ESCAPE = String.fromCodePoint(0x1b);
const BELL = String.fromCodePoint(0x07);
const ESCAPE_SEQUENCE = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?|[@-Z\\\\-_])`,
  'g',
);
/** Lines of a stack may follow; any other line would pass for an entry of its own. */
const CONTROL = /\r?\n(?! {4}at )|(?!\n)\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The text as it may be logged: without secrets and personal numbers, on one line but for the lines of a stack. */
export function redacted(text: string): string {
  let rest = text.replace(ESCAPE_SEQUENCE, '');
  for (const [pattern, replacement] of SECRETS) rest = rest.replace(pattern, replacement);
  return rest.replace(NATIONAL_ID, '[13 digits]').replace(TELEPHONE, '[telephone]').replace(CONTROL, escaped);
}

function escaped(characters: string): string {
  if (characters.endsWith('\n')) return '\\n';
  return `\\u${characters.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const DEPTH_MAX = 6;
const SECRET_FIELD = /passw(?:or)?d|^pwd$|secret|token|authorization|cookie|api[_-]?key|private[_-]?key|code_verifier/i;

/** A value as it may be logged; an error is its stack and its causes, never its other fields, which repeat rows. */
export function redactedValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redacted(value);
  if (typeof value === 'function') return redactedValue(value.name, depth);
  if (typeof value === 'number' || typeof value === 'bigint') return redactedNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return '[…]';
  if (value instanceof Error) return redactedError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return '[bytes]';
  if (Array.isArray(value)) return value.map((item) => redactedValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      redacted(name),
      SECRET_FIELD.test(name) && typeof field !== 'boolean' ? '[redacted]' : redactedValue(field, depth + 1),
    ]),
  );
}

function redactedError(error: Error, depth: number): string {
  const cause = error.cause === undefined ? '' : ` caused by ${String(redactedValue(error.cause, depth + 1))}`;
  return `${redacted(error.stack ?? error.message)}${cause}`;
}

function redactedNumber(value: number | bigint): unknown {
  const text = String(value);
  const written = redacted(text);
  return written === text ? value : written;
}
