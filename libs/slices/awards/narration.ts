import type { AnyNarrations, Fact, Narration, NarratedEvent } from '@khamrap/audit/events';
import { NOT_STATED, toldDay, toldList, toldAlike, UNSTATED, type BothLanguages } from '@khamrap/kernel';
import type { AwardEvent, AwardGranted, AwardRevoked, AwardsAnnounced } from './domain/award.events';
import { correctedStatement } from './domain/award.evolve';
import type { AwardStatement } from './domain/award.state';
import { factsOfStatement } from './narration.facts';

interface ToldAward {
  readonly statement?: AwardStatement;
  readonly revoked?: AwardRevoked['data'];
}

const award: Narration<ToldAward, AwardEvent> = {
  begin: {},
  evolve: afterEvent,
  facts: ({ statement, revoked }) => [
    ...(statement ? factsOfStatement(statement) : []),
    ...(revoked ? [factOfRevocation(revoked)] : []),
  ],
  tells: {
    AwardGranted: {
      act: { th: 'มอบรางวัล', en: 'Award granted' },
      sentence: ({ data, isTranscribed }: NarratedEvent<AwardGranted['data']>) => {
        const [by, to, what, source] = [
          namesIn(data.grantors),
          namesIn(data.recipients),
          whatOf(data),
          sourceOf(isTranscribed),
        ];
        return {
          th: `${by.th} มอบรางวัล ${what.th} แก่${to.th}${source.th}`,
          en: `${by.en} granted the award ${what.en} to ${to.en}${source.en}.`,
        };
      },
      why: reasonOf,
    },
    AwardsAnnounced: {
      act: { th: 'ประกาศจำนวนรางวัล', en: 'Awards announced' },
      sentence: ({ data, isTranscribed }: NarratedEvent<AwardsAnnounced['data']>) => {
        const [by, what, source] = [namesIn(data.grantors), whatOf(data), sourceOf(isTranscribed)];
        return {
          th: `${by.th} ประกาศรางวัล ${what.th} จำนวน ${data.statedCount} รางวัล${source.th}`,
          en: `${by.en} announced ${data.statedCount} awards ${what.en}${source.en}.`,
        };
      },
    },
    AwardCorrected: {
      act: { th: 'แก้ไขข้อมูลรางวัล', en: 'Award corrected' },
      sentence: ({ data }) => {
        const statement = correctedStatement(data);
        const what = statement ? toldStatement(statement) : UNSTATED;
        return {
          th: `แก้ไขข้อมูลรางวัลทั้งฉบับเป็น ${what.th}`,
          en: `What is stated of the award was corrected to ${what.en}.`,
        };
      },
      why: ({ reason }) => ({ text: reason }),
    },
    AwardRevoked: {
      act: { th: 'เพิกถอนรางวัล', en: 'Award revoked' },
      sentence: ({ data: { revokedOn } }) => {
        const day = toldDay(revokedOn);
        return revokedOn === NOT_STATED
          ? { th: 'เพิกถอนรางวัล โดยไม่ระบุวัน', en: 'The award was revoked on a day that is not stated.' }
          : { th: `เพิกถอนรางวัลเมื่อวันที่ ${day.th}`, en: `The award was revoked on ${day.en}.` };
      },
      effectiveFrom: ({ revokedOn }) => (revokedOn === NOT_STATED ? undefined : revokedOn),
      why: ({ reason, basis }) => ({ text: basis === undefined ? reason : `${reason} (${basis})` }),
    },
  },
};

function afterEvent(state: ToldAward, event: AwardEvent): ToldAward {
  switch (event.type) {
    case 'AwardGranted':
      return { statement: { kind: 'granted', data: event.data } };
    case 'AwardsAnnounced':
      return { statement: { kind: 'announced', data: event.data } };
    case 'AwardCorrected': {
      const statement = correctedStatement(event.data);
      return statement ? { ...state, statement } : state;
    }
    case 'AwardRevoked':
      return { ...state, revoked: event.data };
  }
}

type Stated = AwardStatement['data'];

/** Its category with its level, and the year for which it is given: `“PMOA” (advanced), พ.ศ. 2570`. */
function whatOf({ category, categoryPrinted, level, awardYear }: Stated): BothLanguages {
  const name = `“${categoryPrinted ?? category}”${level === undefined ? '' : ` (${level})`}`;
  return awardYear === NOT_STATED
    ? { th: `${name} ไม่ระบุปี`, en: `${name} of a year that is not stated` }
    : { th: `${name} ปี พ.ศ. ${awardYear}`, en: `${name} of ${awardYear} B.E.` };
}

function toldStatement({ kind, data }: AwardStatement): BothLanguages {
  const [what, by] = [whatOf(data), namesIn(data.grantors)];
  if (kind === 'announced')
    return {
      th: `${what.th} จำนวน ${data.statedCount} รางวัล โดย${by.th}`,
      en: `${what.en}, ${data.statedCount} in number, by ${by.en}`,
    };
  const to = namesIn(data.recipients);
  return { th: `${what.th} แก่${to.th} โดย${by.th}`, en: `${what.en} to ${to.en} by ${by.en}` };
}

function namesIn(named: readonly { readonly name: string }[]): BothLanguages {
  return toldList(named.map(({ name }) => toldAlike(name)));
}

function sourceOf(isTranscribed: boolean): BothLanguages {
  return isTranscribed ? { th: ' ตามที่เอกสารต้นทางระบุ', en: ', as a source document states' } : { th: '', en: '' };
}

function reasonOf({ basis }: AwardGranted['data']): { readonly text: string } | undefined {
  return basis === undefined ? undefined : { text: basis };
}

function factOfRevocation({ revokedOn }: AwardRevoked['data']): Fact {
  return {
    key: ['revokedOn'],
    label: { th: 'วันที่เพิกถอน', en: 'Revoked on' },
    value: revokedOn,
    shown: toldDay(revokedOn),
  };
}

/** How awards are told. */
export const awardNarrations = { award } satisfies AnyNarrations;
