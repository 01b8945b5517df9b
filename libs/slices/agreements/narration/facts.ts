import type { Fact, Names } from '@khamrap/audit/events';
import { toldAlike, toldDay, toldFiscalYear, toldName, toldProvince, toldSpan } from '@khamrap/kernel';
import { fact, madeOnce, madeOnceWith, NO_FACTS } from './fact';
import { amendmentFacts, amendmentFactsRestOn, appealFacts } from './facts.decisions';
import { indicatorFacts } from './facts.indicator';
import { roundFacts } from './facts.rounds';
import type { ToldAgreement } from './told-agreement';
import { named } from './told-indicator';
import { BASES, CAPACITIES, CAPTURES, CHAINS, LEVELS, SIDES } from './words';

type Heading = ToldAgreement['heading'];
type Entry<Of extends 'accepted' | 'signed'> =
  ToldAgreement[Of] extends ReadonlyMap<string, infer Value> ? Value : never;

const ofHeading = madeOnce(headingFacts);
const ofProposal = madeOnceWith(proposalFacts);
const ofReturn = madeOnceWith(returnFacts);
const ofAcceptance = madeOnceWith(acceptanceFacts);
const ofSignature = madeOnce(signatureFacts);
const ofEffect = madeOnce(({ effectiveOn }: NonNullable<ToldAgreement['effect']>) =>
  fact(['effectiveOn'], { th: 'วันที่มีผล', en: 'In effect on' }, effectiveOn, toldDay),
);
const ofWithdrawal = madeOnce(({ reason }: NonNullable<ToldAgreement['withdrawn']>) =>
  fact(['withdrawal'], { th: 'การถอนร่าง', en: 'Withdrawal' }, reason, toldAlike),
);
const ofIndicator = madeOnce(indicatorFacts);
const ofRound = madeOnce(roundFacts);
const ofAmendment = madeOnceWith(amendmentFacts, amendmentFactsRestOn);
const ofAppeal = madeOnce(appealFacts);
const ofEnd = madeOnce(({ closedOn }: NonNullable<ToldAgreement['closed']>) =>
  fact(['closed'], { th: 'สิ้นสุดปี', en: 'Year over' }, closedOn, toldDay),
);

/** What stands of an agreement, as far as it was told: heading, negotiation, indicators, rounds, amendments, appeals, the end. */
export function agreementFacts(told: ToldAgreement, names: Names): readonly Fact[] {
  return agreementParts(told, names).flat();
}

/** The same part by part: parts that nothing happened to are the same objects. */
export function agreementParts(told: ToldAgreement, names: Names): readonly (readonly Fact[])[] {
  const { heading, proposed, returned, accepted, signed, effect, withdrawn, closed } = told;
  const parts = [
    heading ? ofHeading(heading) : NO_FACTS,
    proposed ? ofProposal(proposed, heading, names) : NO_FACTS,
    returned ? ofReturn(returned, heading, names) : NO_FACTS,
  ];
  for (const acceptance of accepted.values()) parts.push(ofAcceptance(acceptance, heading, names));
  for (const signature of signed.values()) parts.push(ofSignature(signature));
  parts.push(effect ? ofEffect(effect) : NO_FACTS, withdrawn ? ofWithdrawal(withdrawn) : NO_FACTS);
  for (const indicator of told.indicators.values()) parts.push(ofIndicator(indicator));
  for (const round of told.rounds.values()) parts.push(ofRound(round));
  for (const [id, amendment] of told.amendments) parts.push(ofAmendment(amendment, id, told, names));
  for (const appeal of told.appeals.values()) parts.push(ofAppeal(appeal));
  parts.push(closed ? ofEnd(closed) : NO_FACTS);
  return parts;
}

