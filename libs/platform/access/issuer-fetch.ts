const FETCH_TIMEOUT_MS = 5_000;
/** What an issuer says is short: its description, its keys, one token. */
const ANSWER_BYTES_MAX = 200_000;

/** What an issuer is asked: as `fetch` is, by an address and what goes with it. */
export type IssuerFetch = (url: string, options?: RequestInit) => Promise<Response>;

/**
 * Asks an issuer something: bounded in time and in size, and never led anywhere else, since what an issuer says is believed
 * for the address that it was asked at.
 */
export const issuerFetch: IssuerFetch = async (url, options = {}) => {
  const timeout = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const response = await fetch(url, { ...options, redirect: 'error', signal });
  const body = await bounded(response);
  return new Response(body.length === 0 ? null : body, { status: response.status, headers: response.headers });
};

async function bounded(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    byteCount += chunk.length;
    if (byteCount > ANSWER_BYTES_MAX) throw new Error(`an answer of more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
