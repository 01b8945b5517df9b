import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';
import { MIGRATIONS } from '../../../apps/composition/infrastructure';
import {
  launchService,
  makeEmbeddedEnvironment,
  makeServiceEnvironment,
  startServiceProgram,
  type Variables,
} from '../../../libs/testing/service';
import { freePort, MAIN } from './service-under-fault';

const START_MS_MAX = 60_000;

/** Starts the program where it cannot run; answers with its exit code and the lines that it has said. */
async function refusedStart(variables: Variables): Promise<{ code: number | null; lines: readonly string[] }> {
  const program = launchService(MAIN, variables);
  const { code } = await program.exited;
  return { code, lines: program.output().split('\n') };
}

/** A sentence for people: what is wrong, no stack, no object. */
function expectSentences(lines: readonly string[], ...sentences: readonly (string | RegExp)[]): void {
  expect(lines).toEqual(sentences.map((sentence) => expect.stringMatching(sentence) as unknown));
}

describe('a start that cannot be', () => {
  test(
    'says which settings are wrong, all at once, without repeating what they hold',
    async () => {
      const { code, lines } = await refusedStart({
        PORT: '70000',
        KHAMRAP_ROLE: 'master',
        KHAMRAP_PROT: '3000',
        DATABASE_URL: 'mysql://root:geheim@localhost/khamrap',
      });
      expect(code).toBe(1);
      expectSentences(
        lines,
        /^KHAMRAP_PROT is not a setting of this program\.$/,
        /^PORT must be a whole number from 0 to 65535, such as 8080\.$/,
        /^DATABASE_URL must be a URL that begins with postgres:\/\/ or postgresql:\/\//,
        /^KHAMRAP_ROLE must be one of all, api, projector/,
      );
      expect(lines.join()).not.toContain('geheim');
    },
    START_MS_MAX,
  );

  test(
    'says that settings contradict each other',
    async () => {
      const { code, lines } = await refusedStart({
        DATABASE_URL: 'postgres://khamrap@localhost/khamrap',
        KHAMRAP_CLOCK: 'simulated',
      });
      expect(code).toBe(1);
      expectSentences(lines, /^KHAMRAP_CLOCK=simulated writes times that were never read from a clock: it is refused/);
    },
    START_MS_MAX,
  );

  test(
    'says that the database is not there, and not the password',
    async () => {
      const port = await freePort();
      const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-nowhere-'));
      const { code, lines } = await refusedStart({
        DATABASE_URL: `postgres://khamrap:geheim@127.0.0.1:${port}/khamrap`,
        KHAMRAP_DATA: dataFolder,
      });
      fs.rmSync(dataFolder, { recursive: true });
      expect(code).toBe(1);
      expectSentences(
        lines,
        new RegExp(`^The database server of DATABASE_URL cannot be reached: .*127\\.0\\.0\\.1:${port}\\.$`),
      );
      expect(lines.join()).not.toContain('geheim');
    },
    START_MS_MAX,
  );

  test(
    'says that another program has the port, and leaves the database free',
    async () => {
      const environment = await makeServiceEnvironment({ migrations: MIGRATIONS });
      const other = http.createServer().listen(0, '127.0.0.1');
      try {
        await new Promise((resolve) => other.once('listening', resolve));
        const { port } = other.address() as { port: number };
        const { code, lines } = await refusedStart({ ...environment.variables, PORT: String(port) });
        expect(code).toBe(1);
        expectSentences(lines, new RegExp(`^Another program listens on 127\\.0\\.0\\.1:${port}: .*PORT`));
      } finally {
        other.close();
        await environment.remove();
      }
    },
    START_MS_MAX,
  );

  test(
    'says that another service has the data folder, and does not disturb it',
    async () => {
      const { variables, remove } = await makeEmbeddedEnvironment();
      const first = await startServiceProgram(MAIN, variables);
      try {
        const { code, lines } = await refusedStart(variables);
        expect(code).toBe(1);
        expectSentences(lines, new RegExp(`process ${first.pid}`));
        const { status } = await fetch(`${first.url}/health/ready`);
        expect(status).toBe(200);
      } finally {
        expect(await first.kill('SIGTERM')).toEqual({ code: 0, signal: null });
        await remove();
      }
    },
    START_MS_MAX,
  );
});
