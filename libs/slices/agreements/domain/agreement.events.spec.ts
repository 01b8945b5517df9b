import { NATIVE, streamName } from '@khamrap/kernel';
import { CommandSalts, EventCodec, type CommandContext } from '@khamrap/platform/event-store';
import { agreementEventDeclarations, type AgreementEvent } from './agreement.events';
import {
  actualReported,
  drafted,
  indicatorAdded,
  READY_DRAFT,
  signed,
  targetSet,
  TODAY,
  tookEffect,
} from './agreement.examples';

const codec = new EventCodec(agreementEventDeclarations);
const context: CommandContext = {
  commandId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a11',
  requestHash: 'hash',
  actor: { id: 'pseudonym', role: 'keeper' },
  decidedAt: '2027-03-31T02:00:00.000Z',
  correlationId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a12',
  provenance: NATIVE,
};

function stored(event: AgreementEvent) {
  const stream = streamName('agreement', 'example');
  const salts = new CommandSalts();
  const encoded = codec.encode({ event, index: 0, stream, revision: 0, context, salts });
  return { data: codec.decode(encoded.event).data, body: encoded.event.body };
}

const everyField: readonly AgreementEvent[] = [
  drafted({ province: 'TH-54', announcedOn: TODAY, goalSet: 'phrae-2565', preamble: 'เพื่อประโยชน์สุขของประชาชน' }),
  indicatorAdded({
    printedNumber: '1',
    parentIndicatorId: 'parent',
    goalNumber: 8,
    nameEn: 'Income',
    leadOffice: { officeId: 'office', officeName: 'สำนักงาน' },
    leadPerson: 'สมมุติ ตัวอย่าง',
  }),
  targetSet({ asPrinted: '1.2 ล้านบาท' }),
  signed('maker', READY_DRAFT, { capture: 'paper', scanSha256: 'b'.repeat(64) }),
  { type: 'SignaturesVoided', data: { signatures: [{ side: 'maker', officeId: 'district-1' }] } },
  tookEffect(READY_DRAFT),
  actualReported({
    asOf: TODAY,
    asPrinted: '๑',
    evidence: [{ sha256: 'c', mediaType: 'text/csv', name: 'ยอดจำหน่าย' }],
  }),
];

test.each(everyField.map((event) => [event.type, event] as const))(
  '%s comes back from the record as it went in',
  (_type, event) => {
    expect(stored(event).data).toEqual(event.data);
  },
);

test('every declared event has its example above', () => {
  expect(everyField.map(({ type }) => type).sort()).toEqual([...codec.types].sort());
});

test("a keeper's note and name are not in the record, only commitments to them", () => {
  const { data, body } = stored(actualReported({ note: 'รอใบเสร็จ', preparedBy: 'สมมุติ ตัวอย่าง' }));
  expect(data).toMatchObject({ note: { $private: expect.any(String) }, preparedBy: { $private: expect.any(String) } });
  expect(body).not.toContain('รอใบเสร็จ');
  expect(body).not.toContain('สมมุติ');
});
