import 'reflect-metadata';
import { ConfigRefused, readConfig } from '@khamrap/platform/config';
import { rebuild } from './rebuild';

const USAGE = `khamrap: for those who run a ledger

  npm run khamrap -- rebuild PROJECTION
      orders a projection (standings, awards) to be made anew from the first event, beside the one that is read; the running
      service makes it and switches to it. The settings are those of the service (KHAMRAP_DATA, DATABASE_URL …).
`;

async function main([command, ...parameters]: readonly string[]): Promise<number> {
  if (command === 'rebuild' && parameters.length === 1)
    return rebuild(readConfig(process.env), parameters[0] as string);
  process.stderr.write(USAGE);
  return 2;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isExpected = error instanceof ConfigRefused;
    process.stderr.write(
      `${isExpected || !(error instanceof Error) ? String(error) : (error.stack ?? error.message)}\n`,
    );
    process.exit(1);
  },
);
