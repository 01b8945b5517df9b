import { PublishBands, PublishCalendar, PublishScheme, PublishScoringRule, THREE_ANCHORS } from '@khamrap/schemes';
import { commonEraYearOfBuddhist, isoDate, type FiscalYear, type IsoDate } from '@khamrap/kernel';
import { AgreementStory } from './agreement-story';
import type { Telling } from './telling';
import { noteAmendment } from './amendment-story';
import { anomalyOf } from './anomalies';
import { amendmentCutOffOf, daysAfter, roundsOf } from './calendar';
import { agreementOf, officesOf, provincesOf, schemeIdOf, type GeneratedOffice, type NationSize } from './nation';
import { noteDelegation, noteGovernorOffice, noteOffice, noteSuccession } from './office-story';
import { personsOf, recorder } from './persons';
import { noteRound } from './round-story';

/** The years of the nation, noted in the diary one after the other: each is noted when it begins. */
export function noteNation(telling: Telling, size: NationSize, anomalyShare: number): void {
  const { firstFiscalYear, yearCount } = size;
  const offices = provincesOf(size).flatMap((province) => officesOf(province, size));
  const begin = preparedOn(firstFiscalYear);
  const registeredOn = daysAfter(begin, -1);
  for (const province of provincesOf(size)) noteGovernorOffice(telling, province, registeredOn);
  for (const office of offices) noteOffice(telling, office, registeredOn);
  const changedYear =
    anomalyShare > 0 ? firstFiscalYear + telling.chance.integer(0, yearCount - 1, 'scoring rule changed') : undefined;
  for (let year = firstFiscalYear; year < firstFiscalYear + yearCount; year++) {
    telling.diary.note(preparedOn(year), schemeIdOf(year), async (on) => {
      await publishScheme(telling, year, on);
      if (year === changedYear) noteChangeOfRule(telling, year);
      for (const province of provincesOf(size)) noteDelegation(telling, province, year);
      for (const office of offices) noteSuccession(telling, office, year);
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

/** Between the first and the second round, other points are published than those under which everybody has signed. */
function noteChangeOfRule({ teller, diary, planted }: Telling, fiscalYear: FiscalYear): void {
  const schemeId = schemeIdOf(fiscalYear);
  diary.note(isoDate(`${commonEraYearOfBuddhist(fiscalYear)}-05-02`), schemeId, async (on) => {
    const { scoringRule } = THREE_ANCHORS;
    const by = { by: recorder(), on, key: `${schemeId} another rule` };
    const { eventIds } = await teller.tell(by, PublishScoringRule, { schemeId }, { ...scoringRule, between: 'step' });
    planted({ anomaly: 'scoringRuleChangedInMidYear', schemeId, fiscalYear, eventIds });
  });
}
