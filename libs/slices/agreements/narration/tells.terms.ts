import { toldDay, toldFiscalYear, toldSpan } from '@khamrap/kernel';
import { toldDecimal, toldTarget } from './amounts';
import type { Tells } from './told-agreement';
import { toldIndicator, toldParty, toldTerms } from './told-indicator';
import { BASES, CAPACITIES, CAPTURES, SIDES } from './words';

/** What the parties undertake, and how they came to. */
export const termsTells: Tells<
  | 'AgreementDrafted'
  | 'IndicatorAdded'
  | 'IndicatorRevised'
  | 'IndicatorRemoved'
  | 'TargetSet'
  | 'TermsProposed'
  | 'TermsReturned'
  | 'TermsAccepted'
  | 'AgreementSigned'
  | 'SignaturesVoided'
  | 'AgreementTookEffect'
  | 'AgreementWithdrawn'
> = {
  AgreementDrafted: {
    act: { th: 'เริ่มจัดทำคำรับรอง', en: 'Agreement drafted' },
    sentence: ({ data: { title, fiscalYear, basis, period } }) => {
      const [year, kind, days] = [toldFiscalYear(fiscalYear), BASES[basis], toldSpan(period)];
      return {
        th: `เริ่มจัดทำ “${title}” ${year.th} เป็น${kind.th} ระยะเวลา ${days.th}`,
        en: `“${title}” was begun for ${year.en} as ${kind.en}, from ${days.en}.`,
      };
    },
  },
  IndicatorAdded: {
    act: { th: 'เพิ่มตัวชี้วัด', en: 'Indicator added' },
    sentence: ({ data }) => {
      const [which, weight] = [toldTerms(data), toldDecimal(data.weight)];
      return {
        th: `เพิ่ม${which.th} น้ำหนัก ${weight.th}`,
        en: `${capital(which.en)} was added, weight ${weight.en}.`,
      };
    },
    indicators: ({ indicatorId }) => [indicatorId],
  },
  IndicatorRevised: {
    act: { th: 'แก้ไขรายละเอียดตัวชี้วัด', en: 'Indicator revised' },
    sentence: ({ data }) => {
      const which = toldTerms(data);
      return { th: `แก้ไขรายละเอียดของ${which.th}`, en: `The terms of ${which.en} were stated anew.` };
    },
    indicators: ({ indicatorId }) => [indicatorId],
  },
  IndicatorRemoved: {
    act: { th: 'นำตัวชี้วัดออก', en: 'Indicator removed' },
    sentence: ({ data: { indicatorId } }, before) => {
      const which = toldIndicator(before, indicatorId);
      return {
        th: `นำ${which.th} และค่าเป้าหมายออกจากคำรับรอง`,
        en: `${capital(which.en)} was taken out of the terms, with its targets.`,
      };
    },
    indicators: ({ indicatorId }) => [indicatorId],
    why: ({ reason }) => (reason === undefined ? undefined : { text: reason }),
  },
  TargetSet: {
    act: { th: 'กำหนดค่าเป้าหมาย', en: 'Target set' },
    sentence: ({ data }, before) => {
      const [which, span, target] = [toldIndicator(before, data.indicatorId), toldSpan(data.span), toldTarget(data)];
      return {
        th: `กำหนดค่าเป้าหมายของ${which.th} ช่วง ${span.th} เป็น ${target.th}`,
        en: `The target of ${which.en} for ${span.en} was set to ${target.en}.`,
      };
    },
    indicators: ({ indicatorId }) => [indicatorId],
  },
  TermsProposed: {
    act: { th: 'เสนอคำรับรองต่อผู้รับคำรับรอง', en: 'Terms proposed' },
    sentence: ({ data: { officeId, termsRevision } }, before, names) => {
      const office = toldParty(before, officeId, names);
      return {
        th: `${office.th}เสนอคำรับรองฉบับแก้ไขที่ ${termsRevision} ต่อผู้รับคำรับรอง`,
        en: `${office.en} put the terms, frozen at revision ${termsRevision}, to the receivers.`,
      };
    },
    why: ({ note }) => (note === undefined ? undefined : { text: note }),
  },
  TermsReturned: {
    act: { th: 'ส่งคำรับรองกลับให้แก้ไข', en: 'Terms returned' },
    sentence: ({ data: { officeId, comments } }, before, names) => {
      const office = toldParty(before, officeId, names);
      return {
        th: `${office.th}ส่งคำรับรองกลับให้แก้ไข พร้อมข้อคิดเห็น ${comments.length} ข้อ`,
        en: `${office.en} gave the terms back; comments: ${comments.length}.`,
      };
    },
    indicators: ({ comments }) => comments.flatMap(({ indicatorId }) => indicatorId ?? []),
    why: ({ comments }) => ({ text: comments.map(({ comment }) => comment).join('; ') }),
  },
  TermsAccepted: {
    act: { th: 'เห็นชอบคำรับรอง', en: 'Terms accepted' },
    sentence: ({ data: { officeId } }, before, names) => {
      const office = toldParty(before, officeId, names);
      return { th: `${office.th}เห็นชอบคำรับรองที่เสนอ`, en: `${office.en} accepted the terms as proposed.` };
    },
  },
  AgreementSigned: {
    act: { th: 'ลงนามคำรับรอง', en: 'Agreement signed' },
    sentence: ({ data }, before, names) => {
      const { side, officeId, signatoryName, position, capacity, capture, signedOn } = data;
      const office = toldParty(before, officeId, names);
      const [right, how, day] = [CAPACITIES[capacity], CAPTURES[capture], toldDay(signedOn)];
      return {
        th: `${signatoryName} ${position} (${right.th}) ลงนาม${how.th}แทน${office.th} ในฐานะ${SIDES[side].th} วันที่ ${day.th}`,
        en: `${signatoryName}, ${position} (${right.en}), signed ${how.en} for ${office.en} as ${SIDES[side].en} on ${day.en}.`,
      };
    },
    effectiveFrom: ({ signedOn }) => signedOn,
    why: ({ authority }) => (authority === undefined ? undefined : { document: { reference: authority } }),
    actor: ({ signedBy, signatoryName, position, capacity }) =>
      signedBy === undefined
        ? undefined
        : { pseudonym: signedBy, name: signatoryName, post: position, capacity: CAPACITIES[capacity] },
    evidence: ({ scanSha256, certificate }) => [
      ...(scanSha256 === undefined ? [] : [{ sha256: scanSha256 }]),
      ...(certificate ? [{ sha256: certificate.documentSha256 }, { sha256: certificate.certificateSha256 }] : []),
    ],
  },
  SignaturesVoided: {
    act: { th: 'ลายมือชื่อเป็นอันไม่มีผล', en: 'Signatures voided' },
    sentence: ({ data: { signatures } }, before, names) => {
      const offices = signatures.map(({ officeId }) => toldParty(before, officeId, names));
      return {
        th: `เนื้อหาเปลี่ยนไป ลายมือชื่อของ${offices.map(({ th }) => th).join(', ')}จึงไม่มีผล`,
        en: `The terms changed, so the signatures for ${offices.map(({ en }) => en).join(', ')} no longer count.`,
      };
    },
  },
  AgreementTookEffect: {
    act: { th: 'คำรับรองมีผล', en: 'Agreement took effect' },
    sentence: ({ data: { effectiveOn } }) => {
      const day = toldDay(effectiveOn);
      return {
        th: `คำรับรองมีผลตั้งแต่วันที่ ${day.th} เพราะผู้ทำและผู้รับคำรับรองลงนามครบ`,
        en: `The agreement is in effect from ${day.en}: every maker and receiver has signed.`,
      };
    },
    effectiveFrom: ({ effectiveOn }) => effectiveOn,
  },
  AgreementWithdrawn: {
    act: { th: 'ถอนร่างคำรับรอง', en: 'Draft withdrawn' },
    sentence: ({ data: { officeId } }, before, names) => {
      const office = toldParty(before, officeId, names);
      return { th: `${office.th}ถอนร่างคำรับรอง`, en: `${office.en} gave the draft up.` };
    },
    why: ({ reason }) => ({ text: reason }),
  },
};

/** The beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
