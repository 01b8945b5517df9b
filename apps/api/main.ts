import 'reflect-metadata';
import { ServiceAddress } from '@khamrap/platform/access';
import { readConfig, type Config } from '@khamrap/platform/config';
import { stopOnSignals } from '@khamrap/platform/http';
import { startService, type Service } from './service';
import { sentenceOf } from './start-failure';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const service = await startService(config);
  stopOnSignals(service.app);
  void service.infrastructure.database.failed.then((error) => {
    console.error(`The database has ended: ${error.message}`);
    process.exit(1);
  });
  await greet(config, service);
}

/** What somebody who starts the service for the first time wants to know next. */
async function greet(config: Config, { app, url, infrastructure }: Service): Promise<void> {
  const { origin, logId, clock } = infrastructure.store.identity();
  const lines = [
    '',
    `คำรับรอง · Khamrap listens at ${url}`,
    `  API             ${url}/docs`,
    `  Health          ${url}/health/ready   ${url}/health/projections`,
    `  Log             ${origin} (${logId}), clock: ${clock}`,
    `  Verify          ${url}/verify   npm run -s khamrap -- verify ${url}`,
    `  Data            ${infrastructure.database.embedded ? config.dataFolder : 'external PostgreSQL'}`,
    `  Signer          ${config.transparency.signerFolder}: what it has signed last, apart from the data`,
  ];
  if (config.access.issuer.kind === 'embedded') {
    lines.push(
      `  Sign in         ${app.get(ServiceAddress).origin}/session/login`,
      '                  as one of the persons of the demonstration; there is no password',
      '  Token           TOKEN=$(npm run -s khamrap -- token recorder)',
      `                  curl -H "Authorization: Bearer $TOKEN" "${url}/v1/standings?province=TH-54"`,
    );
  }
  console.log(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error) ?? error);
  process.exit(1);
});
