import { setTimeout as delay } from 'node:timers/promises';
import { LogDamaged, type LogIdentity } from '../../event-store';
import { RecordedLog } from '../../postgres/recorded-log';
import { Sequencer } from '../sequencer';
import { StoreConnection } from '../store-connection';
import { StoredForm } from '../stored-form';
import type { CopiedLogOptions } from './copied-log';

export interface SequenceAnewOptions extends CopiedLogOptions, Pick<LogIdentity, 'clock'> {
  /** Connection of the role that sequences. */
  readonly projectUrl: string;
  /** How many events the copy is to have at the least. */
  readonly size: number;
  readonly signal: AbortSignal;
}

const POLL_MS = 50;

/**
 * Sequences the log of a store into the database as a running service does, until the copy has as many events as it is to have.
 * @throws LogDamaged when it cannot go on
 */
export async function sequenceAnew(options: SequenceAnewOptions): Promise<void> {
  const { url, ledger, clock, projectUrl, size, signal } = options;
  const log = new RecordedLog(options);
  const connection = new StoreConnection({ url });
  let trouble: string | undefined;
  const sequencer = new Sequencer({
    connection,
    form: new StoredForm(ledger),
    clock,
    projectUrl,
    log: { info: () => undefined, error: (what) => (trouble ??= what) },
  });
  try {
    sequencer.start();
    while ((await log.head()).position + 1 < size) {
      signal.throwIfAborted();
      if (trouble !== undefined) throw new LogDamaged(trouble);
      await delay(POLL_MS);
    }
  } finally {
    await sequencer.stop();
    await Promise.all([connection.close(), log.close()]);
  }
}
