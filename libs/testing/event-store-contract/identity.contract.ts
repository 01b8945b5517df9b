import { LEDGER_STREAM } from '@khamrap/kernel';
import { append, appendedAt, begin, expectStream, freshStream, opening, recorded, wholeLog } from './appends';
import { contractCase, type ContractCase } from './log-under-test';

/** How far the store's clock may be from the clock of this test; another machine's is never the same. */
const CLOCK_DIFFERENCE_MS_MAX = 60_000;

/** What the log says of itself, whose clock it keeps, and how it closes. */
export const identity: readonly ContractCase[] = [
  contractCase('begins with LedgerOpened, which says what the log is', async ({ store }) => {
    const [first] = await store.readLog(0, 1);
    expect(first).toMatchObject({ position: 0, stream: LEDGER_STREAM, revision: 0, type: 'LedgerOpened' });
    const { logId, origin, clock, formatVersion } = store.identity();
    expect(logId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(JSON.parse(first!.body)).toMatchObject({ data: { logId, origin, clock, formatVersion } });
    expect(await store.readRecorded(LEDGER_STREAM, 0, 1)).toEqual([first]);
  }),

  contractCase('is the same log at every instance, opened once', async ({ store, openAnother }) => {
    const others = await Promise.all([openAnother(), openAnother(), openAnother()]);
    for (const another of others) expect(another.identity()).toEqual(store.identity());
    const openings = (await wholeLog(store)).filter((event) => event.type === 'LedgerOpened');
    expect(openings).toHaveLength(1);
  }),

  contractCase('records the time of the store, not of the one who appends', async ({ store }) => {
    expect(store.identity().clock).toBe('system');
    const before = Date.now();
    const recordedAt = await appendedAt(store, opening(freshStream()));
    expect(Number.isSafeInteger(recordedAt)).toBe(true);
    expect(recordedAt).toBeGreaterThan(before - CLOCK_DIFFERENCE_MS_MAX);
    expect(recordedAt).toBeLessThan(Date.now() + CLOCK_DIFFERENCE_MS_MAX);
  }),

  contractCase('refuses a time that is supplied to it, and harms no other append by that', async ({ store }) => {
    const supplied = { ...opening(freshStream()), recordedAt: Date.parse('2024-10-01T00:00:00Z') };
    const good = [opening(freshStream()), opening(freshStream())];
    const outcomes = await Promise.allSettled(
      [good[0]!, supplied, good[1]!].map(async (request) => store.append(request)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expectStream(store, supplied.stream, []);
    for (const request of good) await expectStream(store, request.stream, request.events);
  }),

  contractCase('answers what it has accepted, and only then closes', async ({ store, openAnother }) => {
    const closing = await openAnother();
    const requests = Array.from({ length: 40 }, () => opening(freshStream(), 2));
    const outcomes = requests.map((request) => append(closing, request));
    await Promise.all([closing.close(), ...outcomes]);
    for (const request of requests) await expectStream(store, request.stream, request.events);
  }),

  contractCase('takes nothing after it has been closed, and may be closed again', async ({ store, openAnother }) => {
    const closed = await openAnother();
    await begin(closed);
    await closed.close();
    const late = opening(freshStream());
    await expect((async () => closed.append(late))()).rejects.toThrow();
    await closed.close();
    await expectStream(store, late.stream, []);
    await recorded(store, (await begin(store)).events[0]!);
  }),
];

/** What a log does whose times are supplied: for demonstrations and generated histories only. */
export const simulatedClock: readonly ContractCase[] = [
  contractCase('says that its clock is simulated', async ({ store, openAnother }) => {
    expect(store.identity().clock).toBe('simulated');
    expect((await openAnother()).identity().clock).toBe('simulated');
  }),

  contractCase('records a time of the past, from the first append on', async ({ store }) => {
    const recordedAt = Date.parse('2023-10-01T02:00:00Z');
    await expect(appendedAt(store, { ...opening(freshStream()), recordedAt })).resolves.toBe(recordedAt);
  }),

  contractCase('records the time that is supplied', async ({ store }) => {
    const recordedAt = (await store.head()).recordedAt + 86_400_000;
    await expect(appendedAt(store, { ...opening(freshStream()), recordedAt })).resolves.toBe(recordedAt);
  }),

  contractCase('does not let a supplied time run backwards', async ({ store }) => {
    const latest = (await store.head()).recordedAt + 1_000;
    await append(store, { ...opening(freshStream()), recordedAt: latest });
    await expect(appendedAt(store, { ...opening(freshStream()), recordedAt: latest - 500 })).resolves.toBe(latest);
  }),

  contractCase('does not let a refused append move the time', async ({ store }) => {
    const { recordedAt: now } = await store.head();
    const begun = await begin(store);
    const refused = { ...opening(begun.stream), recordedAt: now + 10 * 365 * 86_400_000 };
    const after = { ...opening(freshStream()), recordedAt: now + 1_000 };
    // Twice, since an engine may judge both in one batch or each in its own.
    await Promise.all([store.append(refused), store.append(refused), append(store, after)]);
    expect((await recorded(store, after.events[0]!)).recordedAt).toBeLessThan(refused.recordedAt);
  }),
];