function headingFacts(heading: NonNullable<Heading>): readonly Fact[] {
  const { title, level, basis, fiscalYear, period, province, parties, announcedOn, goalSet, preamble } = heading;
  const { parents, scheme } = heading;
  return [
    ...fact(['title'], { th: 'ชื่อคำรับรอง', en: 'Title' }, title, toldAlike),
    ...fact(['level'], { th: 'ระดับ', en: 'Level' }, level, () => LEVELS[level]),
    ...fact(['basis'], { th: 'ฐานของคำรับรอง', en: 'Basis' }, basis, () => BASES[basis]),
    ...fact(['fiscalYear'], { th: 'ปีงบประมาณ', en: 'Fiscal year' }, fiscalYear, toldFiscalYear),
    ...fact(['period'], { th: 'ระยะเวลา', en: 'Period' }, period, toldSpan),
    ...fact(['province'], { th: 'จังหวัด', en: 'Province' }, province, toldProvince),
    ...parties.flatMap((party) =>
      fact(['party', party.side, party.officeId], SIDES[party.side], party, () =>
        toldName({ nameTh: party.officeName, ...(party.officeNameEn !== undefined && { nameEn: party.officeNameEn }) }),
      ),
    ),
    ...fact(['announcedOn'], { th: 'วันที่ประกาศ', en: 'Announced on' }, announcedOn, toldDay),
    ...fact(['goalSet'], { th: 'ชุดเป้าหมายร่วม', en: 'Goal set' }, goalSet, toldAlike),
    ...(parents ?? []).flatMap(({ chain, agreementId }) =>
      fact(['parent', chain, agreementId], { th: 'คำรับรองที่ถ่ายทอดมา', en: 'Parent agreement' }, agreementId, () => ({
        th: `${agreementId} (${CHAINS[chain].th})`,
        en: `${agreementId} (${CHAINS[chain].en})`,
      })),
    ),
    ...fact(['scheme'], { th: 'หลักเกณฑ์', en: 'Scheme' }, scheme, (of) => ({
      th: `${of.schemeId} กติกาฉบับที่ ${of.ruleVersion} ปฏิทินฉบับที่ ${of.calendarVersion}`,
      en: `${of.schemeId}, rules version ${of.ruleVersion}, calendar version ${of.calendarVersion}`,
    })),
    ...fact(['preamble'], { th: 'คำปรารภ', en: 'Preamble' }, preamble, toldAlike),
  ];
}

function proposalFacts(
  { termsRevision, termsHash, officeId }: NonNullable<ToldAgreement['proposed']>,
  heading: Heading,
  names: Names,
): readonly Fact[] {
  return fact(
    ['proposal'],
    { th: 'ข้อเสนอที่รอผู้รับคำรับรอง', en: 'Terms as proposed' },
    { termsRevision, termsHash, officeId },
    () => named({ th: 'เสนอโดย', en: 'proposed by' }, officeId, heading, names),
  );
}

function returnFacts(
  { termsHash, officeId }: NonNullable<ToldAgreement['returned']>,
  heading: Heading,
  names: Names,
): readonly Fact[] {
  return fact(['return'], { th: 'ข้อเสนอที่ส่งกลับ', en: 'Terms as returned' }, { termsHash, officeId }, () =>
    named({ th: 'ส่งกลับโดย', en: 'returned by' }, officeId, heading, names),
  );
}

function acceptanceFacts({ officeId, termsHash }: Entry<'accepted'>, heading: Heading, names: Names): readonly Fact[] {
  return fact(['acceptance', officeId], { th: 'การเห็นชอบข้อเสนอ', en: 'Acceptance of the terms' }, termsHash, () =>
    named({ th: 'เห็นชอบโดย', en: 'accepted by' }, officeId, heading, names),
  );
}

function signatureFacts({ signedBy: _by, ...signature }: Entry<'signed'>): readonly Fact[] {
  const { side, officeId, signatoryName, position, capacity, capture, signedOn } = signature;
  const [day, right, how] = [toldDay(signedOn), CAPACITIES[capacity], CAPTURES[capture]];
  return fact(
    ['signature', side, officeId],
    { th: `ลายมือชื่อของ${SIDES[side].th}`, en: `Signature of the ${SIDES[side].en}` },
    signature,
    () => ({
      th: `${signatoryName} ${position} (${right.th}) ลงนาม${how.th} วันที่ ${day.th}`,
      en: `${signatoryName}, ${position} (${right.en}), signed ${how.en} on ${day.en}`,
    }),
  );
}
