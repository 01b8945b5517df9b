import { isoDate } from '@khamrap/kernel';

import {
  amendmentApproved,
  amendmentRequested,
  HEAD,
  indicatorAdded,
  KEEPER,
  targetSet,
} from '../../../../agreements/domain/agreement.examples';

import { actualCertified } from '../../../../agreements/domain/figures/actuals.examples';
import { awardGranted, awardRevoked } from '../../../../awards/domain/award.examples';

import { bandsPublished, deadlineExtended } from '../../../../schemes/domain/scheme.examples';

import {
  asDocument,
  agreement,
  amended,
  begun,
  calendar,
  closed,
  corrected,
  FILE,
  mandate,
  ORDER,
  reopened,
  reported,
  SCHEME,
  signed,
  weighed,
  type Told,
} from './told';

/** What happens, and by which rules something is asked then. */
export const CASES: readonly [string, readonly Told[], readonly string[]][] = [
  ['a round without anything odd', [...begun(), reported(), closed()], []],
  [
    'a target lowered after the report',
    [...begun(), reported(), ...amended('900000')],
    ['targetLoweredAfterActual', 'targetLoweredAfterSigning'],
  ],
  ['a target lowered before any report', [...begun(), ...amended('900000')], ['targetLoweredAfterSigning']],
  ['a target raised after the report', [...begun(), reported(), ...amended('1300000')], []],
  [
    'a target lowered as a document tells',
    [...begun(), reported(), ...asDocument(amended('900000'))],
    ['targetLoweredAfterSigning'],
  ],
  ['a weight changed', [...begun(), weighed('30')], ['weightChangedAfterSigning']],
  ['a weight stated anew', [...begun(), weighed('40.0')], []],
  [
    'a weight changed as of long ago',
    [...begun(), weighed('30', '2026-10-01')],
    ['recordedLongAfterEffective', 'weightChangedAfterSigning'],
  ],
  ['a report on the last day', [...begun(), reported('2027-04-15')], []],
  ['a late report', [...begun(), reported('2027-04-16')], ['reportedLate']],
  ['a late report as a document tells', [...begun(), ...asDocument([reported('2027-09-16')])], []],
  [
    'a report within an extension',
    [
      ...begun(),
      {
        on: '2027-04-01',
        stream: SCHEME,
        event: deadlineExtended({
          fiscalYear: 2570,
          round: '6m',
          reportDueOn: isoDate('2027-04-20'),
          offices: ['district-1'],
        }),
      },
      reported('2027-04-16'),
    ],
    [],
  ],
  [
    'a report within the extension of another',
    [
      ...begun(),
      {
        on: '2027-04-01',
        stream: SCHEME,
        event: deadlineExtended({
          fiscalYear: 2570,
          round: '6m',
          reportDueOn: isoDate('2027-04-20'),
          offices: ['district-2'],
        }),
      },
      reported('2027-04-16'),
    ],
    ['reportedLate'],
  ],
  ['a correction', [...begun(), reported('2027-04-01'), corrected('2027-04-02')], []],
  [
    'three corrections',
    [...begun(), reported('2027-04-01'), corrected('2027-04-02'), corrected('2027-04-03'), corrected('2027-04-04')],
    ['correctedAgainAndAgain'],
  ],
  [
    'a correction after certification',
    [...begun(), reported('2027-04-01'), { on: '2027-04-02', event: actualCertified() }, corrected('2027-04-03')],
    ['correctedAfterCertification'],
  ],
  [
    'a certification by who reported',
    [...begun(), reported(), { on: '2027-04-20', event: actualCertified({ certifiedBy: KEEPER }) }],
    ['sameHandReportedAndApproved'],
  ],
  [
    'a closing by who reported',
    [...begun(), reported(), closed('2027-05-20', 1, '3', KEEPER)],
    ['sameHandReportedAndApproved'],
  ],
  [
    'an approval by who asked',
    [
      ...begun(),
      { on: '2027-01-01', event: amendmentRequested() },
      { on: '2027-01-02', event: amendmentApproved({ approvedBy: HEAD }) },
    ],
    ['sameHandReportedAndApproved'],
  ],
  [
    'a closed round corrected',
    [...begun(), reported(), closed(), reopened, corrected('2027-06-01'), closed('2027-06-02', 2, '4.0000')],
    ['correctedAfterRoundWasClosed'],
  ],
  ['a figure out of proportion', [...begun(), reported(undefined, { value: '5000000' })], ['figureOutOfProportion']],
  ['a figure of no more than thrice', [...begun(), reported(undefined, { value: '3600000' })], []],
  ['a figure of few digits at the target', [...begun(), reported(undefined, { value: '1200000' })], []],
  [
    'a figure of many digits at the target',
    [
      ...begun(),
      { on: '2026-09-03', event: targetSet({ value: '1234567.89' }) },
      reported(undefined, { value: '1234567.890' }),
    ],
    ['exactlyAtThreshold'],
  ],
  [
    'a figure corrected onto the target',
    [...begun(), reported('2027-04-01', { value: '1100000' }), corrected('2027-04-02', { value: '1200000' })],
    ['correctedOntoThreshold'],
  ],
  [
    'a figure corrected down to the target',
    [...begun(), reported('2027-04-01', { value: '1300000' }), corrected('2027-04-02', { value: '1200000' })],
    [],
  ],
  [
    'corrections on the last day',
    [
      ...begun(),
      { on: '2026-09-03', event: indicatorAdded({ indicatorId: 'second', displayNumber: '2' }) },
      reported('2027-04-01'),
      reported('2027-04-01', { indicatorId: 'second' }),
      corrected('2027-04-14'),
      corrected('2027-04-15', { indicatorId: 'second' }),
    ],
    ['correctedInBulkNearDeadline'],
  ],
  [
    'corrections days before',
    [
      ...begun(),
      { on: '2026-09-03', event: indicatorAdded({ indicatorId: 'second', displayNumber: '2' }) },
      reported('2027-04-01'),
      reported('2027-04-01', { indicatorId: 'second' }),
      corrected('2027-04-12'),
      corrected('2027-04-13', { indicatorId: 'second' }),
    ],
    [],
  ],
  [
    'one file for two spans',
    [
      ...begun(),
      reported('2027-01-05', { span: '2026-10-01..2026-12-31', evidence: [{ ...FILE, sha256: '1'.repeat(64) }] }),
      reported(undefined, { evidence: [{ ...FILE, sha256: '1'.repeat(64) }] }),
    ],
    ['evidenceUsedTwice'],
  ],
  [
    'one file for two indicators',
    [
      ...begun(),
      { on: '2026-09-03', event: indicatorAdded({ indicatorId: 'second', displayNumber: '2' }) },
      reported(undefined, { evidence: [{ ...FILE, sha256: '2'.repeat(64) }] }),
      reported(undefined, { indicatorId: 'second', evidence: [{ ...FILE, sha256: '2'.repeat(64) }] }),
    ],
    [],
  ],
  [
    'evidence dropped',
    [...begun(), reported('2027-04-01', { evidence: [{ ...FILE, sha256: '3'.repeat(64) }] }), corrected('2027-04-02')],
    ['evidenceDroppedByCorrection'],
  ],
  [
    'a signature recorded long after',
    [...begun(), signed('2027-02-01', { signedOn: '2026-10-05' })],
    ['recordedLongAfterEffective'],
  ],
  [
    'a signature recorded long after, of a document',
    [...begun(), ...asDocument([signed('2027-02-01', { signedOn: '2026-10-05' })])],
    [],
  ],
  [
    'effect long after the year began',
    [
      ...begun().slice(0, -1),
      { on: '2027-02-01', event: { type: 'AgreementTookEffect', data: { effectiveOn: '2027-01-15', termsHash: 'a' } } },
    ],
    ['signedAfterYearBegan'],
  ],
  ['a mandate on record', [...begun(), mandate(), signed('2026-10-05', ORDER)], []],
  [
    'a mandate that is over',
    [...begun(), mandate({ to: isoDate('2026-09-30') }), signed('2026-10-05', ORDER)],
    ['signedWithoutMandate'],
  ],
  [
    'another order',
    [...begun(), mandate(), signed('2026-10-05', { ...ORDER, authority: 'ที่ 2/2570' })],
    ['signedWithoutMandate'],
  ],
  [
    'an award before the round was reopened',
    [
      ...begun(),
      reported(),
      closed(),
      { on: '2027-05-25', stream: 'award-AWARD', event: awardGranted(agreement()) },
      reopened,
    ],
    ['awardOnSupersededResult'],
  ],
  [
    'an award after',
    [
      ...begun(),
      reported(),
      closed(),
      reopened,
      closed('2027-06-02', 2),
      { on: '2027-06-05', stream: 'award-AWARD', event: awardGranted(agreement()) },
    ],
    ['awardOnSupersededResult'],
  ],
  [
    'an award that was revoked',
    [
      ...begun(),
      reported(),
      closed(),
      { on: '2027-05-25', stream: 'award-AWARD', event: awardGranted(agreement()) },
      { on: '2027-05-26', stream: 'award-AWARD', event: awardRevoked() },
      reopened,
    ],
    [],
  ],
  [
    'bands changed in mid-year',
    [
      { on: '2026-08-01', event: calendar, stream: SCHEME },
      { on: '2026-08-01', stream: SCHEME, event: bandsPublished() },
      { on: '2027-01-05', stream: SCHEME, event: bandsPublished({ bandsVersion: 2 }) },
    ],
    ['scoringRuleChangedInMidYear'],
  ],
];
