import type { Config } from '@khamrap/platform/config';
import type { Database } from '@khamrap/platform/database';
import { hexOf } from '@khamrap/platform/transparency/proof';
import {
  LogAnnals,
  logKeysOf,
  logSignerOf,
  openEpoch as openEpochIn,
  readStoredTree,
  readWitnessPolicy,
  witnessedTreesOf,
  type EpochOpening,
  type TreeToSign,
} from '@khamrap/platform/transparency';
import { parseArgs } from 'node:util';
import { attached, onLogAndReader } from './attached';
import { OptionRefused } from './refusals';

/** Why an epoch is opened, from the command line. @throws OptionRefused */
export function reasonOf(parameters: readonly string[]): string {
  try {
    const { reason } = parseArgs({
      args: [...parameters],
      options: { reason: { type: 'string' } },
      strict: true,
    }).values;
    if (reason) return reason;
  } catch (error) {
    throw new OptionRefused(error instanceof Error ? error.message : 'The options cannot be read.');
  }
  throw new OptionRefused('Say --reason: it stands in the log for ever, and names nobody.');
}

/** Opens an epoch on the database of the settings, where signer and log do not agree; answers with the exit code. */
export async function openEpoch(config: Config, reason: string): Promise<number> {
  const database = await attached(config, 'open the epoch');
  return database ? openEpochOn(database, config, reason) : 1;
}

function openEpochOn(database: Database, config: Config, reason: string): Promise<number> {
  return onLogAndReader(database, config, 'open epoch', async (store, pool) => {
    const annals = new LogAnnals(store);
    const log = { warn: (message: string) => void process.stderr.write(`${message}\n`) };
    // A signer whose memory is as old as the log agrees with it, where witnesses know better.
    const policy = await readWitnessPolicy(config.transparency.witnessPolicyFile);
    const logging = { info: log.warn, error: log.warn };
    const elsewhere = witnessedTreesOf({ policy, annals, keys: await logKeysOf(config), logging });
    const signer = await logSignerOf({ config, store, annals, pool, log, elsewhere });
    const tree = await readStoredTree(pool, store);
    const opening = await openEpochIn({ signer, annals, store }, tree, reason);
    process.stdout.write(`${told(opening, tree, config)}\n`);
    return opening.kind === 'opened' ? 0 : 1;
  });
}

function told(opening: EpochOpening, tree: TreeToSign, { transparency }: Config): string {
  const { last, reason } = opening.examination;
  const lines = [
    `The signer remembers (${transparency.signerFolder}):`,
    `  ${last.origin}, ${last.size} events, root ${hexOf(last.root)}`,
    `The log is:`,
    `  ${tree.size} events, root ${hexOf(tree.root)}`,
    '',
  ];
  switch (opening.kind) {
    case 'opened':
      return [
        ...lines,
        `Why nothing was signed: ${reason ?? ''}`,
        '',
        `Epoch ${opening.epoch.epoch} is opened. The running service goes on signing as ${opening.epoch.origin}: whoever verifies`,
        'the log has to be given its new vkeys (npm run khamrap -- log-key show), and told why.',
      ].join('\n');
    case 'agreed':
      return [...lines, 'They agree: there is nothing to decide, and no epoch was opened.'].join('\n');
    case 'behind':
      return [...lines, 'The tree is still being built: no epoch was opened. Try again when it has grown.'].join('\n');
  }
}
