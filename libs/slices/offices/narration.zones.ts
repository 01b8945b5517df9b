import type { Fact, Names, Narration } from '@khamrap/audit/events';
import { NOT_STATED, toldFrom, toldList, toldName, toldProvince, type BothLanguages } from '@khamrap/kernel';
import type { ZoneEvent, ZoneProvincesSet, ZoneRegistered } from './domain/zone.events';
import { ZONE_SCHEMES } from './narration.words';

interface ToldZone {
  readonly registered?: ZoneRegistered['data'];
  /** By the day from which they stand in it. */
  readonly sets: ReadonlyMap<string, ZoneProvincesSet['data']>;
}

/** How inspection zones are told. */
export const zoneNarration: Narration<ToldZone, ZoneEvent> = {
  begin: { sets: new Map() },
  evolve: (state, event) =>
    event.type === 'ZoneRegistered'
      ? { ...state, registered: event.data }
      : { ...state, sets: new Map(state.sets).set(event.data.effectiveFrom, event.data) },
  facts: ({ registered, sets }, names) => [
    ...(registered ? factsOf(registered, names) : []),
    ...[...sets.values()].map(factOfProvinces),
  ],
  tells: {
    ZoneRegistered: {
      act: { th: 'กำหนดเขตตรวจราชการ', en: 'Inspection zone registered' },
      sentence: ({ data }, _before, names) => {
        const [name, whose] = [toldName(data), schemeOf(data, names)];
        return {
          th: `กำหนด “${name.th}” เป็นเขตตรวจราชการของ${whose.th}`,
          en: `“${name.en}” was registered as an inspection zone of ${whose.en}.`,
        };
      },
    },
    ZoneProvincesSet: {
      act: { th: 'กำหนดจังหวัดในเขตตรวจราชการ', en: 'Provinces of the zone set' },
      sentence: ({ data: { provinces, effectiveFrom } }) => {
        const [held, from] = [toldList(provinces.map(toldProvince)), toldFrom(effectiveFrom)];
        return {
          th: `เขตตรวจราชการประกอบด้วย ${held.th} ${from.th}`,
          en: `The zone holds ${held.en} ${from.en}.`,
        };
      },
      effectiveFrom: ({ effectiveFrom }) => (effectiveFrom === NOT_STATED ? undefined : effectiveFrom),
      why: ({ basis }) => ({ text: basis }),
    },
  },
};

function schemeOf({ scheme, officeId }: ZoneRegistered['data'], names: Names): BothLanguages {
  return officeId === undefined ? ZONE_SCHEMES[scheme] : names.office(officeId);
}

function factsOf(registered: ZoneRegistered['data'], names: Names): readonly Fact[] {
  const { scheme, officeId, number, nameTh, nameEn } = registered;
  return [
    {
      key: ['name'],
      label: { th: 'ชื่อเขตตรวจราชการ', en: 'Name of the zone' },
      value: { nameTh, ...(nameEn !== undefined && { nameEn }), ...(number !== undefined && { number }) },
      shown: toldName(registered),
    },
    {
      key: ['scheme'],
      label: { th: 'ผู้แบ่งเขต', en: 'Whose zone it is' },
      value: { scheme, ...(officeId !== undefined && { officeId }) },
      shown: schemeOf(registered, names),
    },
  ];
}

function factOfProvinces({ effectiveFrom, provinces }: ZoneProvincesSet['data']): Fact {
  const from = toldFrom(effectiveFrom);
  return {
    key: ['provinces', effectiveFrom],
    label: { th: `จังหวัดในเขต ${from.th}`, en: `Provinces of the zone ${from.en}` },
    value: provinces,
    shown: toldList(provinces.map(toldProvince)),
  };
}
