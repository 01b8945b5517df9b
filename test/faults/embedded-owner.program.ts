// Not through the door, behind which TypeORM stands: this program is started by the dozen, and loads nothing else.
import { startEmbeddedPostgres } from '../../libs/platform/database/embedded/embedded-postgres';

/**
 * Owns the embedded PostgreSQL of a data folder until it is killed: `embedded-owner.program.ts <data folder> [--leave]`.
 * Says `started <address of the superuser>` or `refused <name of the error>: <message>`; with --leave it exits right then,
 * without stopping anything.
 */
async function main(dataFolder: string): Promise<void> {
  const server = await startEmbeddedPostgres({ dataFolder, log: console });
  console.log(`started ${server.adminUrl}`);
  if (process.argv.includes('--leave')) process.exit();
  process.once('SIGTERM', () => void server.stop().then(() => process.exit()));
}

main(process.argv[2] ?? '').catch((error: Error) => {
  console.log(`refused ${error.name}: ${error.message}`);
  process.exitCode = 1;
});
