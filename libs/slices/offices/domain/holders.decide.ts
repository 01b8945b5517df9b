import { NOT_STATED, type Rejection } from '@khamrap/kernel';
import type { AppointHolder, EndHolder } from './office.commands';
import type { HolderAppointed, HolderEnded, OfficeDissolved } from './office.events';
import { refuse } from './office.refusals';
import type { RegisteredOffice, Tenure } from './office.state';
import { refusalOfSilence } from './silence.rule';
import { isHeldAfter, overlaps } from './tenure';

/** The tenure of the present holder; undefined when the post is vacant. */
export function openTenureOf({ tenures }: RegisteredOffice): Tenure | undefined {
  return tenures.find(({ until }) => until === undefined);
}

/** A holder follows a holder; who held the post once can be recorded at any time, where the days leave room. */
export function appointHolder(
  { data, provenance }: AppointHolder,
  state: RegisteredOffice,
): readonly HolderAppointed[] | Rejection {
  const { from, until } = data;
  if (state.status === 'dissolved' && until === undefined) return refuse('office.dissolved');
  const silence = refusalOfSilence(provenance, from, '/from') ?? refusalOfSilence(provenance, until, '/until');
  if (silence) return silence;
  if (isReversed(data)) return refuse('holder.spanReversed', {}, '/until');
  const { dissolvedOn } = state;
  if (dissolvedOn !== undefined && dissolvedOn !== NOT_STATED && isHeldAfter(data, dissolvedOn))
    return refuse('office.heldAfterwards', factsOf(data), '/until');
  const present = openTenureOf(state);
  if (present && until === undefined) return refuse('holder.alreadyHeld', factsOf(present));
  const other = state.tenures.find((tenure) => overlaps(tenure, data));
  return other ? refuse('holder.overlaps', factsOf(other), '/from') : [{ type: 'HolderAppointed', data }];
}

/** After it the post is vacant until somebody else is appointed. */
export function endHolder(
  { data, provenance }: EndHolder,
  state: RegisteredOffice,
): readonly HolderEnded[] | Rejection {
  const holder = openTenureOf(state);
  if (!holder) return refuse('holder.vacant');
  const silence = refusalOfSilence(provenance, data.on, '/on') ?? refusalOfSilence(provenance, data.reason, '/reason');
  if (silence) return silence;
  if (isReversed({ ...holder, until: data.on })) return refuse('holder.spanReversed', {}, '/on');
  return refusalOfEnd(state, holder, data.on) ?? [{ type: 'HolderEnded', data }];
}

/** A holder since nobody knows when is certain to have held the post on the last day, which may be somebody else's. */
export function refusalOfEnd(
  { tenures }: RegisteredOffice,
  holder: Tenure,
  until: HolderEnded['data']['on'],
): Rejection | undefined {
  const other = tenures.find((tenure) => tenure !== holder && overlaps(tenure, { ...holder, until }));
  return other && refuse('holder.overlaps', factsOf(other), '/on');
}

/** An office has no holder after its last day. Who holds the post until then, leaves it with the office. */
export function refusalOfHeldAfterwards(
  { tenures }: RegisteredOffice,
  on: OfficeDissolved['data']['on'],
): Rejection | undefined {
  if (on === NOT_STATED) return undefined;
  const later = tenures.find((tenure) => tenure.until !== undefined && isHeldAfter(tenure, on));
  return later && refuse('office.heldAfterwards', factsOf(later), '/on');
}

function isReversed({ from, until }: Pick<HolderAppointed['data'], 'from' | 'until'>): boolean {
  return from !== NOT_STATED && until !== undefined && until !== NOT_STATED && until < from;
}

function factsOf({ personName, from }: Pick<Tenure, 'personName' | 'from'>) {
  return { personName, from };
}
