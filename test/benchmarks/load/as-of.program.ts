import { latenciesOf, type Latencies } from '../measure/statistics';
import { programOptions, tellResult } from '../server/run-program';
import { HttpConnection } from './connection';

export interface AsOfOptions {
  readonly url: string;
  /** Nobody is known without it, and told what is published. */
  readonly token?: string;
  /** One after another, over one connection. */
  readonly paths: readonly string[];
  /** How many of them warm up and do not count. */
  readonly warmUpCount: number;
}

export interface AsOfResult {
  readonly latenciesMs: Latencies;
  readonly meanItemCount: number;
}

async function run({ url, token, paths, warmUpCount }: AsOfOptions): Promise<AsOfResult> {
  const connection = await HttpConnection.open(url);
  const headers: Readonly<Record<string, string>> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const latenciesMs: number[] = [];
  let itemCount = 0;
  for (const [index, path] of paths.entries()) {
    const sent = performance.now();
    const { status, body } = await connection.send({ method: 'GET', path, headers });
    const latencyMs = performance.now() - sent;
    if (status !== 200) throw new Error(`answered ${status}: ${body}`);
    if (index < warmUpCount) continue;
    latenciesMs.push(latencyMs);
    const { items, numbers } = JSON.parse(body) as { items?: readonly unknown[]; numbers?: readonly unknown[] };
    itemCount += (items ?? numbers ?? []).length;
  }
  connection.close();
  return { latenciesMs: latenciesOf(latenciesMs), meanItemCount: itemCount / latenciesMs.length };
}

void run(programOptions<AsOfOptions>()).then((result) => tellResult(result));
