import { randomUUID } from 'node:crypto';
import { streamName, type StreamName } from '@khamrap/kernel';
import { createPool, type Database } from '@khamrap/platform/database';
import {
  EventCodec,
  Ledger,
  openPostgresEventStore,
  OpenTheLog1700000000001,
  type CommandAccepted,
  type CommandContext,
  type CommandRequest,
  type EventStore,
  type LogIdentity,
} from '@khamrap/platform/event-store';
import { BuildTheVault1700000000002, Vault, WallTheVault1700000000005 } from '@khamrap/platform/vault';
import { commandContext } from './builders';
import { createTestDatabase } from './database';
import { tallyDecider, tallyEventDeclarations, type TallyCommand, type TallyEvent, type TallyState } from './tally';
import { WatchedStore } from './watched-store';

export const tallyCodec = new EventCodec(tallyEventDeclarations);

type TallyRequest = CommandRequest<TallyState, TallyCommand, TallyEvent>;

/** One process with a ledger. Several on one database share nothing in memory. */
export class LedgerInstance {
  readonly ledger: Ledger;
  #closing: Promise<void> | undefined;

  constructor(
    readonly store: WatchedStore,
    readonly vault: Vault,
    private readonly closePool: () => Promise<void>,
  ) {
    this.ledger = new Ledger(store, tallyCodec, vault);
  }

  execute(
    stream: StreamName,
    command: TallyCommand,
    context: CommandContext = commandContext(),
    further: Partial<TallyRequest> = {},
  ): Promise<CommandAccepted> {
    return this.ledger.execute({ decider: tallyDecider, stream, command, context, ...further });
  }

  /** Adds amounts, each as an event of its own. */
  add(stream: StreamName, amounts: readonly number[], context?: Partial<CommandContext>): Promise<CommandAccepted> {
    return this.execute(stream, { type: 'Add', amounts }, commandContext(context));
  }

  close(): Promise<void> {
    this.#closing ??= this.store.close().then(() => this.closePool());
    return this.#closing;
  }
}

export interface OpenInstanceOptions {
  /** What this instance wishes the clock to be, when the log is not opened yet. */
  readonly clock?: LogIdentity['clock'];
  /** Where the store appends, when that is not the database's own address. */
  readonly appendUrl?: string;
  /** Where the store reads, when that is not the database's own address. */
  readonly readUrl?: string;
  /** Where the vault is, when that is not the database's own address. */
  readonly vaultUrl?: string;
  readonly resubmitForMs?: number;
  readonly readTimeoutMs?: number;
  /** What the ledger sees of the store. */
  readonly seenAs?: (store: EventStore) => EventStore;
}

/** A database with log and vault, and ledgers on it as so many processes have them. */
export class LedgerUnderTest {
  readonly #instances: LedgerInstance[] = [];

  private constructor(
    readonly database: Database,
    private readonly clock: LogIdentity['clock'],
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(clock: LogIdentity['clock'] = 'system'): Promise<LedgerUnderTest> {
    const { database, drop } = await createTestDatabase({
      migrations: [OpenTheLog1700000000001, BuildTheVault1700000000002, WallTheVault1700000000005],
    });
    return new LedgerUnderTest(database, clock, drop);
  }

  async instance({ seenAs = (store) => store, ...options }: OpenInstanceOptions = {}): Promise<LedgerInstance> {
    const { append: appendUrl, read: readUrl } = this.database.urls;
    const { vaultUrl = appendUrl } = options;
    const store = await openPostgresEventStore({
      appendUrl,
      readUrl,
      origin: 'ledger.test/log',
      clock: this.clock,
      ...options,
    });
    const pool = createPool({ url: vaultUrl, size: 2, applicationName: 'spec' });
    const instance = new LedgerInstance(new WatchedStore(seenAs(store)), new Vault(pool), () => pool.end());
    this.#instances.push(instance);
    return instance;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#instances.map((instance) => instance.close()));
    await this.drop();
  }
}

/** A stream that no other test knows. */
export function freshTally(): StreamName {
  return streamName('tally', randomUUID());
}
