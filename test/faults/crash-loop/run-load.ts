import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClientJournal, readOperations, type Operation, type SeededRandom } from '@khamrap/testing';
import type { LoadClient, Request } from './load-client';

const RETRY_PAUSE_MS_MAX = 40;
/** Where nothing answers, nothing is learnt from asking all the time; and what is to come back needs the processor. */
const AWAY_PAUSE_MS_MAX = 200;
/** Longer than any recovery that is still one. */
const UNKNOWN_MS_MAX = 120_000;
/** How often an accepted operation is submitted once more, as a careful client would after a doubtful answer. */
const REPEAT_SHARE = 0.05;

export interface LoadOptions<R extends Request> {
  readonly client: LoadClient<R>;
  readonly journalFile: string;
  /** Operations that earlier clients have left unknown. */
  readonly unfinished: readonly Operation[];
  readonly random: SeededRandom;
  /** Asks for nothing new from then on; what has been asked for is still brought to its end. */
  readonly signal: AbortSignal;
}

/** Submits one operation after another and writes down everything, each until its outcome is known. */
export async function runLoad<R extends Request>({
  client,
  journalFile,
  unfinished,
  random,
  signal,
}: LoadOptions<R>): Promise<void> {
  const journal = new ClientJournal(journalFile);
  for (const operation of unfinished) await submitUntilKnown(client, journal, client.restore(operation), random);
  while (!signal.aborted) {
    const request = client.next();
    await submitUntilKnown(client, journal, request, random);
    if (random.chance(REPEAT_SHARE)) await submitUntilKnown(client, journal, request, random);
  }
  journal.close();
}

async function submitUntilKnown<R extends Request>(
  client: LoadClient<R>,
  journal: ClientJournal,
  request: R,
  random: SeededRandom,
): Promise<void> {
  for (const endsAt = performance.now() + UNKNOWN_MS_MAX; performance.now() < endsAt;) {
    const attempt = journal.invoke(request.operation, request.intention);
    const outcome = await client.submit(request);
    journal.answer(request.operation, attempt, outcome);
    if (outcome.kind === 'ok' || outcome.kind === 'rejected') return;
    await pause(random.integer(1, outcome.kind === 'unavailable' ? AWAY_PAUSE_MS_MAX : RETRY_PAUSE_MS_MAX));
  }
  throw new Error(`the outcome of ${request.operation} is not known after ${UNKNOWN_MS_MAX} ms`);
}

/** Journals are named after the client and its life, because a client that was killed lives on under the same name. */
export function journalFileOf(journalFolder: string, client: number, life: number): string {
  return path.join(journalFolder, `client-${client}.life-${life}.ndjson`);
}

/** What the earlier lives of a client have left unknown. */
export async function unfinishedOperations(journalFolder: string, client: number, life: number): Promise<Operation[]> {
  const journalFiles = Array.from({ length: life - 1 }, (_, index) => journalFileOf(journalFolder, client, index + 1));
  const operations = await readOperations(journalFiles);
  return operations.filter(({ status }) => status === 'unknown');
}
