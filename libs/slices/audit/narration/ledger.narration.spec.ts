import { narrated, shownBy } from '../../../testing/narrated';
import { ledgerNarrations } from './ledger.narration';

const [OPENED, ADOPTED, RETIRED, EPOCH, HEADS, SEALED] = [
  { type: 'LedgerOpened', data: { origin: 'ledger.test/log', logId: 'log-1', formatVersion: 1, clock: 'simulated' } },
  { type: 'LogKeyAdopted', data: { vkey: 'ledger.test/log+1+key', size: 1 } },
  { type: 'LogKeyRetired', data: { vkey: 'ledger.test/log+1+key', size: 9 } },
  {
    type: 'LogEpochOpened',
    data: {
      epoch: 1,
      origin: 'ledger.test/log-1',
      lastSignedSize: 9,
      lastSignedRoot: 'aa',
      foundSize: 8,
      foundRoot: 'bb',
      reason: 'กู้คืนจากสำเนา',
    },
  },
  { type: 'StreamHeadsRecorded', data: { size: 8, streamCount: 3, root: 'cc' } },
  {
    type: 'AccessLogSealed',
    data: { size: 5, root: 'dd', firstAt: '2026-11-02T17:00:00.000Z', lastAt: '2026-11-03T02:00:00.000Z' },
  },
] as const;

test('what the log says of itself is told', () => {
  const { sentences, facts } = narrated(ledgerNarrations.ledger, [OPENED, ADOPTED, RETIRED, EPOCH, HEADS, SEALED]);
  expect(sentences.map(({ en }) => en)).toEqual([
    'The ledger ledger.test/log was opened with a simulated clock.',
    'The key ledger.test/log+1+key signs the log from a size of 1 events on.',
    'The key ledger.test/log+1+key signs nothing from a size of 9 events on.',
    'Epoch 1 began as ledger.test/log-1: 9 events had been signed last, 8 were found.',
    'The heads of 3 streams within the first 8 events were recorded (root cc).',
    'The first 5 rows of the access log were sealed; those added were made from 3 November 2026 to 3 November 2026 (root dd).',
  ]);
  expect(Object.keys(shownBy(facts))).toEqual(['origin', 'logId', 'clock', 'epoch 1', 'heads', 'accessLogSeal']);
});
