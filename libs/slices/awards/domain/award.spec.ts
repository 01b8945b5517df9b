import { isoDate, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { awardDecider } from './award.decider';
import {
  announceAwards,
  awardGranted,
  awardsAnnounced,
  grantAward,
  GRANTOR,
  RECIPIENT,
  TRANSCRIBED,
} from './award.examples';

const { given } = specification(awardDecider);

describe('granting an award', () => {
  test('to a named recipient', () => {
    given().when(grantAward()).then(awardGranted());
  });

  test('jointly, to several recipients, with a rank in the set where it was reached', () => {
    const told = {
      grantors: [GRANTOR, { name: 'กระทรวงตัวอย่าง' }],
      recipients: [RECIPIENT, { name: 'ชุมชนตัวอย่าง', province: 'TH-54' }],
      fiscalYear: 2570,
      level: 'advanced',
      rank: { rank: 1, comparisonSet: 'ราชการส่วนภูมิภาค 76 จังหวัด' },
      basis: 'ประกาศผลการประเมิน',
      asPrinted: 'อันดับ ๑',
    };
    given().when(grantAward(told)).then(awardGranted(told));
  });

  test.each([2344, 2642])('for the year %i of the Buddhist Era', (awardYear) => {
    given()
      .when(grantAward({ awardYear }))
      .then(awardGranted({ awardYear: `${awardYear}` }));
  });

  test('two bodies of one name are two where their offices differ', () => {
    const recipients = [RECIPIENT, { ...RECIPIENT, officeId: 'province-2' }];
    given().when(grantAward({ recipients })).then(awardGranted({ recipients }));
  });

  test('from a document that states neither year nor form', () => {
    given()
      .when(grantAward({ awardYear: NOT_STATED, forms: [NOT_STATED] }, TRANSCRIBED))
      .then(awardGranted({ awardYear: 'notStated', forms: [NOT_STATED] }));
  });
});

describe('announcing awards', () => {
  test('a single one can be announced without its recipient', () => {
    given()
      .when(announceAwards({ statedCount: 1 }))
      .then(awardsAnnounced({ statedCount: 1 }));
  });

  test('keeps the stated count, and says that the recipients are not stated', () => {
    given().when(announceAwards()).then(awardsAnnounced());
    given()
      .when(announceAwards({ awardYear: NOT_STATED }))
      .then(awardsAnnounced({ awardYear: 'notStated' }));
  });
});

describe('what Phrae announced on 20 September 2565', () => {
  const announcedOn = isoDate('2022-09-20');

  test('one award for leadership, its category misprinted by the document, its year not stated', () => {
    const told = {
      category: 'pmqaCategory1',
      categoryPrinted: 'PMOA หมวด ๑',
      grantors: [{ name: 'สำนักงาน ก.พ.ร.' }],
      recipients: [{ name: 'จังหวัดแพร่', province: 'TH-54' }],
      forms: [NOT_STATED] as const,
      announcedOn,
    };
    given()
      .when(grantAward({ ...told, awardYear: NOT_STATED }, TRANSCRIBED))
      .then(awardGranted({ ...told, awardYear: 'notStated' }));
  });

  test('fourteen awards for service centres that the document does not name', () => {
    const told = { category: 'gecc', grantors: [{ name: 'สำนักนายกรัฐมนตรี' }], statedCount: 14, announcedOn };
    given()
      .when(announceAwards({ ...told, awardYear: NOT_STATED }))
      .then(awardsAnnounced({ ...told, recipients: NOT_STATED, awardYear: 'notStated' }));
  });
});
