import {
  isProvince,
  type Decider,
  type IsoDate,
  type NotStated,
  type Provenance,
  type Rejection,
} from '@khamrap/kernel';
import { refuse } from './office.refusals';
import { refusalOfSilence } from './silence.rule';
import type { ZoneEvent, ZoneProvincesSet, ZoneRegistered } from './zone.events';

export type ZoneCommand = RegisterZone | SetZoneProvinces;

/** Enters a zone of a scheme. */
export interface RegisterZone {
  readonly type: 'RegisterZone';
  readonly data: ZoneRegistered['data'];
}

/** States which provinces a zone holds from a day on; a later statement for the same day takes the place of the earlier. */
export interface SetZoneProvinces {
  readonly type: 'SetZoneProvinces';
  readonly data: ZoneProvincesSet['data'];
  readonly provenance: Provenance;
}

/** Which provinces a zone holds, and by which order. */
type ProvincesOfZone = Pick<ZoneProvincesSet['data'], 'provinces' | 'basis'>;

/** What the rules need to know of a zone: the provinces by the day from which they stand in it. */
export type ZoneState =
  | { readonly status: 'notRegistered' }
  | { readonly status: 'registered'; readonly sets: ReadonlyMap<IsoDate | NotStated, ProvincesOfZone> };

/** The rules of a stream `zone-{id}`. */
export const zoneDecider: Decider<ZoneState, ZoneCommand, ZoneEvent> = {
  initialState: { status: 'notRegistered' },
  decide: (command, state) => {
    switch (command.type) {
      case 'RegisterZone':
        return registerZone(command, state);
      case 'SetZoneProvinces':
        return setZoneProvinces(command, state);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ZoneRegistered':
        return { status: 'registered', sets: new Map() };
      case 'ZoneProvincesSet': {
        const { effectiveFrom, ...told } = event.data;
        const earlier = state.status === 'registered' ? state.sets : [];
        return { status: 'registered', sets: new Map(earlier).set(effectiveFrom, told) };
      }
    }
  },
};

function registerZone({ data }: RegisterZone, state: ZoneState): readonly ZoneRegistered[] | Rejection {
  if (state.status === 'registered') return refuse('zone.alreadyRegistered');
  const { scheme, officeId, number } = data;
  const isOfPrimeMinisterOffice = scheme === 'primeMinisterOffice';
  if (!isOfPrimeMinisterOffice && officeId === undefined) return refuse('zone.officeMissing', { scheme }, '/officeId');
  if (isOfPrimeMinisterOffice && officeId !== undefined) return refuse('zone.officeNotForScheme', {}, '/officeId');
  if (number !== undefined && number < 1) return refuse('zone.numberNotPositive', { number }, '/number');
  return [{ type: 'ZoneRegistered', data }];
}

function setZoneProvinces(
  { data, provenance }: SetZoneProvinces,
  state: ZoneState,
): readonly ZoneProvincesSet[] | Rejection {
  if (state.status === 'notRegistered') return refuse('zone.notRegistered');
  const { provinces, effectiveFrom } = data;
  if (provinces.length === 0) return refuse('zone.provinceMissing', {}, '/provinces');
  const unknown = provinces.findIndex((each) => !isProvince(each));
  if (unknown >= 0) return refuse('office.provinceUnknown', {}, `/provinces/${unknown}`);
  const repeated = provinces.findIndex((each, index) => provinces.indexOf(each) < index);
  if (repeated >= 0) return refuse('zone.provinceRepeated', {}, `/provinces/${repeated}`);
  const silence = refusalOfSilence(provenance, effectiveFrom, '/effectiveFrom');
  if (silence) return silence;
  if (isSame(state.sets.get(effectiveFrom), data)) return [];
  return [{ type: 'ZoneProvincesSet', data }];
}

function isSame(one: ProvincesOfZone | undefined, other: ProvincesOfZone): boolean {
  if (one?.basis !== other.basis) return false;
  return one.provinces.toSorted().join() === other.provinces.toSorted().join();
}
