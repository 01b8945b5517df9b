import { happened } from '../../../../inspections/domain/inspection.examples';
import { begun, corrected, reported, type Told } from './told';

/** A round in a province of which no other case tells. */
const inspected = (on: string, province: string): Told => ({
  on,
  stream: `inspection-of-${province}`,
  event: happened('InspectionRoundOpened', { provinces: [{ province, isInspected: true }], inspectedUnits: [] }),
});

/** What an inspection makes of a correction, and by which rules something is asked then. */
export const INSPECTION_CASES: readonly [string, readonly Told[], readonly string[]][] = [
  [
    'a correction after an inspection was opened there',
    [
      ...begun({ province: 'TH-58' }),
      reported('2027-04-01'),
      inspected('2027-04-02', 'TH-58'),
      corrected('2027-04-03'),
    ],
    ['correctedAfterInspectionOpened'],
  ],
  [
    'a correction after an inspection was opened elsewhere',
    [
      ...begun({ province: 'TH-60' }),
      reported('2027-04-01'),
      inspected('2027-04-02', 'TH-61'),
      corrected('2027-04-03'),
    ],
    [],
  ],
  [
    'a correction before an inspection was opened',
    [
      ...begun({ province: 'TH-62' }),
      reported('2027-04-01'),
      corrected('2027-04-02'),
      inspected('2027-04-03', 'TH-62'),
    ],
    [],
  ],
];
