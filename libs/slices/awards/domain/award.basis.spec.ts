import { basisSuperseded, isSupersededBy, type BasisChange } from './award.basis';
import type { BasisAgreement } from './award.events';
import { BASIS } from './award.examples';

const { agreementId, figure } = BASIS;
const change = (type: BasisChange['type'], revision: number | null, eventId = 'event'): BasisChange => ({
  type,
  eventId,
  position: 7,
  revision,
});
const reopened = change('EvaluationRoundReopened', 1);
const closed = (revision: number): BasisChange => change('EvaluationRoundClosed', revision, `closing ${revision}`);
const corrected = change('ActualCorrected', null);

const round = (named: Partial<BasisAgreement> = {}): BasisAgreement => ({ agreementId, round: '12', ...named });
const ofFigure = (named: Partial<BasisAgreement> = {}): BasisAgreement => ({ agreementId, figure, ...named });

test.each<[string, BasisAgreement, BasisChange, later: boolean, earlier: boolean]>([
  ['a round that is reopened', round(), reopened, true, true],
  ['a named closing that is set aside', round({ closureRevision: 1 }), reopened, true, true],
  ['a round that is closed for the first time', round(), closed(1), false, false],
  ['a round that is closed again', round(), closed(2), true, false],
  ['the named closing', round({ closureRevision: 2 }), closed(2), false, false],
  ['another closing than the named one', round({ closureRevision: 1 }), closed(2), true, true],
  ['the closing of the named event', round({ eventId: 'closing 2' }), closed(2), false, false],
  ['the closing of another event', round({ eventId: 'closing 1' }), closed(2), true, true],
  ['a closing, where the named event states a figure', round({ figure, eventId: 'figure' }), closed(2), true, false],
  ['a figure that is corrected', ofFigure(), corrected, true, false],
  ['the correction of the named event', ofFigure({ eventId: 'event' }), corrected, false, false],
  ['a correction of the named event', ofFigure({ eventId: 'first' }), corrected, true, true],
])('an award that rests on %s', (_what, basis, happened, ifLater, ifEarlier) => {
  expect([isSupersededBy(basis, happened, true), isSupersededBy(basis, happened, false)]).toEqual([ifLater, ifEarlier]);
});

test('of several reasons the latest is told', () => {
  const early = { ...corrected, position: 5 };
  const late = { ...reopened, position: 9, eventId: 'late' };
  const told = { type: late.type, eventId: 'late', position: 9 };
  expect(basisSuperseded(round({ figure }), [early, late], 3)).toEqual(told);
  expect(basisSuperseded(round({ figure }), [late, early], 3)).toEqual(told);
  expect(basisSuperseded(round({ figure }), [], 3)).toBeUndefined();
});
