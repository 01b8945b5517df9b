import { streamName } from '@khamrap/kernel';
import { EventCodec, type DecodedEvent } from '@khamrap/platform/event-store';
import { SeededRandom } from '@khamrap/testing';
import { NAMES_BY_CODE } from '../../../testing/narrated';
import { agreementEventDeclarations } from '../../agreements/domain/agreement.events';
import { agreementNarrations } from '../../agreements/narration/narration';
import { differencesIn } from '../differences/difference';
import { actsOf } from '../history/acts';
import { ToldRows } from '../history/told-rows';
import { NarrationOfEvents, type ToldEvent } from './narration-of-events';
import type { Fact } from './narration-rule';
import { randomLife } from './spec/random-lives';
import { keyText, Timeline, type Change } from './timeline';

// Histories and differences of whatever life an agreement had, told to whoever may have whatever part of it.

const STREAM = streamName('agreement', 'lived');
const narration = new NarrationOfEvents(agreementNarrations, new EventCodec(agreementEventDeclarations)).of(STREAM)!;
const NAMES = { ...NAMES_BY_CODE, document: () => undefined };

function told(seed: number, length = 90): readonly ToldEvent[] {
  const events: ToldEvent[] = [];
  randomLife(seed, length).forEach(({ events: made, provenance }, act) => {
    for (const { type, data } of made) {
      const position = events.length;
      const isTranscribed = provenance.kind === 'transcribed';
      const envelope = { type, data, stream: STREAM, revision: position, position, provenance };
      const ids = { eventId: `event-${position}`, commandId: `command-${act}`, requestHash: '', correlationId: '' };
      events.push({
        ...envelope,
        ...ids,
        schemaVersion: 1,
        decidedAt: '2027-03-31T02:00:00.000Z',
        actor: { id: `person-${act % 5}`, role: 'officeHead', office: 'district-1' },
        basis: [],
        recordedAt: position * 1_000,
        published: null,
        isTranscribed,
        opened: data,
      });
    }
  });
  return events;
}

const SEEDS = Array.from({ length: 16 }, (_, seed) => seed + 1);
const lives = new Map(SEEDS.map((seed) => [seed, told(seed)]));
const part = (events: readonly ToldEvent[], random: SeededRandom): readonly ToldEvent[] =>
  events.filter(() => random.integer(0, 3) > 0);
const timelineOf = (events: readonly ToldEvent[]): Timeline => new Timeline(narration, events, NAMES);
const folded = (events: readonly ToldEvent[]): unknown =>
  events.reduce((state: unknown, event) => narration.evolve(state, event), narration.begin);
const standing = (facts: readonly Fact[]): Record<string, unknown> =>
  Object.fromEntries(facts.map(({ key, value, shown }) => [keyText(key), JSON.parse(JSON.stringify([value, shown]))]));

function applied(facts: readonly Fact[], changes: readonly Change[]): Record<string, unknown> {
  const result = new Map(Object.entries(standing(facts)));
  for (const { key, before, after } of changes) {
    expect(result.get(keyText(key))).toEqual(before && standing([before])[keyText(key)]);
    if (after) result.set(keyText(key), standing([after])[keyText(key)]);
    else result.delete(keyText(key));
  }
  return Object.fromEntries(result);
}

test('lives come far: every event of an agreement is in them', () => {
  const types = new Set(SEEDS.flatMap((seed) => lives.get(seed)!.map(({ type }) => type)));
  const declared = agreementEventDeclarations.map(({ versions }) => versions[0]!.type);
  expect(declared.filter((type) => !types.has(type) && type !== 'AgreementClosed')).toEqual([]);
});

test.each(SEEDS)(
  'of life %i a timeline is at every position what a fold up to it is, whatever comes behind',
  (seed) => {
    const random = new SeededRandom(seed);
    const events = part(lives.get(seed)!, random);
    const whole = timelineOf(events);
    for (let count = 0; count <= events.length; count += 1) {
      const state = folded(events.slice(0, count));
      expect(whole.stateBefore(count)).toEqual(state);
      expect(standing(whole.factsAfter(count))).toEqual(standing(narration.facts(state, NAMES)));
      if (count === 0) continue;
      // What an event changed is what differs between the facts before and after it.
      expect(applied(whole.factsAfter(count - 1), whole.changesAt(count - 1))).toEqual(
        standing(whole.factsAfter(count)),
      );
      for (const { before, setBy } of whole.changesAt(count - 1))
        expect(setBy === undefined).toBe(before === undefined);
    }
  },
);

test.each(SEEDS)(
  'of life %i the changes of a history lead from the facts at one moment to those at the other',
  (seed) => {
    const random = new SeededRandom(seed);
    const timeline = timelineOf(part(lives.get(seed)!, random));
    const last = timeline.events.at(-1)?.position ?? 0;
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const from = random.integer(-1, last);
      const to = random.integer(from, last);
      const [before, after] = [from, to].map((at) => timeline.factsAfter(timeline.countUpTo(at))) as [
        readonly Fact[],
        readonly Fact[],
      ];
      const acts = actsOf(timeline, { from, to });
      const changes = acts.flatMap(({ events }) => events.flatMap((event) => event.changes));
      expect(applied(before, changes)).toEqual(standing(after));
      const differences = differencesIn(timeline, { from, to });
      expect(applied(before, differences)).toEqual(standing(after));
      for (const { madeBy, key, before: stood, setBy } of differences) {
        expect(madeBy.length).toBeGreaterThan(0);
        for (const index of madeBy)
          expect(timeline.changesAt(index).map((change) => keyText(change.key))).toContain(keyText(key));
        expect(setBy === undefined).toBe(stood === undefined);
      }
      // Of one command, one act.
      const commands = acts.map(({ events }) => new Set(events.map(({ index }) => timeline.events[index]!.commandId)));
      expect(commands.every(({ size }) => size === 1)).toBe(true);
      expect(new Set(commands.flatMap((ids) => [...ids])).size).toBe(acts.length);
    }
  },
);

test('nobody is told a value that only an event says which they may not have', () => {
  let planted = 0;
  for (const seed of SEEDS) {
    const random = new SeededRandom(seed);
    const all = lives.get(seed)!;
    const mine = part(all, random);
    const timeline = timelineOf(mine);
    const rows = new ToldRows(timeline, NAMES);
    const answer = JSON.stringify([
      actsOf(timeline, { from: -1, to: all.length }).map((act) => rows.act(act)),
      differencesIn(timeline, { from: -1, to: all.length }),
    ]);
    const said = JSON.stringify(mine.map(({ data }) => data));
    const hidden = all.filter((event) => !mine.includes(event)).flatMap(({ data }) => uniqueTextsIn(data));
    for (const text of hidden.filter((each) => !said.includes(each))) {
      planted += 1;
      expect(answer.includes(text) ? text : undefined).toBeUndefined();
    }
  }
  expect(planted).toBeGreaterThan(50);
});

function uniqueTextsIn(data: DecodedEvent['data']): readonly string[] {
  return JSON.stringify(data).match(/[a-z]+-\d+-ข้อความ|\d+0000000\d+/g) ?? [];
}
