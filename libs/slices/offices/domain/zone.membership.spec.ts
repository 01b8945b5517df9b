import { isoDate, NOT_STATED } from '@khamrap/kernel';
import { membershipOn, type ZoneSet } from './zone.membership';

const setFrom = (effectiveFrom: ZoneSet['effectiveFrom'], ...provinces: string[]): ZoneSet => ({
  effectiveFrom,
  provinces,
  basis: 'ประกาศ',
});
const first = setFrom(isoDate('2027-01-01'), 'TH-54');
const second = setFrom(isoDate('2028-01-01'), 'TH-55');
const undated = setFrom(NOT_STATED, 'TH-56');
const ZONE_16 = 'primeMinisterOffice-16';
const SHIPPED = ['TH-54', 'TH-55', 'TH-56', 'TH-57'];

test.each([
  [
    'the reference, where no event speaks',
    ZONE_16,
    [],
    '2027-01-01',
    { provinces: SHIPPED, statedBy: 'reference', effectiveFrom: NOT_STATED },
  ],
  [
    'the reference before the first event',
    ZONE_16,
    [first, second],
    '2026-12-31',
    { provinces: SHIPPED, statedBy: 'reference', effectiveFrom: NOT_STATED },
  ],
  [
    'an event from its day on',
    ZONE_16,
    [second, first],
    '2027-01-01',
    { provinces: ['TH-54'], statedBy: 'ledger', effectiveFrom: '2027-01-01' },
  ],
  [
    'the last day of an event',
    ZONE_16,
    [first, second],
    '2027-12-31',
    { provinces: ['TH-54'], statedBy: 'ledger', effectiveFrom: '2027-01-01' },
  ],
  [
    'the next event',
    ZONE_16,
    [first, second],
    '2028-01-01',
    { provinces: ['TH-55'], statedBy: 'ledger', effectiveFrom: '2028-01-01' },
  ],
  [
    'the undated before the dated',
    ZONE_16,
    [first, undated],
    '2026-12-31',
    { provinces: ['TH-56'], statedBy: 'ledger', effectiveFrom: NOT_STATED },
  ],
  [
    'the dated before the undated',
    ZONE_16,
    [undated, first],
    '2027-06-01',
    { provinces: ['TH-54'], statedBy: 'ledger', effectiveFrom: '2027-01-01' },
  ],
  [
    'nothing of a zone that nobody states',
    'department-cdd-1',
    [],
    '2027-01-01',
    { provinces: [], statedBy: 'notStated', effectiveFrom: NOT_STATED },
  ],
  [
    'nothing yet',
    'department-cdd-1',
    [first],
    '2026-12-31',
    { provinces: [], statedBy: 'notStated', effectiveFrom: NOT_STATED },
  ],
])('%s', (_what, zoneId, sets, day, membership) => {
  expect(membershipOn(zoneId, sets, isoDate(day))).toMatchObject(membership);
});
