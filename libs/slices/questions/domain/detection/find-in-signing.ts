import type { AgreementSigned, AgreementTookEffect, TargetAmended, WeightAmended } from '@khamrap/agreements/events';
import { dayNumberOf, toldDay } from '@khamrap/kernel';
import { placeIn, watchOfOrder, watchOfSignatures, watchOfTarget, type Finding } from './finding';
import type { AgreementMemory, ToldEvent } from './memory';
import { hasMandate, vacancyOn, type OfficeMemory } from './office-memory';

/** What a signature gives to ask, before it is taken in. @param office who may sign for it, as far as that is on record */
export function findInSignature(
  memory: AgreementMemory,
  told: ToldEvent<AgreementSigned>,
  office: OfficeMemory,
): Finding[] {
  // What a document states was recorded later by nature, and delegations of that time may never have been entered.
  if (told.isTranscribed) return [];
  return [...signedLongBefore(memory, told), ...withoutMandate(memory, told, office)];
}

/** All signatures of an agreement that were recorded late are one question. */
function signedLongBefore(memory: AgreementMemory, { event, link, day }: ToldEvent<AgreementSigned>): Finding[] {
  const daysBefore = dayNumberOf(day) - dayNumberOf(event.data.signedOn);
  if (daysBefore <= 0) return [];
  const others = memory.signatures.filter((each) => each.daysBefore > 0);
  const [on, recorded] = [toldDay(event.data.signedOn), toldDay(day)];
  return [
    {
      rule: 'recordedLongAfterEffective',
      subject: [memory.agreementId, 'signatures'],
      place: placeIn(memory),
      restsOn: [...others.map((each) => each.link), link],
      measures: { days: String(Math.max(daysBefore, ...others.map((each) => each.daysBefore))) },
      seen: {
        th: `ลงนามเมื่อ ${on.th} แต่บันทึกเมื่อ ${recorded.th} ช้ากว่า ${daysBefore} วัน`,
        en: `The agreement was signed on ${on.en} and recorded on ${recorded.en}, ${daysBefore} days later.`,
      },
      watch: watchOfSignatures(memory.agreementId),
    },
  ];
}

function withoutMandate(
  memory: AgreementMemory,
  { event: { data }, link }: ToldEvent<AgreementSigned>,
  office: OfficeMemory,
): Finding[] {
  const { officeId, side, capacity, authority, signedOn } = data;
  const on = toldDay(signedOn);
  const common = { subject: [memory.agreementId, link.eventId], place: placeIn(memory), measures: {} };
  if (capacity === 'holder') {
    const left = vacancyOn(office, signedOn);
    if (!left) return [];
    const seen = {
      th: `มีผู้ลงนามในฐานะผู้ดำรงตำแหน่งเมื่อ ${on.th} ขณะที่ทะเบียนระบุว่าตำแหน่งว่าง`,
      en: `Somebody signed as the holder on ${on.en}, when nobody held the post on record.`,
    };
    const watch = watchOfSignatures(memory.agreementId);
    return [{ ...common, rule: 'signedWhilePostVacant', restsOn: [left, link], seen, watch }];
  }
  if (side === 'witness' || hasMandate(office, data)) return [];
  return [
    {
      ...common,
      rule: 'signedWithoutMandate',
      restsOn: [link],
      seen: {
        th: `ลงนามแทนเมื่อ ${on.th} โดยอ้าง “${authority ?? 'ไม่ระบุคำสั่ง'}” ซึ่งไม่พบในทะเบียนการมอบอำนาจของส่วนราชการ`,
        en: `Somebody signed for the holder on ${on.en} by “${authority ?? 'no order'}”, which no delegation of the office on record rests on.`,
      },
      watch: watchOfOrder(officeId, authority ?? ''),
    },
  ];
}

/** What the taking effect gives to ask: both days are stated, so it is the same for what a document tells. */
export function findInEffect(memory: AgreementMemory, { event, link }: ToldEvent<AgreementTookEffect>): Finding[] {
  const { effectiveOn } = event.data;
  const { from } = memory.heading.period;
  const days = dayNumberOf(effectiveOn) - dayNumberOf(from);
  if (days <= 0) return [];
  const [on, begins] = [toldDay(effectiveOn), toldDay(from)];
  return [
    {
      rule: 'signedAfterYearBegan',
      subject: [memory.agreementId, link.eventId],
      place: placeIn(memory),
      restsOn: [...memory.signatures.map((each) => each.link), link],
      measures: { days: String(days) },
      seen: {
        th: `คำรับรองเริ่ม ${begins.th} แต่ลงนามครบเมื่อ ${on.th} หลังจากนั้น ${days} วัน`,
        en: `The agreement runs from ${begins.en} and was signed by all on ${on.en}, ${days} days later.`,
      },
      watch: watchOfSignatures(memory.agreementId),
    },
  ];
}

/** An amendment that is to hold from a day long before it was recorded. */
export function findInEffectiveDay(
  memory: AgreementMemory,
  { event, link, day, isTranscribed }: ToldEvent<TargetAmended | WeightAmended>,
): Finding[] {
  const { amendmentId, effectiveFrom, indicatorId } = event.data;
  const days = dayNumberOf(day) - dayNumberOf(effectiveFrom);
  if (isTranscribed || days <= 0) return [];
  const [on, recorded] = [toldDay(effectiveFrom), toldDay(day)];
  return [
    {
      rule: 'recordedLongAfterEffective',
      subject: [memory.agreementId, amendmentId],
      place: placeIn(memory),
      restsOn: [...(memory.amendments.get(amendmentId)?.links ?? []), link],
      measures: { days: String(days) },
      seen: {
        th: `การเปลี่ยนแปลงมีผล ${on.th} แต่บันทึกเมื่อ ${recorded.th} ช้ากว่า ${days} วัน`,
        en: `The change holds from ${on.en} and was recorded on ${recorded.en}, ${days} days later.`,
      },
      watch: event.type === 'TargetAmended' ? watchOfTarget(memory.agreementId, indicatorId, event.data.span) : null,
    },
  ];
}
