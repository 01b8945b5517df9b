import type { AnyNarrations, Narration, StatedReason } from '@khamrap/audit/events';
import {
  NOT_STATED,
  toldDay,
  toldFrom,
  toldName,
  type BothLanguages,
  type IsoDate,
  type NotStated,
} from '@khamrap/kernel';
import { toldRole } from '@khamrap/platform/access';
import type { OfficeEvent } from './domain/office.events';
import { officeFacts, type ToldOffice } from './narration.facts';
import { DELEGATIONS, END_REASONS, KINDS, toldScope } from './narration.words';
import { zoneNarration } from './narration.zones';

const office: Narration<ToldOffice, OfficeEvent> = {
  begin: { pastHolders: [], delegations: [], roles: [] },
  evolve: afterEvent,
  facts: officeFacts,
  tells: {
    OfficeRegistered: {
      act: { th: 'ขึ้นทะเบียนหน่วยงาน', en: 'Office registered' },
      sentence: ({ data }) => {
        const [name, kind] = [toldName(data), KINDS[data.kind]];
        return {
          th: `ขึ้นทะเบียน “${name.th}” เป็น${kind.th}`,
          en: `“${name.en}” was registered as a ${kind.en}.`,
        };
      },
    },
    OfficeRenamed: {
      act: { th: 'เปลี่ยนชื่อหน่วยงาน', en: 'Office renamed' },
      sentence: ({ data }) => {
        const [name, from] = [toldName(data), toldFrom(data.from)];
        return {
          th: `หน่วยงานใช้ชื่อ “${name.th}” ${from.th}`,
          en: `The office is named “${name.en}” ${from.en}.`,
        };
      },
      effectiveFrom: ({ from }) => dayOf(from),
      why: ({ basis }) => reasonOf(basis),
    },
    OfficeDissolved: {
      act: { th: 'ยุบหน่วยงาน', en: 'Office dissolved' },
      sentence: ({ data: { on, successorOfficeId } }, _before, names) => {
        const [day, successor] = [
          lastDay(on),
          successorOfficeId === undefined ? undefined : names.office(successorOfficeId),
        ];
        return {
          th: `ยุบหน่วยงาน ${day.th}${successor ? ` โดย${successor.th}รับช่วงภารกิจ` : ''}`,
          en: `The office was dissolved, ${day.en}${successor ? `; ${successor.en} succeeds it` : ''}.`,
        };
      },
      effectiveFrom: ({ on }) => dayOf(on),
      why: ({ basis }) => reasonOf(basis),
    },
    HolderAppointed: {
      act: { th: 'แต่งตั้งผู้ดำรงตำแหน่ง', en: 'Holder appointed' },
      sentence: ({ data: { personName, positionTitle, from, until } }) => {
        const [begun, over] = [toldFrom(from), until === undefined ? undefined : toldDay(until)];
        return {
          th: `${personName} ดำรงตำแหน่ง${positionTitle} ${begun.th}${over ? ` ถึง ${over.th}` : ''}`,
          en: `${personName} holds the post of ${positionTitle} ${begun.en}${over ? ` to ${over.en}` : ''}.`,
        };
      },
      effectiveFrom: ({ from }) => dayOf(from),
      why: ({ orderReference }) => reasonOf(orderReference),
    },
    HolderEnded: {
      act: { th: 'ผู้ดำรงตำแหน่งพ้นจากตำแหน่ง', en: 'Holder left the post' },
      sentence: ({ data: { on, reason } }) => {
        const [day, why] = [lastDay(on), END_REASONS[reason]];
        return {
          th: `ผู้ดำรงตำแหน่งพ้นจากตำแหน่ง ${day.th} (${why.th})`,
          en: `The holder left the post, ${day.en} (${why.en}).`,
        };
      },
      effectiveFrom: ({ on }) => dayOf(on),
    },
    DelegationGranted: {
      act: { th: 'มอบอำนาจ', en: 'Delegation granted' },
      sentence: ({ data: { personName, positionTitle, kind, from, to } }) => {
        const [how, begun, over] = [DELEGATIONS[kind], toldFrom(from), to === undefined ? undefined : toldDay(to)];
        return {
          th: `ให้${personName} ${positionTitle} ${how.th} ${begun.th}${over ? ` ถึง ${over.th}` : ''}`,
          en: `${personName}, ${positionTitle}, acts ${how.en} ${begun.en}${over ? ` to ${over.en}` : ''}.`,
        };
      },
      effectiveFrom: ({ from }) => dayOf(from),
      why: ({ orderReference }) => reasonOf(orderReference),
    },
    DelegationEnded: {
      act: { th: 'สิ้นสุดการมอบอำนาจ', en: 'Delegation ended' },
      // Whose it was, not everybody may be told who is told this.
      sentence: ({ data: { delegationId, on } }) => {
        const day = lastDay(on);
        return {
          th: `การมอบอำนาจ ${delegationId} สิ้นสุด ${day.th}`,
          en: `Delegation ${delegationId} ended, ${day.en}.`,
        };
      },
      effectiveFrom: ({ on }) => dayOf(on),
      why: ({ reason }) => reasonOf(reason),
    },
    RoleGranted: {
      act: { th: 'ให้บทบาท', en: 'Role granted' },
      sentence: ({ data: { role, scope, from, to } }, _before, names) => {
        const [what, where, begun] = [toldRole(role), toldScope(scope, names), toldFrom(from)];
        const over = to === undefined ? undefined : toldDay(to);
        return {
          th: `ให้บทบาท${what.th} ในขอบเขต${where.th} ${begun.th}${over ? ` ถึง ${over.th}` : ''}`,
          en: `The role of ${what.en} was granted for ${where.en}, ${begun.en}${over ? ` to ${over.en}` : ''}.`,
        };
      },
      effectiveFrom: ({ from }) => from,
      why: ({ reason }) => reasonOf(reason),
    },
    RoleEnded: {
      act: { th: 'สิ้นสุดบทบาท', en: 'Role ended' },
      sentence: ({ data: { grantId, on } }, { roles }, names) => {
        const [grant, day] = [roles.find((each) => each.grantId === grantId), toldDay(on)];
        const [what, where] = grant ? [toldRole(grant.role), toldScope(grant.scope, names)] : [];
        return {
          th: `บทบาท${what && where ? `${what.th} ในขอบเขต${where.th}` : ` ${grantId}`} สิ้นสุดเมื่อวันที่ ${day.th}`,
          en: `The role ${what && where ? `of ${what.en} for ${where.en}` : grantId} ended on ${day.en}.`,
        };
      },
      effectiveFrom: ({ on }) => on,
      why: ({ reason }) => reasonOf(reason),
    },
  },
};

