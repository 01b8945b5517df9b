import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { NATIVE } from '@khamrap/kernel';
import { AdministratorExists, grantFirstAdministrator, officeEventDeclarations } from '@khamrap/offices';
import type { Config } from '@khamrap/platform/config';
import type { Database } from '@khamrap/platform/database';
import { commandIdOf, CommandRejected, EventCodec, Ledger, type CommandContext } from '@khamrap/platform/event-store';
import { attached, onLogAndVault, timesOf } from './attached';
import { OptionRefused } from './refusals';

/** What the command line says of the first administrator. */
export interface FirstAdministratorOptions {
  /** As their tokens name it. */
  readonly issuer: string;
  readonly subject: string;
  readonly office: string;
  readonly officeName: string;
  readonly reason: string;
}

/** Who acts: somebody who runs the database, known by nothing else. */
const OPERATOR = { issuer: 'urn:khamrap:operator', subject: 'first-administrator' };
const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** @throws OptionRefused */
export function firstAdministratorOptionsOf(parameters: readonly string[]): FirstAdministratorOptions {
  const text = { type: 'string' } as const;
  const { issuer, subject, office, reason, ...named } = parsed(parameters, text);
  const officeName = named['office-name'];
  if (!issuer || !subject || !office || !officeName || !reason)
    throw new OptionRefused('Say all of --issuer, --subject, --office, --office-name and --reason.');
  if (!CODE.test(office) || office.length > 100)
    throw new OptionRefused('--office is a code of small letters, digits and hyphens, such as phrae-province.');
  return { issuer, subject, office, officeName, reason };
}

function parsed(parameters: readonly string[], text: { readonly type: 'string' }) {
  try {
    const options = { issuer: text, subject: text, office: text, 'office-name': text, reason: text };
    return parseArgs({ args: [...parameters], options, strict: true }).values;
  } catch (error) {
    throw new OptionRefused(error instanceof Error ? error.message : 'The options cannot be read.');
  }
}

/** Grants the first administrator on the database of the settings; answers with the exit code. */
export async function firstAdministrator(config: Config, options: FirstAdministratorOptions): Promise<number> {
  const database = await attached(config, 'grant the first administrator');
  if (!database) return 1;
  try {
    process.stdout.write(`${await grantOn(database, config, options)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof AdministratorExists) && !(error instanceof CommandRejected)) throw error;
    process.stderr.write(`${sentenceOf(error)}\n`);
    return 1;
  }
}

function grantOn(database: Database, config: Config, options: FirstAdministratorOptions): Promise<string> {
  return onLogAndVault(database, config, 'first administrator', async (store, vault) => {
    const { issuer, subject, office, officeName, reason } = options;
    const [actor, grantee] = [await vault.pseudonymOf(OPERATOR), await vault.pseudonymOf({ issuer, subject })];
    const times = await timesOf(store);
    const run = randomUUID();
    const contextOf = (about: string): CommandContext => {
      const commandId = commandIdOf(OPERATOR.issuer, OPERATOR.subject, `${run} ${about}`);
      const ids = { commandId, requestHash: commandId, correlationId: run };
      return { ...ids, actor: { id: actor, role: 'operator' }, provenance: NATIVE, ...times };
    };
    const ledger = new Ledger(store, new EventCodec(officeEventDeclarations), vault);
    const order = { grantee, officeId: office, officeNameTh: officeName, reason };
    await grantFirstAdministrator({ store, ledger }, order, contextOf);
    return `${subject} of ${issuer} is administrator from now on, under the pseudonym ${grantee}.`;
  });
}

function sentenceOf(error: AdministratorExists | CommandRejected): string {
  if (error instanceof AdministratorExists) return 'Somebody may grant roles in this ledger already: ask them.';
  return `The ledger refused it: ${error.rejection.code}.`;
}
