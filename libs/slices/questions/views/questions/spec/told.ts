import { isoDate, NATIVE, startOfBangkokDay, type DomainEvent } from '@khamrap/kernel';
import { agreementEventDeclarations } from '@khamrap/agreements';
import { awardEventDeclarations } from '@khamrap/awards';
import { officeEventDeclarations } from '@khamrap/offices';

import { EventCodec, ledgerEventDeclarations, type DecodedEvent } from '@khamrap/platform/event-store';
import { schemeEventDeclarations } from '@khamrap/schemes';

import {
  actualReported,
  amendmentApproved,
  amendmentRequested,
  drafted,
  FIRST_HALF,
  FIRST_HALF_KEY,
  GOVERNOR,
  indicatorAdded,
  targetSet,
  TRANSCRIBED,
} from '../../../../agreements/domain/agreement.examples';

import { actualCorrected } from '../../../../agreements/domain/figures/actuals.examples';

import { delegated } from '../../../../offices/domain/office.examples';
import { calendarPublished, SIX_MONTHS } from '../../../../schemes/domain/scheme.examples';
import { questionEventDeclarations } from '../../../domain/question.events';

export const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...awardEventDeclarations,
  ...officeEventDeclarations,
  ...schemeEventDeclarations,
  ...questionEventDeclarations,
]);

/** Something that happens on a day: in the agreement at hand unless a stream is named. */
export interface Told {
  readonly on: string;
  readonly event: DomainEvent;
  readonly stream?: string;
  readonly transcribed?: true;
}

let streams = 0;
/** Names that no other case knows; the same within one. */
const fresh = (): string => `case-${++streams}`;

const DUE = isoDate('2027-04-15');
export const SCHEME = 'scheme-example';
export const calendar = calendarPublished({
  fiscalYear: 2570,
  rounds: [
    {
      ...SIX_MONTHS,
      round: '6m',
      span: FIRST_HALF,
      reportDueOn: DUE,
      certifyDueOn: isoDate('2027-04-30'),
      graceDays: 0,
    },
  ],
});
export const begun = (changes: object = {}): Told[] => [
  { on: '2026-08-01', event: calendar, stream: SCHEME },
  {
    on: '2026-09-01',
    event: drafted({
      province: 'TH-54',
      scheme: { schemeId: 'example', ruleVersion: 1, calendarVersion: 1 },
      ...changes,
    }),
  },
  { on: '2026-09-02', event: indicatorAdded() },
  { on: '2026-09-02', event: targetSet({ value: '1200000' }) },
  { on: '2026-10-05', event: { type: 'AgreementTookEffect', data: { effectiveOn: '2026-10-05', termsHash: 'a' } } },
];
export const FILE = { sha256: 'c'.repeat(64), mediaType: 'text/csv', name: 'ยอดจำหน่าย' };
export const reported = (on = '2027-04-10', changes: object = {}): Told => ({ on, event: actualReported(changes) });
export const corrected = (on = '2027-04-12', changes: object = {}): Told => ({ on, event: actualCorrected(changes) });
export const amended = (value: string, on = '2027-04-12'): Told[] => [
  { on, event: amendmentRequested() },
  { on, event: amendmentApproved() },
  {
    on,
    event: {
      type: 'TargetAmended',
      data: {
        amendmentId: 'amendment-1',
        indicatorId: 'income',
        effectiveFrom: on,
        span: FIRST_HALF_KEY,
        value,
        unit: 'baht',
      },
    },
  },
];
export const weighed = (weight: string, effectiveFrom = '2027-01-01'): Told => ({
  on: '2027-01-01',
  event: { type: 'WeightAmended', data: { amendmentId: 'amendment-2', indicatorId: 'income', effectiveFrom, weight } },
});
export const signed = (on: string, changes: object = {}): Told => ({
  on,
  event: {
    type: 'AgreementSigned',
    data: {
      side: 'receiver',
      officeId: 'example-cdd',
      signatoryName: 'สมมุติ ตัวอย่าง',
      position: 'หัวหน้า',
      capacity: 'holder',
      capture: 'click',
      signedOn: on,
      termsHash: 'a',
      ...changes,
    },
  },
});
export const closed = (on = '2027-05-20', revision = 1, total = '3.0000', closedBy = GOVERNOR): Told => ({
  on,
  event: {
    type: 'EvaluationRoundClosed',
    data: {
      round: '6m',
      span: FIRST_HALF_KEY,
      revision,
      closedOn: on,
      closedBy,
      scheme: { schemeId: 'example', ruleVersion: 1, calendarVersion: 1 },
      indicators: [],
      total,
      targetsMet: 0,
      targetsJudged: 1,
    },
  },
});
export const reopened: Told = {
  on: '2027-06-01',
  event: { type: 'EvaluationRoundReopened', data: { round: '6m', revision: 1, reason: 'แก้ไข', reopenedBy: GOVERNOR } },
};
export const ORDER = { capacity: 'delegated', authority: 'ที่ 1/2570' };
export const mandate = (changes: object = {}): Told => ({
  on: '2026-09-15',
  stream: 'office-example-cdd',
  event: delegated({
    kind: 'delegated',
    scope: ['agreement.sign'],
    orderReference: 'ที่ 1/2570',
    from: isoDate('2026-09-01'),
    to: isoDate('2027-09-30'),
    ...changes,
  }),
});
export const agreement = () => ({ basisAgreement: { agreementId: 'AGREEMENT', round: '6m', closureRevision: 1 } });

export const asDocument = (told: readonly Told[]): Told[] => told.map((each) => ({ ...each, transcribed: true }));

/** What happens in a case, in streams of its own, as events that a log would hold. */
export function logOf(told: readonly Told[], first = 0): DecodedEvent[] {
  const name = fresh();
  const revisions = new Map<string, number>();
  const named = (text: string): string => text.replaceAll('AGREEMENT', name).replaceAll('AWARD', name);
  return told.map(({ on, event, stream = `agreement-${name}`, transcribed }, index) => {
    const full = named(stream === SCHEME || stream.startsWith('office-') ? `${stream}-${name}` : stream);
    const revision = (revisions.get(full) ?? -1) + 1;
    revisions.set(full, revision);
    const ofCase = JSON.stringify(event.data).replaceAll('"schemeId":"example"', `"schemeId":"example-${name}"`);
    const data = named(ofCase).replaceAll('"officeId":"example-cdd"', `"officeId":"example-cdd-${name}"`);
    return {
      eventId: `${name}-${index}`,
      stream: full as DecodedEvent['stream'],
      revision,
      type: event.type,
      schemaVersion: 1,
      decidedAt: `${on}T02:00:00.000Z`,
      actor: { id: 'somebody', role: 'keeper' },
      commandId: 'command',
      requestHash: 'hash',
      correlationId: 'correlation',
      provenance: transcribed ? TRANSCRIBED : NATIVE,
      basis: [],
      data: JSON.parse(data) as DecodedEvent['data'],
      position: first + index + 1,
      recordedAtMs: startOfBangkokDay(isoDate(on)) + 9 * 3_600_000,
    };
  });
}