function afterEvent(state: ToldOffice, event: OfficeEvent): ToldOffice {
  switch (event.type) {
    case 'OfficeRegistered':
      return { ...state, registered: event.data };
    case 'OfficeRenamed':
      return { ...state, naming: event.data };
    case 'OfficeDissolved':
      return { ...state, dissolved: event.data };
    case 'HolderAppointed':
      return event.data.until === undefined
        ? { ...state, holder: event.data }
        : { ...state, pastHolders: [...state.pastHolders, event.data] };
    case 'HolderEnded': {
      const { holder: _left, ...rest } = state;
      return rest;
    }
    case 'DelegationGranted':
      return { ...state, delegations: [...state.delegations, event.data] };
    case 'DelegationEnded':
      return {
        ...state,
        delegations: state.delegations.filter(({ delegationId }) => delegationId !== event.data.delegationId),
      };
    case 'RoleGranted':
      return { ...state, roles: [...state.roles, event.data] };
    case 'RoleEnded':
      return { ...state, roles: state.roles.filter(({ grantId }) => grantId !== event.data.grantId) };
  }
}

function lastDay(on: IsoDate | NotStated): BothLanguages {
  if (on === NOT_STATED) return { th: 'โดยไม่ระบุวันสุดท้าย', en: 'on a last day that is not stated' };
  const day = toldDay(on);
  return { th: `วันสุดท้ายคือวันที่ ${day.th}`, en: `the last day being ${day.en}` };
}

function dayOf(day: IsoDate | NotStated): IsoDate | undefined {
  return day === NOT_STATED ? undefined : day;
}

function reasonOf(text: string | undefined): StatedReason | undefined {
  return text === undefined ? undefined : { text };
}

/** How offices and inspection zones are told. */
export const officeNarrations = { office, zone: zoneNarration } satisfies AnyNarrations;
