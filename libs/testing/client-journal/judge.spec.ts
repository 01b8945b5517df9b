import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { streamName, type StreamName } from '@khamrap/kernel';
import type { NewEvent, RecordedEvent } from '@khamrap/platform/event-store';
import { newEvent, newEvents } from '../builders';
import { ClientJournal } from './client-journal';
import { countOf, judge, type JournalVerdict } from './judge';
import { monotonicMicroseconds } from './journal-entry';
import type { ViolationKind } from './violation';

const STREAM = streamName('journal', 'test');

/** A log and the journals of its clients, written by hand: honest unless a test makes them lie. */
class Scene {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'client-journal-'));
  log: RecordedEvent[] = [];
  readonly #journals: ClientJournal[] = [];
  #operationCount = 0;

  client(): ClientJournal {
    const journal = new ClientJournal(path.join(this.folder, `client-${this.#journals.length}.ndjson`));
    this.#journals.push(journal);
    return journal;
  }

  /** Stores events; answers with the acceptance that an honest system gives. */
  store(events: readonly NewEvent[], stream: StreamName = STREAM) {
    const revision = this.log.filter((event) => event.stream === stream).length;
    const position = this.log.length;
    for (const event of events) {
      const place = { stream, position: this.log.length, revision: revision + this.log.length - position };
      this.log.push({ ...event, ...place, recordedAt: 1_000 + this.log.length });
    }
    return { kind: 'ok', position, revision, eventIds: events.map(({ eventId }) => eventId) } as const;
  }

  intention(events: readonly NewEvent[]) {
    const operation = `operation-${this.#operationCount++}`;
    const eventIds = events.map(({ eventId }) => eventId);
    return { operation, eventIds, bodyHashes: events.map(({ bodyHash }) => bodyHash.toString('hex')) };
  }

  /** Asks for events, stores them, and is told so. */
  acknowledge(journal: ClientJournal, events: readonly NewEvent[] = newEvents(2)): NewEvent[] {
    const { operation, ...intention } = this.intention(events);
    const attempt = journal.invoke(operation, intention);
    journal.answer(operation, attempt, this.store(events));
    tick();
    return [...events];
  }

  async verdict(): Promise<JournalVerdict> {
    const files = fs.readdirSync(this.folder).map((name) => path.join(this.folder, name));
    return judge(files, async (from, countMax) => this.log.slice(from, from + countMax));
  }

  /** Takes an event out as if it had never been there. */
  lose(eventId: string): void {
    const left = this.log.filter((event) => event.eventId !== eventId);
    this.log = left.map((event, index) => ({ ...event, position: index, revision: index }));
  }

  dispose(): void {
    for (const journal of this.#journals) journal.close();
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** Lets the clock show another microsecond, so that one thing is after the other. */
function tick(): void {
  for (const start = monotonicMicroseconds(); monotonicMicroseconds() === start;);
}

describe('the judge', () => {
  let scene: Scene;
  let client: ClientJournal;
  beforeEach(() => {
    scene = new Scene();
    client = scene.client();
  });
  afterEach(() => scene.dispose());

  /** Asks and is left with this answer, while the log does as it likes. */
  function ask(events: readonly NewEvent[], outcome?: Parameters<ClientJournal['answer']>[2]): string {
    const { operation, ...intention } = scene.intention(events);
    const attempt = client.invoke(operation, intention);
    if (outcome) client.answer(operation, attempt, outcome);
    tick();
    return operation;
  }

  async function expectOnly(kind: ViolationKind, operation?: string): Promise<void> {
    const { violations } = await scene.verdict();
    expect(violations).toEqual([{ kind, ...(operation && { operation }), detail: expect.any(String) }]);
  }

  test('finds nothing wrong with an honest log', async () => {
    scene.store([newEvent({ type: 'LedgerOpened' })], 'ledger' as StreamName);
    const another = scene.client();
    for (let round = 0; round < 20; round++) scene.acknowledge(round % 3 ? client : another);
    ask(newEvents(1), { kind: 'rejected', reason: 'conflict' });
    ask(newEvents(1), { kind: 'unavailable' });
    ask(newEvents(2), { kind: 'unknown' });
    ask(newEvents(2));
    const stored = newEvents(3);
    ask(stored, { kind: 'unknown' });
    scene.store(stored);
    await expect(scene.verdict()).resolves.toEqual({
      acknowledgedCount: 20,
      rejectedCount: 2,
      unknownCount: 3,
      unknownPresentCount: 1,
      eventCount: 44,
      unaccountedCount: 1,
      violations: [],
    });
  });

  test('catches what was acknowledged and is lost', async () => {
    scene.acknowledge(client);
    const events = newEvents(1);
    const operation = ask(events, { kind: 'ok', position: 2, revision: 2, eventIds: [events[0]!.eventId] });
    await expectOnly('lost', operation);
  });

  test('catches what was acknowledged and then went from the end of the log', async () => {
    scene.acknowledge(client);
    scene.acknowledge(client, newEvents(3));
    scene.log = scene.log.slice(0, 2);
    await expectOnly('lost', 'operation-1');
  });

  test('catches an event that stands twice', async () => {
    const [event] = scene.acknowledge(client, newEvents(1));
    scene.store([event!]);
    await expectOnly('doubled');
  });

  test('catches what was refused and is present', async () => {
    const events = newEvents(2);
    scene.store(events);
    await expectOnly('rejectedButPresent', ask(events, { kind: 'rejected', reason: 'conflict' }));
  });

  test('catches a retry that was refused although the first attempt stands', async () => {
    const events = newEvents(1);
    const operation = ask(events, { kind: 'unknown' });
    scene.store(events);
    const attempt = client.invoke(operation, { eventIds: [events[0]!.eventId] });
    client.answer(operation, attempt, { kind: 'rejected', reason: 'conflict' });
    await expectOnly('rejectedButPresent', operation);
  });

  test('catches what was not taken and is present', async () => {
    const events = newEvents(1);
    scene.store(events);
    await expectOnly('rejectedButPresent', ask(events, { kind: 'unavailable' }));
  });

  test('does not blame an attempt that was not taken for an earlier one that may have been', async () => {
    const events = newEvents(1);
    const operation = ask(events);
    scene.store(events);
    const attempt = client.invoke(operation, { eventIds: [events[0]!.eventId] });
    client.answer(operation, attempt, { kind: 'unavailable' });
    await expect(scene.verdict()).resolves.toMatchObject({ unknownCount: 1, unknownPresentCount: 1, violations: [] });
  });

  test('catches another position and another revision than were acknowledged', async () => {
    const events = newEvents(1);
    const acceptance = scene.store(events);
    const operation = ask(events, { ...acceptance, position: 7 });
    await expectOnly('misplaced', operation);
    scene.acknowledge(client);
    const others = newEvents(1);
    ask(others, { ...scene.store(others), revision: 0 });
    expect(countOf(await scene.verdict(), 'misplaced')).toBe(2);
  });

  test('accepts a position that is learned later', async () => {
    const events = newEvents(1);
    ask(events, { ...scene.store(events), position: null });
    await expect(scene.verdict()).resolves.toMatchObject({ acknowledgedCount: 1, violations: [] });
  });

  test('catches another body than the one asked for', async () => {
    const [event] = newEvents(1);
    const altered = newEvent({ eventId: event!.eventId, data: { altered: true } });
    await expectOnly('altered', ask([event!], scene.store([altered])));
  });

  test('catches another body than the one acknowledged', async () => {
    const events = newEvents(1);
    const operation = ask(events, { ...scene.store(events), bodyHashes: ['00'.repeat(32)] });
    await expectOnly('altered', operation);
  });

  test('catches an append that stands in part, whether acknowledged or unknown', async () => {
    const acknowledged = scene.acknowledge(client, newEvents(3));
    scene.lose(acknowledged[1]!.eventId);
    await expectOnly('torn', 'operation-0');
    const events = newEvents(3);
    scene.store(events.slice(0, 2));
    const operation = ask(events);
    expect((await scene.verdict()).violations).toContainEqual(expect.objectContaining({ kind: 'torn', operation }));
  });

  test('catches an append with something strange in its midst', async () => {
    const events = newEvents(2);
    const acceptance = scene.store([events[0]!]);
    scene.store(newEvents(1), streamName('journal', 'other'));
    scene.store([events[1]!]);
    await expectOnly('torn', ask(events, { ...acceptance, eventIds: events.map(({ eventId }) => eventId) }));
  });

  test('catches what stands before something that had been acknowledged', async () => {
    const [late, early] = [newEvents(1), newEvents(1)];
    const acceptances = [scene.store(late), scene.store(early)] as const;
    ask(early, acceptances[1]);
    const operation = ask(late, acceptances[0]);
    await expectOnly('reordered', operation);
  });

  test('catches two answers to one operation', async () => {
    const events = newEvents(1);
    const acceptance = scene.store(events);
    const operation = ask(events, acceptance);
    const attempt = client.invoke(operation, { eventIds: acceptance.eventIds });
    client.answer(operation, attempt, { kind: 'rejected', reason: 'conflict' });
    await expectOnly('answersDiffer', operation);
  });

  test('takes the same answer twice for what it is, in the journal of another client too', async () => {
    const events = newEvents(1);
    const acceptance = scene.store(events);
    const operation = ask(events, acceptance);
    const heir = scene.client();
    heir.answer(operation, heir.invoke(operation, { eventIds: acceptance.eventIds }), acceptance);
    await expect(scene.verdict()).resolves.toMatchObject({ acknowledgedCount: 1, violations: [] });
  });

  test('catches a log that is wrong in itself', async () => {
    for (let round = 0; round < 4; round++) scene.acknowledge(client, newEvents(1));
    const honest = scene.log;
    const changed = (index: number, change: Partial<RecordedEvent>): RecordedEvent[] =>
      honest.with(index, { ...honest[index]!, ...change });

    scene.log = changed(3, { position: 4 });
    expect(countOf(await scene.verdict(), 'positionsNotContiguous')).toBe(1);
    scene.log = changed(3, { revision: 9 });
    expect(countOf(await scene.verdict(), 'revisionsNotContiguous')).toBe(1);
    scene.log = changed(2, { recordedAt: 5 });
    await expectOnly('timeRunsBackwards');
    scene.log = changed(2, { body: `${honest[2]!.body} ` });
    await expectOnly('damaged');
  });

  test('refuses journals of which a part is missing', async () => {
    client.answer('operation-9', 1, { kind: 'unknown' });
    await expect(scene.verdict()).rejects.toThrow(/without having been asked for/);
  });

  test('leaves out a last line that death has cut, and no other', async () => {
    scene.acknowledge(client);
    fs.appendFileSync(client.path, '{"kind":"OK","operation":"operation-9","att');
    await expect(scene.verdict()).resolves.toMatchObject({ acknowledgedCount: 1, violations: [] });
    fs.appendFileSync(client.path, '\n{"kind":"UNKNOWN","operation":"operation-9","attempt":1,"at":1}\n');
    await expect(scene.verdict()).rejects.toThrow(/cannot be read/);
  });
});
