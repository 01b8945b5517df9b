import { NATIVE, streamName } from '@khamrap/kernel';
import { CommandSalts, EventCodec, type CommandContext } from '@khamrap/platform/event-store';
import { officeEventDeclarations } from './office.declarations';
import { EVERY_OFFICE_EVENT, EVERY_ZONE_EVENT } from './office.examples';

const codec = new EventCodec(officeEventDeclarations);
const context: CommandContext = {
  commandId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a11',
  requestHash: 'hash',
  actor: { id: 'pseudonym', role: 'administrator' },
  decidedAt: '2027-03-31T02:00:00.000Z',
  correlationId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a12',
  provenance: NATIVE,
};
const everyEvent = [...EVERY_OFFICE_EVENT, ...EVERY_ZONE_EVENT];

test.each(everyEvent.map((event, index) => [event.type, index, event] as const))(
  '%s (%i) comes back from the record as it went in, with nothing private in it',
  (_type, _index, event) => {
    const stream = streamName('office', 'example');
    const encoded = codec.encode({ event, index: 0, stream, revision: 0, context, salts: new CommandSalts() });
    expect(codec.decode(encoded.event).data).toEqual(event.data);
    expect(encoded.disclosures).toEqual([]);
  },
);

test('every declared event has an example, and every declared field stands in one', () => {
  const fieldsOf = (type: string) =>
    [...new Set(everyEvent.filter((event) => event.type === type).flatMap(({ data }) => Object.keys(data)))].toSorted();
  for (const { versions } of officeEventDeclarations) {
    const { type, fields } = versions.at(-1)!;
    expect([type, fieldsOf(type)]).toEqual([type, Object.keys(fields).toSorted()]);
  }
});
