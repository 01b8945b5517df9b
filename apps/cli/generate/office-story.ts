import { AppointHolder, EndHolder, GrantDelegation, RegisterOffice } from '@khamrap/offices';
import { spanOfFiscalYear, type FiscalYear, type IsoDate, type Province } from '@khamrap/kernel';
import { derivedId } from '@khamrap/platform/event-store';
import type { Telling } from './telling';
import { daysAfter } from './calendar';
import { governorOfficeOf, type GeneratedOffice } from './nation';
import { recorder } from './persons';

const SUCCEEDED_SHARE = 0.15;
/** Between one head and the next the post is vacant for so long. */
const VACANT_DAYS = 14;

/** Registers the office of a governor. */
export function noteGovernorOffice({ teller, diary }: Telling, province: Province, on: IsoDate): void {
  const { officeId, nameTh, nameEn } = governorOfficeOf(province);
  const office = { officeId, nameTh, nameEn, kind: 'province' as const, province: province.code };
  diary.note(on, officeId, async (day) => {
    const by = { by: recorder(), on: day, key: `registers ${officeId}` };
    await teller.tell(by, RegisterOffice, undefined, office);
  });
}

/** Registers a provincial office and its first head. */
export function noteOffice(telling: Telling, office: GeneratedOffice, on: IsoDate): void {
  const { officeId, nameTh, nameEn, province } = office;
  telling.diary.note(on, officeId, async (day) => {
    const by = { by: recorder(), on: day, key: `registers ${officeId}` };
    await telling.teller.tell(by, RegisterOffice, undefined, {
      officeId,
      nameTh,
      nameEn,
      kind: 'provincialOffice',
      province: province.code,
      parentOfficeId: governorOfficeOf(province).officeId,
    });
    await appoint(telling, office, day, 'the first');
  });
}

/** Some heads leave at the end of the fiscal year; their agreements bind the office and whoever comes next. */
export function noteSuccession(telling: Telling, office: GeneratedOffice, fiscalYear: FiscalYear): void {
  const { officeId } = office;
  if (!telling.chance.happens(SUCCEEDED_SHARE, 'succession', officeId, fiscalYear)) return;
  const leavesOn = spanOfFiscalYear(fiscalYear).to;
  telling.diary.note(leavesOn, officeId, async (on) => {
    const by = { by: recorder(), on, key: `ends the head of ${officeId} ${fiscalYear}` };
    await telling.teller.tell(by, EndHolder, { officeId }, { on: { day: on }, reason: 'retired' });
  });
  telling.diary.note(daysAfter(leavesOn, VACANT_DAYS), officeId, (on) =>
    appoint(telling, office, on, `of ${fiscalYear + 1}`),
  );
}

/** A vice-governor signs for the governor by a written order, for the year. */
export function noteDelegation({ teller, diary }: Telling, province: Province, fiscalYear: FiscalYear): void {
  const { officeId } = governorOfficeOf(province);
  const { from, to } = spanOfFiscalYear(fiscalYear);
  diary.note(daysAfter(from, -1), officeId, async (on) => {
    const by = { by: recorder(), on, key: `delegates in ${province.code} ${fiscalYear}` };
    await teller.tell(
      by,
      GrantDelegation,
      { officeId },
      {
        personName: 'รองผู้ว่าราชการจังหวัดจำลอง',
        positionTitle: `รองผู้ว่าราชการจังหวัด${province.nameTh}`,
        kind: 'delegated',
        scope: ['agreement.sign'],
        orderReference: delegationOrderOf(province, fiscalYear),
        from: { day: from },
        to,
      },
    );
  });
}

/** The written order of a delegation. */
export function delegationOrderOf({ nameTh }: Province, fiscalYear: FiscalYear): string {
  return `คำสั่งจังหวัด${nameTh} ปีงบประมาณ พ.ศ. ${fiscalYear} (ข้อมูลจำลอง)`;
}

async function appoint({ teller }: Telling, office: GeneratedOffice, on: IsoDate, which: string): Promise<void> {
  const { officeId, nameTh } = office;
  const by = { by: recorder(), on, key: `appoints the head of ${officeId}, ${which}` };
  await teller.tell(
    by,
    AppointHolder,
    { officeId },
    {
      // Whoever succeeds has another name than the one before.
      personName: `ผู้ดำรงตำแหน่งจำลอง ${derivedId('generated holder', officeId, which).slice(0, 8)}`,
      positionTitle: `หัวหน้า${nameTh}`,
      from: { day: on },
    },
  );
}
