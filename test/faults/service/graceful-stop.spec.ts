import { eventually } from '@khamrap/testing';
import { EventStream, signIn } from '../../../libs/testing/service';
import { JournalTail } from '../crash-loop/journal-tail';
import { HttpLoad, UNACCOUNTED_COUNT } from './http-load';
import { ServiceUnderFault } from './service-under-fault';

const CLIENTS_COUNT = 8;
const ACKNOWLEDGED_BEFORE = 200;

test('SIGTERM under load: what was accepted is answered, the process ends with 0, the next start finds all', async () => {
  const service = await ServiceUnderFault.onServer();
  const load = new HttpLoad(service, CLIENTS_COUNT, Date.now() % 1_000_000);
  try {
    const life = await load.begin();
    const tail = new JournalTail(service.journalFolder);
    const hasEnough = (): true | undefined => {
      tail.read();
      return tail.acknowledgedCount >= ACKNOWLEDGED_BEFORE || undefined;
    };
    await Promise.race([eventually('enough acknowledgements', hasEnough, 30_000), life.failed]);
    const exit = await service.program.kill('SIGTERM');
    expect({ ...exit, said: service.program.output() }).toMatchObject({ code: 0, signal: null });

    // Now the clients knock at a closed door. Whatever they had no answer to had not been accepted either.
    const whileStopped = await service.judged();
    expect(whileStopped.violations).toEqual([]);
    expect(whileStopped).toMatchObject({ unknownPresentCount: 0, unaccountedCount: UNACCOUNTED_COUNT });

    await service.recover();
    await life.end();
    const afterwards = await service.judged();
    expect(afterwards.violations).toEqual([]);
    expect(afterwards).toMatchObject({ unknownCount: 0, unaccountedCount: UNACCOUNTED_COUNT });
    expect(afterwards.acknowledgedCount).toBeGreaterThanOrEqual(whileStopped.acknowledgedCount);
  } finally {
    load.close();
    await service.close();
  }
}, 60_000);

test('an open stream ends by itself when the service stops, and does not hold it up', async () => {
  const service = await ServiceUnderFault.onServer();
  try {
    const api = await signIn(service.url, 'dashboard');
    const stream = await EventStream.open(`${service.url}/v1/standings/stream`, {
      authorization: `Bearer ${api.token}`,
    });
    const [exit] = await Promise.all([service.program.kill('SIGTERM'), stream.ended()]);
    expect(exit).toEqual({ code: 0, signal: null });
    api.close();
  } finally {
    await service.close();
  }
}, 60_000);
