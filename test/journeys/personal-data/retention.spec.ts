import { randomUUID } from 'node:crypto';
import {
  bangkokDateOf,
  fiscalYearOf,
  spanOfFiscalYear,
  streamName,
  type IsoDate,
  type StreamName,
} from '@khamrap/kernel';
import { readConfig } from '@khamrap/platform/config';
import type { EventStore } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { OptionRefused } from '../../../apps/cli/refusals';
import { retention } from '../../../apps/cli/retention';
import { retentionOptionsOf } from '../../../apps/cli/retention-options';
import { MIGRATIONS, openInfrastructure, type Infrastructure } from '../../../apps/composition/infrastructure';
import { makeServiceEnvironment, type ServiceEnvironment } from '../../../libs/testing/service';
import type { AgreementEvent } from '../../../libs/slices/agreements/events';
import { actualReported, IN_EFFECT } from '../../../libs/slices/agreements/domain/agreement.examples';
import { sequencingOf } from '../journey';
import { commitmentsOf } from '../../../libs/slices/privacy/erasures/commitments';

// What is kept of agreements longer than for the term of ten years is listed, and erased on somebody's order.

const YEARS = 10;
const NOTE = 'บันทึกของผู้จัดทำ';
/** A note, and who prepared the figure. */
const KEPT = 2;
const THIS_YEAR = fiscalYearOf(bangkokDateOf(Date.now()));
/** The last day of the last fiscal year of which nothing is to be kept, and the day after it. */
const PAST_TERM = spanOfFiscalYear(THIS_YEAR - YEARS - 1).to;
const WITHIN_TERM = spanOfFiscalYear(THIS_YEAR - YEARS).from;

let environment: ServiceEnvironment;
let infrastructure: Infrastructure;
let sequencing: EventStore | undefined;
let past: StreamName;
let within: StreamName;
let open: StreamName;

beforeAll(async () => {
  environment = await makeServiceEnvironment({ migrations: MIGRATIONS });
  // Nothing is projected: these agreements are told no further than it takes to be closed.
  sequencing = await sequencingOf(environment);
  infrastructure = await openInfrastructure(readConfig({ ...environment.variables, KHAMRAP_ROLE: 'api' }));
  past = await agreement(PAST_TERM);
  within = await agreement(WITHIN_TERM);
  open = await agreement();
}, 60_000);

afterAll(async () => {
  await infrastructure?.close();
  await sequencing?.close();
  await environment?.remove();
});

/** An agreement with a private note, as it stands in a log in which years have passed. */
async function agreement(closedOn?: IsoDate): Promise<StreamName> {
  const stream = streamName('agreement', randomUUID());
  const events: AgreementEvent[] = [...IN_EFFECT, actualReported({ note: NOTE, preparedBy: 'สมมุติ ตัวอย่าง' })];
  if (closedOn) events.push({ type: 'AgreementClosed', data: { closedOn, closedBy: 'unit' } });
  await infrastructure.ledger.execute({
    decider: { initialState: undefined, decide: () => events, evolve: (state: undefined) => state },
    stream,
    command: undefined,
    context: commandContext(),
  });
  return stream;
}

/** The notes that the vault still tells. */
async function notesOf(stream: StreamName): Promise<readonly string[]> {
  const { store, vault } = infrastructure;
  const digests = (await store.readStream(stream, 0, 100)).flatMap((event) =>
    commitmentsOf(event).flatMap(({ path, digest }) => (path === '/note' ? [digest] : [])),
  );
  return [...(await vault.valuesOf(stream, digests)).values()];
}

/** The exit code, and what was said. */
async function run(parameters: readonly string[], variables = {}): Promise<readonly [code: number, said: string]> {
  const said: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  );
  try {
    const config = readConfig({ ...environment.variables, ...variables });
    return [await retention(config, retentionOptionsOf(parameters)), said.join('')];
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const line = (stream: StreamName, closedOn: IsoDate, count: number): string =>
  `agreement ${stream.slice('agreement-'.length)}, closed on ${closedOn}: ${count}\n`;
const total = (count: number, agreementCount: number, years: number, what: string): string =>
  `${count} private values of ${agreementCount} agreements that were closed more than ${years} fiscal years ago ${what}.\n`;

test('what is past its term is listed, and nothing is changed by it', async () => {
  const { store } = infrastructure;
  const before = await store.head();
  expect(await run([])).toEqual([0, line(past, PAST_TERM, KEPT) + total(KEPT, 1, YEARS, 'are kept')]);
  const shorter = line(past, PAST_TERM, KEPT) + line(within, WITHIN_TERM, KEPT) + total(2 * KEPT, 2, 9, 'are kept');
  expect(await run([], { KHAMRAP_RETENTION_YEARS: '9' })).toEqual([0, shorter]);
  expect(await store.head()).toEqual(before);
});

test.each([[['--erase']], [['--reason', 'คำสั่งที่ 1']], [['--erase', '--reason', ' ']], [['--all']]])(
  'a command line that says %j is refused',
  (parameters) => {
    expect(() => retentionOptionsOf(parameters)).toThrow(OptionRefused);
  },
);

test('it is erased on somebody’s order, which stands in the record, and nothing else is', async () => {
  const { store } = infrastructure;
  expect((await Promise.all([past, within, open].map(notesOf))).flat()).toEqual([NOTE, NOTE, NOTE]);
  const reason = 'คำสั่งกรมการพัฒนาชุมชน ที่ 1/2570';
  const erased = line(past, PAST_TERM, KEPT) + total(KEPT, 1, YEARS, 'were erased');
  expect(await run(['--erase', '--reason', reason])).toEqual([0, erased]);
  expect(await Promise.all([past, within, open].map(notesOf))).toEqual([[], [NOTE], [NOTE]]);
  const [decision, ...more] = await store.readStream(past.replace('agreement', 'retention') as StreamName, 0, 10);
  expect(more).toEqual([]);
  expect(JSON.parse(decision!.body)).toMatchObject({
    type: 'RetentionApplied',
    actor: { role: 'operator' },
    data: { agreement: past.slice('agreement-'.length), closedOn: PAST_TERM, years: YEARS, reason },
  });
  expect(await run(['--erase', '--reason', reason])).toEqual([0, total(0, 0, YEARS, 'were erased')]);
});
