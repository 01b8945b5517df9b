import { isoDate, NATIVE, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { awardDecider } from './award.decider';
import {
  ANNOUNCED_IN_FULL,
  announcedCorrected,
  announceAwards,
  AWARD_ID,
  awardGranted,
  awardRevoked,
  awardsAnnounced,
  BASIS,
  correctAnnounced,
  correctGranted,
  grantAward,
  GRANTED_IN_FULL,
  grantedCorrected,
  KNOWN,
  RECIPIENT,
  revokeAward,
  TODAY,
  TRANSCRIBED,
} from './award.examples';

const { given } = specification(awardDecider);

describe('granting an award', () => {
  test('to a named recipient', () => {
    given().when(grantAward()).then(awardGranted());
  });

  test('with all that can be told of it', () => {
    given()
      .when(grantAward(GRANTED_IN_FULL, NATIVE, KNOWN))
      .then(awardGranted(GRANTED_IN_FULL));
  });

  test('jointly, to several recipients', () => {
    const recipients = [RECIPIENT, { name: 'ชุมชนตัวอย่าง', province: 'TH-54' }];
    given().when(grantAward({ recipients })).then(awardGranted({ recipients }));
  });

  test.each([
    ['one of one', { oneOf: { of: 1, comparisonSet: 'จังหวัดต้นแบบ' } }],
    ['the last of a set', { oneOf: { rank: 4, of: 4, comparisonSet: 'จังหวัดต้นแบบ' } }],
    ['valid for the day of its announcement', { validUntil: isoDate('2027-09-20') }],
    ['valid from a day that is not stated', { announcedOn: undefined, validUntil: isoDate('2020-01-01') }],
    ['resting on an agreement as a whole', { basisAgreement: { agreementId: BASIS.agreementId } }],
    [
      'resting on a figure of no stated span',
      { basisAgreement: { ...BASIS, figure: { indicatorId: AWARD_ID, span: 'notStated' } } },
    ],
  ])('%s', (_what, told) => {
    given()
      .when(grantAward(told, NATIVE, KNOWN))
      .then(awardGranted(told));
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

  test('with all that can be told of them, some by name', () => {
    given().when(announceAwards(ANNOUNCED_IN_FULL)).then(awardsAnnounced(ANNOUNCED_IN_FULL));
  });

  test('keeps the stated count, and says that the recipients are not stated', () => {
    given().when(announceAwards()).then(awardsAnnounced());
    given()
      .when(announceAwards({ awardYear: NOT_STATED }))
      .then(awardsAnnounced({ awardYear: 'notStated' }));
  });
});

describe('correcting', () => {
  test('states all of it anew, and keeps why', () => {
    given(awardGranted())
      .when(correctGranted(GRANTED_IN_FULL, NATIVE, KNOWN))
      .then(grantedCorrected(GRANTED_IN_FULL));
    given(awardsAnnounced())
      .when(correctAnnounced({ statedCount: 13 }))
      .then(announcedCorrected({ statedCount: 13 }));
  });

  test('a correction can be corrected, also back to what was stated first', () => {
    given(awardGranted(), grantedCorrected({ level: 'advanced' }))
      .when(correctGranted())
      .then(grantedCorrected());
  });
});

describe('revoking', () => {
  test.each([
    ['an award', awardGranted()],
    ['an announced number', awardsAnnounced()],
    ['what was corrected', grantedCorrected()],
  ])('%s', (_what, stated) => {
    const first = stated.type === 'AwardCorrected' ? [awardGranted()] : [];
    given(...first, stated)
      .when(revokeAward())
      .then(awardRevoked());
  });

  test.each(['2027-09-20', TODAY])('on %s, between its announcement and today', (day) => {
    const revokedOn = isoDate(day);
    given(awardGranted()).when(revokeAward({ revokedOn })).then(awardRevoked({ revokedOn }));
  });

  test('as a document tells that does not say when', () => {
    given(awardGranted())
      .when(revokeAward({ revokedOn: NOT_STATED }, TRANSCRIBED))
      .then(awardRevoked({ revokedOn: NOT_STATED }));
  });
});

test('what cannot follow is folded into nothing', () => {
  for (const event of [awardRevoked(), grantedCorrected()])
    expect(awardDecider.evolve(awardDecider.initialState, event)).toEqual(awardDecider.initialState);
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
