import { streamName } from '@khamrap/kernel';
import { CommandSalts, EventCodec } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { goalSetEventDeclarations } from './goal-set.events';
import { WHOLE_GOAL_SET } from './goal-set.examples';

const codec = new EventCodec(goalSetEventDeclarations);

test.each(WHOLE_GOAL_SET.map((event) => [event.type, event] as const))(
  '%s comes back from the record as it went in, and hides nothing',
  (_type, event) => {
    const stream = streamName('goal-set', 'phrae-2565');
    const encoded = codec.encode({
      event,
      index: 0,
      stream,
      revision: 0,
      context: commandContext(),
      salts: new CommandSalts(),
    });
    expect(codec.decode(encoded.event).data).toEqual(event.data);
    expect(encoded.disclosures).toEqual([]);
  },
);

test('every declared event has its example, with every field that it can hold', () => {
  expect(WHOLE_GOAL_SET.map(({ type }) => type).toSorted()).toEqual([...codec.types].toSorted());
  for (const { versions } of goalSetEventDeclarations) {
    const newest = versions.at(-1)!;
    const example = WHOLE_GOAL_SET.find(({ type }) => type === newest.type)!;
    expect(Object.keys(example.data).toSorted()).toEqual(Object.keys(newest.fields).toSorted());
  }
});
