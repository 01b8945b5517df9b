import { NATIVE, streamName } from '@khamrap/kernel';
import { CommandSalts, EventCodec, type CommandContext } from '@khamrap/platform/event-store';
import { awardEventDeclarations, type AwardEvent } from './award.events';
import { awardGranted, awardsAnnounced, GRANTOR, RECIPIENT } from './award.examples';

const codec = new EventCodec(awardEventDeclarations);
const context: CommandContext = {
  commandId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a11',
  requestHash: 'hash',
  actor: { id: 'pseudonym', role: 'recorder' },
  decidedAt: '2027-09-20T02:00:00.000Z',
  correlationId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a12',
  provenance: NATIVE,
};

const everyField: readonly AwardEvent[] = [
  awardGranted({
    categoryPrinted: 'PMOA',
    grantors: [GRANTOR, { name: 'กระทรวงตัวอย่าง' }],
    recipients: [{ ...RECIPIENT, province: 'TH-54' }],
    fiscalYear: 2570,
    level: 'advanced',
    rank: { rank: 2, comparisonSet: 'ทุกจังหวัด' },
    basis: 'ประกาศ',
    asPrinted: 'อันดับ ๒',
  }),
  awardsAnnounced({ categoryPrinted: 'GECC' }),
];

test.each(everyField.map((event) => [event.type, event] as const))(
  '%s comes back from the record as it went in',
  (_type, event) => {
    const stream = streamName('award', 'example');
    const encoded = codec.encode({ event, index: 0, stream, revision: 0, context, salts: new CommandSalts() });
    expect(codec.decode(encoded.event).data).toEqual(event.data);
    expect(encoded.disclosures).toEqual([]);
  },
);

test('every declared event has its example above', () => {
  expect(everyField.map(({ type }) => type).sort()).toEqual([...codec.types].sort());
});
