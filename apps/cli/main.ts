import 'reflect-metadata';
import { ConfigRefused, readConfig } from '@khamrap/platform/config';
import { ClockNotSimulated, OptionRefused } from './refusals';

const USAGE = `khamrap: for those who run a ledger

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

  npm run khamrap -- generate [--seed 1] [--provinces 77] [--offices 28] [--indicators 8]
           [--first-year 2565] [--years 4] [--anomalies 0.03] [--manifest FILE]
      makes years of a whole nation in a new ledger with a simulated clock, through the commands that people use; the same
      seed gives the same nation. For demonstrations and measurements: set KHAMRAP_DATA to a folder of its own.
`;

/** Each loads what it needs, and no other: the whole program takes seconds to load, and a token a fraction of one to get. */
async function main([command, ...parameters]: readonly string[]): Promise<number> {
  if (command === 'rebuild' && parameters.length === 1) {
    const { rebuild } = await import('./rebuild');
    return rebuild(readConfig(process.env), parameters[0] as string);
  }
  if (command === 'token' && parameters.length === 1) {
    const { token } = await import('./token');
    return token(readConfig(process.env), parameters[0] as string);
  }
  if (command === 'first-administrator') {
    const { firstAdministrator, firstAdministratorOptionsOf } = await import('./first-administrator');
    return firstAdministrator(readConfig(process.env), firstAdministratorOptionsOf(parameters));
  }
  if (command === 'retention') {
    const { retentionOptionsOf } = await import('./retention-options');
    const options = retentionOptionsOf(parameters);
    const { retention } = await import('./retention');
    return retention(readConfig(process.env), options);
  }
  if (command === 'generate') {
    const { generateOptionsOf } = await import('./generate/options');
    const options = generateOptionsOf(parameters);
    const { runGenerate } = await import('./generate/generate');
    return runGenerate(readConfig({ ...process.env, ...GENERATING }), options);
  }
  process.stderr.write(USAGE);
  return 2;
}

/** Times are those of the story; whoever reads the ledger afterwards projects it. */
const GENERATING = { KHAMRAP_CLOCK: 'simulated', KHAMRAP_ROLE: 'api', KHAMRAP_DEMONSTRATION: 'no' };

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isExpected =
      error instanceof ConfigRefused || error instanceof OptionRefused || error instanceof ClockNotSimulated;
    process.stderr.write(
      `${isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  },
);
