import { AnnounceAwards, GrantAward } from '@khamrap/awards';
import { creationStep, type BodyOf, type Step } from './demonstration-step';
import { AWARDS_2565, from } from './documents';
import {
  BAN_PIN_TAO,
  HUAI_O_TAO,
  MINISTRY_OF_CULTURE,
  MINISTRY_OF_INTERIOR,
  NACC,
  named,
  OPDC,
  PHRAE_PAO,
  PHRAE_PROVINCE,
  PRIME_MINISTER_OFFICE,
} from './offices';

// The awards that Phrae announced on 20 September 2565: 71 by the document, whose four items come to 6 + 14 + 1 + 51 = 72. Both
// stand as they are told. An item is an announcement of its number; the awards that it names are part of it. The document says of
// all together that they came with plaques and certificates, and of none for which year it is.

const { knownOn } = AWARDS_2565;
const PHRAE = 'TH-54';

/** What is said of every item and award. */
const TOLD = {
  awardYear: { notStated: true },
  announcedOn: knownOn,
  source: from(AWARDS_2565, 2),
} as const;
/** What the document counts its items to. */
const STATED_TOTAL = { group: 'phrae-2565', count: 71 };

type Item = Pick<
  BodyOf<typeof AnnounceAwards>,
  'category' | 'categoryPrinted' | 'grantors' | 'statedCount' | 'recipients'
>;

const ITA: Item = {
  category: 'ita',
  categoryPrinted: 'การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA)',
  grantors: [named(NACC)],
  statedCount: 6,
  recipients: 'partlyNamed',
};
const GECC: Item = {
  category: 'gecc',
  categoryPrinted: 'ศูนย์ราชการสะดวก (GECC)',
  grantors: [named(PRIME_MINISTER_OFFICE)],
  statedCount: 14,
};
const PMQA: Item = {
  category: 'pmqaCategory1',
  // A misprint for PMQA, the award for the quality of public administration; category 1 is leadership.
  categoryPrinted: 'PMOA หมวด ๑',
  grantors: [named(OPDC)],
  statedCount: 1,
  recipients: 'partlyNamed',
};
const VIRTUE: Item = {
  category: 'virtueProvinceOrganisationCommunity',
  categoryPrinted: 'จังหวัด องค์กร และชุมชนคุณธรรม',
  grantors: [named(MINISTRY_OF_INTERIOR), named(MINISTRY_OF_CULTURE)],
  statedCount: 51,
};

const announcementKey = ({ category }: Item): string => `awards-2565/${category}`;

function announcementStep(item: Item): Step {
  return creationStep(AnnounceAwards)({ key: announcementKey(item), knownOn }, () => ({
    ...item,
    ...TOLD,
    province: PHRAE,
    statedTotal: STATED_TOTAL,
  }));
}

type Award = Pick<BodyOf<typeof GrantAward>, 'level' | 'rank' | 'score' | 'asPrinted'>;

/** An award of an item whose recipient the document names. */
function awardStep(item: Item, number: number, recipient: { name: string; officeId: string }, award: Award): Step {
  const { category, categoryPrinted, grantors } = item;
  return creationStep(GrantAward)({ key: `${announcementKey(item)}/${number}`, knownOn }, (idOf) => ({
    category,
    ...(categoryPrinted !== undefined && { categoryPrinted }),
    grantors,
    recipients: [{ ...recipient, province: PHRAE }],
    ...award,
    ...TOLD,
    forms: ['plaque', 'certificate'],
    partOf: idOf(announcementKey(item)),
  }));
}

const AA: Award = { level: 'AA', asPrinted: 'ผ่านระดับ AA (๙๕คะแนนขึ้นไป)' };
/** The same body as the province, as the document calls it among other bodies. */
const PROVINCIAL_ADMINISTRATION = { name: 'ราชการส่วนภูมิภาค', officeId: PHRAE_PROVINCE.officeId };

export const awards2565Steps: readonly Step[] = [
  announcementStep(ITA),
  awardStep(ITA, 1, named(PHRAE_PROVINCE), {
    rank: { rank: 2, comparisonSet: 'ราชการส่วนภูมิภาคของประเทศ' },
    score: '99.15',
    asPrinted: 'อันดับ ๒ ของประเทศ (ราชการส่วนภูมิภาค) ที่ ๙๙.๑๕ คะแนน',
  }),
  awardStep(ITA, 2, named(PHRAE_PAO), {
    rank: { rank: 1, comparisonSet: 'องค์กรปกครองส่วนท้องถิ่นในจังหวัดแพร่' },
    asPrinted: 'อันดับ ๑ ของจังหวัดแพร่ (อปท.)',
  }),
  ...[PROVINCIAL_ADMINISTRATION, named(HUAI_O_TAO), named(BAN_PIN_TAO), named(PHRAE_PAO)].map((recipient, index) =>
    awardStep(ITA, 3 + index, recipient, AA),
  ),
  announcementStep(GECC),
  announcementStep(PMQA),
  awardStep(PMQA, 1, named(PHRAE_PROVINCE), {}),
  announcementStep(VIRTUE),
];
