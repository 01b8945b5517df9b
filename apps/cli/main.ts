import 'reflect-metadata';
import type { Config } from '@khamrap/platform/config';

const USAGE = `khamrap: for those who run a ledger, and for those who check one

  npm run -s khamrap -- verify BUNDLE.zip|RECEIPT|URL|FOLDER [--key VKEY] [--policy FILE] [--checkpoint FILE] [--receipt FILE] …
      checks a bundle, a receipt, a running service or an exported log, trusting nothing but the keys that are given; the verdict
      is in Thai and English. verify consistency ONE OTHER compares two checkpoints. verify --help tells all options.

  npm run khamrap -- rebuild PROJECTION
      orders a projection (standings, awards) to be made anew from the first event, beside the one that is read; the running
      service makes it and switches to it. The settings are those of the service (KHAMRAP_DATA, DATABASE_URL …).

  npm run -s khamrap -- token SUBJECT
      signs in at the embedded issuer of the running service (KHAMRAP_ADDRESS or PORT) as a person or machine of the
      demonstration, such as recorder, and writes the access token alone: TOKEN=$(npm run -s khamrap -- token recorder)

  npm run khamrap -- first-administrator --issuer URL --subject SUBJECT --office CODE --office-name NAME --reason TEXT
      grants the first administrator of a ledger in which nobody may grant roles yet: whoever the issuer knows as SUBJECT, at
      an office that is registered where it is not, by an order or decision. The service runs meanwhile, or DATABASE_URL names
      its server. Refused as soon as somebody may grant roles.

  npm run khamrap -- retention [--erase --reason TEXT]
      lists the agreements that were closed more than KHAMRAP_RETENTION_YEARS fiscal years ago, and how many private values
      are still kept of each. With --erase they are erased for good, and the record says so: TEXT names the order or decision,
      and nobody. The service runs meanwhile, or DATABASE_URL names its server.

  npm run khamrap -- open-epoch --reason TEXT
      goes on signing a log that is not a continuation of what was signed last, where the newer copy is lost: shows what the
      signer remembers (KHAMRAP_SIGNER_FOLDER) and what the log is, and records both and TEXT, the order or decision, naming
      nobody. From then on the log has another origin, and to whoever verifies it is another log. Refused where both agree.

  npm run khamrap -- log-key make FILE
      makes a private key for the log (KHAMRAP_LOG_KEY_FILE) in a new file, and writes its vkey under KHAMRAP_ORIGIN.
  npm run khamrap -- log-key show
      writes the vkeys of the settings, and which keys and epochs the log has recorded.

  npm run khamrap -- record-stream-heads
      records in the log how far every stream has come, as the service does every KHAMRAP_STREAM_HEADS_HOURS by itself.
      All three: the service runs meanwhile, or DATABASE_URL names its server.

  npm run khamrap -- check-log
      makes every leaf of the verifiable log again from the rows of the database, and compares it with what the log has stored and
      signed: names the first position that is not what it was. The service runs meanwhile, or DATABASE_URL names its server.

  npm run khamrap -- check-access-log
      makes the leaf of every row of who read what again, and compares the tree over them with what the ledger has sealed:
      names the first row that is not what it was. The service runs meanwhile, or DATABASE_URL names its server.

  npm run khamrap -- export-log FOLDER
      writes the published log as files (c2sp.org/tlog-tiles), which any server of files can hand out; in a folder that has been
      written before, only what is new.

  npm run khamrap -- log copy [--to esdb://…] [--switch]
      copies the log of the database (DATABASE_URL, KHAMRAP_DATA) to EventStoreDB: to EVENTSTORE_URL, which may hold a password,
      or to another address, which may not. The service may run meanwhile; what was interrupted goes on where it was. Then reads
      the whole copy back and compares every event, and the roots of the verifiable logs. With --switch, for which every instance
      of the service has to be stopped, the store carries the log from then on.
  npm run khamrap -- log derive [--anew]
      derives the log from what EventStoreDB (EVENTSTORE_URL) holds, from its first event on, and compares it with the copy in
      the database. With --anew, for which every instance of the service has to be stopped, drops that copy and makes it anew.

  npm run khamrap -- guard-store
      has EventStoreDB let the service (EVENTSTORE_URL) append and read, and neither cut nor delete streams, as an administrator
      of the store (EVENTSTORE_ADMIN_URL); then tries as the service what it must not do. Once, before the first start.

  npm run khamrap -- generate [--seed 1] [--provinces 77] [--offices 28] [--indicators 8]
           [--first-year 2565] [--years 4] [--anomalies 0.03] [--manifest FILE]
      makes years of a whole nation in a new ledger with a simulated clock, through the commands that people use; the same
      seed gives the same nation. For demonstrations and measurements: set KHAMRAP_DATA to a folder of its own.

  npm run -s khamrap -- witness serve --folder FOLDER --name NAME --log VKEY [--log VKEY …] [--host 127.0.0.1] [--port 7480]
      witnesses the log of another office (c2sp.org/tlog-witness): cosigns its checkpoints as long as each goes on from the one
      before, and keeps what speaks against it in FOLDER/evidence. NAME is that of the witness, such as nacc.go.th/witness; VKEY
      is what /log/policy of the service states. Makes its key in FOLDER on the first start and writes its own vkey.
  npm run -s khamrap -- witness key --folder FOLDER [--name NAME]
      writes the vkey of a witness, and makes its key where there is none.
  npm run -s khamrap -- witness ask --server URL (--old SIZE | --witness-checkpoint FILE) > request
  npm run -s khamrap -- witness sign --folder FOLDER --log VKEY FILE > note
  npm run -s khamrap -- witness bring FILE
      the same for a witness off the network: what it is asked is written from what the service shows to everybody, cosigned on
      its machine, and given to the service, which runs meanwhile, or DATABASE_URL names its server. SIZE is that of the last note
      that the witness gave, 0 before the first.
`;

