import { streamName } from '@khamrap/kernel';
import { CommandSalts, EventCodec } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { schemeEventDeclarations } from './scheme.events';
import { WHOLE_SCHEME } from './scheme.examples';

const codec = new EventCodec(schemeEventDeclarations);

test.each(WHOLE_SCHEME.map((event) => [event.type, event] as const))(
  '%s comes back from the record as it went in, and hides nothing',
  (_type, event) => {
    const stream = streamName('scheme', 'opdc-2565');
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
  expect(WHOLE_SCHEME.map(({ type }) => type).toSorted()).toEqual([...codec.types].toSorted());
  for (const { versions } of schemeEventDeclarations) {
    const newest = versions.at(-1)!;
    const example = WHOLE_SCHEME.find(({ type }) => type === newest.type)!;
    expect(Object.keys(example.data).toSorted()).toEqual(Object.keys(newest.fields).toSorted());
  }
});
