import { AppointHolder, RegisterOffice } from '@khamrap/offices';
import { PublishBands, PublishCalendar, PublishScheme, PublishScoringRule, THREE_ANCHORS } from '@khamrap/schemes';
import { commonEraYearOfBuddhist, isoDate, type FiscalYear, type IsoDate } from '@khamrap/kernel';
import { AgreementStory, type Telling } from './agreement-story';
import { noteAmendment } from './amendment-story';
import { anomalyOf } from './anomalies';
import { amendmentCutOffOf, daysAfter, roundsOf } from './calendar';
import {
  agreementOf,
  governorOfficeOf,
  officesOf,
  provincesOf,
  schemeIdOf,
  type GeneratedOffice,
  type NationSize,
} from './nation';
import { personsOf, recorder } from './persons';
import { noteRound } from './round-story';

/** The years of the nation, noted in the diary one after the other: each is noted when it begins. */
export function noteNation(telling: Telling, size: NationSize, anomalyShare: number): void {
  const { firstFiscalYear, yearCount } = size;
  const offices = provincesOf(size).flatMap((province) => officesOf(province, size));
  const begin = preparedOn(firstFiscalYear);
  noteOffices(telling, size, offices, daysAfter(begin, -1));
  for (let year = firstFiscalYear; year < firstFiscalYear + yearCount; year++) {
    telling.diary.note(preparedOn(year), schemeIdOf(year), async (on) => {
      await publishScheme(telling, year, on);
      for (const office of offices) noteAgreement(telling, size, office, year, anomalyShare);
    });
  }
}

/** The scheme of a year is published before anybody drafts under it. */
function preparedOn(fiscalYear: FiscalYear): IsoDate {
  return isoDate(`${commonEraYearOfBuddhist(fiscalYear) - 1}-08-01`);
}

function noteAgreement(
  telling: Telling,
  size: NationSize,
  office: GeneratedOffice,
  fiscalYear: FiscalYear,
  anomalyShare: number,
): void {
  const agreement = agreementOf(office, fiscalYear, size);
  const anomaly = anomalyOf(telling.chance, agreement, anomalyShare);
  const story = new AgreementStory(telling, agreement, personsOf(office), anomaly);
  story.begin();
  noteAmendment(story);
  for (const round of story.rounds) noteRound(story, round);
}

async function publishScheme({ teller }: Telling, fiscalYear: FiscalYear, on: IsoDate): Promise<void> {
  const by = recorder();
  const schemeId = schemeIdOf(fiscalYear);
  const says = (what: string) => ({ by, on, key: `${schemeId} ${what}` });
  const { scoringRule, bands } = THREE_ANCHORS;
  await teller.tell(says('begins'), PublishScheme, undefined, {
    schemeId,
    nameTh: `หลักเกณฑ์การประเมิน ปีงบประมาณ พ.ศ. ${fiscalYear} (ข้อมูลจำลอง)`,
    nameEn: `Scheme of fiscal year ${fiscalYear} (generated data)`,
  });
  await teller.tell(says('rule'), PublishScoringRule, { schemeId }, scoringRule);
  if (bands) await teller.tell(says('bands'), PublishBands, { schemeId }, bands);
  await teller.tell(
    says('calendar'),
    PublishCalendar,
    { schemeId },
    {
      fiscalYear,
      rounds: roundsOf(fiscalYear).map(({ closedOn: _closedOn, share: _share, ...round }) => ({
        ...round,
        graceDays: 0,
      })),
      amendmentCutOffOn: amendmentCutOffOf(fiscalYear),
    },
  );
}

function noteOffices(telling: Telling, size: NationSize, offices: readonly GeneratedOffice[], on: IsoDate): void {
  const { teller, diary } = telling;
  const by = recorder();
  for (const province of provincesOf(size)) {
    const { officeId, nameTh, nameEn } = governorOfficeOf(province);
    const office = { officeId, nameTh, nameEn, kind: 'province' as const, province: province.code };
    diary.note(on, officeId, async (day) => {
      await teller.tell({ by, on: day, key: `registers ${officeId}` }, RegisterOffice, undefined, office);
    });
  }
  for (const { officeId, nameTh, nameEn, province } of offices) {
    diary.note(on, officeId, async (day) => {
      await teller.tell({ by, on: day, key: `registers ${officeId}` }, RegisterOffice, undefined, {
        officeId,
        nameTh,
        nameEn,
        kind: 'provincialOffice',
        province: province.code,
        parentOfficeId: governorOfficeOf(province).officeId,
      });
      await teller.tell(
        { by, on: day, key: `appoints the head of ${officeId}` },
        AppointHolder,
        { officeId },
        {
          personName: 'ผู้ดำรงตำแหน่งจำลอง',
          positionTitle: `หัวหน้า${nameTh}`,
          from: { day },
        },
      );
    });
  }
}