type Parameters = readonly string[];

/** The settings of the environment; who only checks needs none, and loads nothing of the service. */
async function settings(environment: NodeJS.ProcessEnv = process.env): Promise<Config> {
  const { readConfig } = await import('./settings');
  return readConfig(environment);
}

/** Times are those of the story; whoever reads the ledger afterwards projects it. */
const GENERATING = { KHAMRAP_CLOCK: 'simulated', KHAMRAP_ROLE: 'api', KHAMRAP_DEMONSTRATION: 'no' };

/**
 * Each loads what it needs, and no other: the whole program takes seconds to load, and a token a fraction of one to get. One that
 * answers undefined was not told what to do.
 */
const COMMANDS: Readonly<Record<string, (parameters: Parameters) => Promise<number | undefined>>> = {
  verify: async (parameters) => (await import('./verify/verify')).verify(parameters),
  witness: async (parameters) => (await import('./witness/command')).witnessCommand(parameters, settings),
  rebuild: async ([projection, ...more]) => {
    if (projection === undefined || more.length > 0) return undefined;
    return (await import('./rebuild')).rebuild(await settings(), projection);
  },
  token: async ([subject, ...more]) => {
    if (subject === undefined || more.length > 0) return undefined;
    return (await import('./token')).token(await settings(), subject);
  },
  'first-administrator': async (parameters) => {
    const { firstAdministrator, firstAdministratorOptionsOf } = await import('./first-administrator');
    return firstAdministrator(await settings(), firstAdministratorOptionsOf(parameters));
  },
  retention: async (parameters) => {
    const { retentionOptionsOf } = await import('./retention-options');
    const options = retentionOptionsOf(parameters);
    return (await import('./retention')).retention(await settings(), options);
  },
  'open-epoch': async (parameters) => {
    const { openEpoch, reasonOf } = await import('./open-epoch');
    return openEpoch(await settings(), reasonOf(parameters));
  },
  'log-key': async ([what, file, ...more]) => {
    if (what === 'make' && file !== undefined && more.length === 0)
      return (await import('./log-key')).makeKey(await settings(), file);
    if (what === 'show' && file === undefined) return (await import('./log-key')).showKeys(await settings());
    return undefined;
  },
  'record-stream-heads': async (parameters) => {
    if (parameters.length > 0) return undefined;
    return (await import('./record-stream-heads')).recordStreamHeads(await settings());
  },
  'check-log': async (parameters) => {
    if (parameters.length > 0) return undefined;
    return (await import('./check-log')).checkWholeLog(await settings());
  },
  'check-access-log': async (parameters) => {
    if (parameters.length > 0) return undefined;
    return (await import('./check-access-log')).checkWholeAccessLog(await settings());
  },
  'export-log': async ([folder, ...more]) => {
    if (folder === undefined || more.length > 0) return undefined;
    return (await import('./export-log')).exportLogInto(await settings(), folder);
  },
  log: async (parameters) => (await import('./log/command')).logCommand(parameters, settings, process.env),
  'guard-store': async (parameters) => {
    if (parameters.length > 0) return undefined;
    return (await import('./guard-store')).guardStoreOf(await settings());
  },
  generate: async (parameters) => {
    const { generateOptionsOf } = await import('./generate/options');
    const options = generateOptionsOf(parameters);
    const { runGenerate } = await import('./generate/generate');
    return runGenerate(await settings({ ...process.env, ...GENERATING }), options);
  },
};

async function main([command = '', ...parameters]: Parameters): Promise<number> {
  const code = Object.hasOwn(COMMANDS, command) ? await COMMANDS[command]?.(parameters) : undefined;
  if (code === undefined) process.stderr.write(USAGE);
  return code ?? 2;
}

/** What people did or left out is told in a sentence; everything else with where it happened. */
const EXPECTED: readonly string[] = ['ConfigRefused', 'OptionRefused', 'ClockNotSimulated'];

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const told = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(`${EXPECTED.includes(told.name) ? told.message : (told.stack ?? told.message)}\n`);
    process.exit(1);
  },
);
