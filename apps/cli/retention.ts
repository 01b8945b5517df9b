import { randomUUID } from 'node:crypto';
import { agreementEventDeclarations } from '@khamrap/agreements';
import { bangkokDateOf, NATIVE } from '@khamrap/kernel';
import type { Config } from '@khamrap/platform/config';
import type { Database } from '@khamrap/platform/database';
import {
  commandIdOf,
  CommandRejected,
  EventCodec,
  Ledger,
  type CommandContext,
  type EventStore,
} from '@khamrap/platform/event-store';
import type { Vault } from '@khamrap/platform/vault';
import { agreementsPastTerm, applyRetention, personalDataEventDeclarations } from '@khamrap/privacy';
import { attached, onLogAndVault, timesOf } from './attached';
import type { RetentionOptions } from './retention-options';

/** Who acts: somebody who runs the database, known by nothing else. */
const OPERATOR = { issuer: 'urn:khamrap:operator', subject: 'retention' };

/** Lists what is kept past its term in the database of the settings, and erases it where asked to; answers with the exit code. */
export async function retention(config: Config, options: RetentionOptions): Promise<number> {
  const database = await attached(config, 'ask what is past its term');
  if (!database) return 1;
  try {
    await retentionOn(database, config, options);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandRejected)) throw error;
    process.stderr.write(`The ledger refused it: ${error.rejection.code}.\n`);
    return 1;
  }
}

function retentionOn(database: Database, config: Config, { eraseFor }: RetentionOptions): Promise<void> {
  const { retentionYears: years } = config;
  return onLogAndVault(database, config, 'retention', async (store, vault) => {
    const codec = new EventCodec([...agreementEventDeclarations, ...personalDataEventDeclarations]);
    const ledger = new Ledger(store, codec, vault);
    const today = bangkokDateOf(Date.parse((await timesOf(store)).decidedAt));
    let [agreementCount, valueCount] = [0, 0];
    for await (const past of agreementsPastTerm({ store, codec, vault }, years, today)) {
      const { agreementId, closedOn, kept } = past;
      if (kept.length === 0) continue;
      const count =
        eraseFor === undefined
          ? kept.length
          : await applyRetention({ ledger, vault }, past, { years, reason: eraseFor }, await contextOf(store, vault));
      process.stdout.write(`agreement ${agreementId}, closed on ${closedOn}: ${count}\n`);
      agreementCount += 1;
      valueCount += count;
    }
    const what = eraseFor === undefined ? 'are kept' : 'were erased';
    process.stdout.write(
      `${valueCount} private values of ${agreementCount} agreements that were closed more than ${years} fiscal years ago ${what}.\n`,
    );
  });
}

async function contextOf(store: EventStore, vault: Vault): Promise<CommandContext> {
  const commandId = commandIdOf(OPERATOR.issuer, OPERATOR.subject, randomUUID());
  const actor = { id: await vault.pseudonymOf(OPERATOR), role: 'operator' };
  const ids = { commandId, requestHash: commandId, correlationId: randomUUID() };
  return { ...ids, actor, provenance: NATIVE, ...(await timesOf(store)) };
}
