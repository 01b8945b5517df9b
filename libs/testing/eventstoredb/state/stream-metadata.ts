/** The part of a stream's metadata that the server itself obeys. */
export interface StreamMetadata {
  /** `$tb`: the first revision that still counts. */
  readonly truncateBefore?: bigint;
  /** `$maxCount`: how many of the last events still count. */
  readonly maxCount?: bigint;
  /** `$maxAge` in seconds. */
  readonly maxAgeSeconds?: bigint;
  readonly acl?: AccessList;
}

/** Who may do what with a stream; what is not said is left to `$settings` and then to the defaults of the server. */
export interface AccessList {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly delete?: readonly string[];
  readonly metadataRead?: readonly string[];
  readonly metadataWrite?: readonly string[];
}

/** The name of the stream that holds the metadata of `stream`. */
export function metadataStreamOf(stream: string): string {
  return `$$${stream}`;
}

export function isMetadataStream(stream: string): boolean {
  return stream.startsWith('$$');
}

/** The stream that a metadata stream describes. */
export function describedBy(metadataStream: string): string {
  return metadataStream.slice(2);
}

/** What stands in the last event of a metadata stream. Text that is no JSON object means nothing, as with the server. */
export function parseMetadata(data: Buffer): StreamMetadata {
  const fields = parseObject(data);
  const acl = parseAccessList(fields['$acl']);
  return {
    ...whole('truncateBefore', data, '$tb'),
    ...whole('maxCount', data, '$maxCount'),
    ...whole('maxAgeSeconds', data, '$maxAge'),
    ...(acl && { acl }),
  };
}

/** `$userStreamAcl` and `$systemStreamAcl` of the last event in `$settings`. */
export function parseSettings(data: Buffer): { readonly user?: AccessList; readonly system?: AccessList } {
  const fields = parseObject(data);
  const user = parseAccessList(fields['$userStreamAcl']);
  const system = parseAccessList(fields['$systemStreamAcl']);
  return { ...(user && { user }), ...(system && { system }) };
}

function parseAccessList(value: unknown): AccessList | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  const names = { read: '$r', write: '$w', delete: '$d', metadataRead: '$mr', metadataWrite: '$mw' };
  const given = Object.entries(names).filter(([, field]) => fields[field] !== undefined && fields[field] !== null);
  return Object.fromEntries(given.map(([name, field]) => [name, [fields[field]].flat().map(String)]));
}

function parseObject(data: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** `$tb` of a softly deleted stream is 2^63 - 1, which a number of JavaScript cannot hold: its digits are read from the text. */
function whole<Name extends string>(name: Name, data: Buffer, field: string): { [N in Name]?: bigint } {
  const digits = new RegExp(`"\\${field}"\\s*:\\s*(\\d+)`).exec(data.toString('utf8'))?.[1];
  return (digits === undefined ? {} : { [name]: BigInt(digits) }) as { [N in Name]?: bigint };
}
