import { NATIVE, streamName, type DomainEvent } from '@khamrap/kernel';
import { CommandSalts, EventCodec } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { evidenceEventDeclarations } from './evidence.events';
import { evidenceErased } from './evidence.examples';
import { sourceDocumentEventDeclarations } from './source-document.events';
import { sourceDocumentDescribed, sourceDocumentRegistered } from './source-document.examples';

const codec = new EventCodec([...sourceDocumentEventDeclarations, ...evidenceEventDeclarations]);

/** With every field that is declared. */
const everyField: readonly DomainEvent[] = [sourceDocumentRegistered(), sourceDocumentDescribed(), evidenceErased()];

test.each(everyField.map((event) => [event.type, event] as const))(
  '%s comes back from the record as it went in',
  (_type, event) => {
    const stream = streamName('source-document', 'd'.repeat(64));
    const context = commandContext({ provenance: NATIVE });
    const encoded = codec.encode({ event, index: 0, stream, revision: 0, context, salts: new CommandSalts() });
    expect(codec.decode(encoded.event).data).toEqual(event.data);
    expect(encoded.disclosures).toEqual([]);
  },
);

test('every declared event has its example above, with every declared field', () => {
  expect(everyField.map(({ type }) => type).sort()).toEqual([...codec.types].sort());
  const declarations = [...sourceDocumentEventDeclarations, ...evidenceEventDeclarations];
  for (const { versions } of declarations) {
    const example = everyField.find(({ type }) => type === versions[0]!.type)!;
    expect(Object.keys(example.data).sort()).toEqual(Object.keys(versions.at(-1)!.fields).sort());
  }
});
