import type { Fact, Names } from '@khamrap/audit/events';
import { toldAlike, toldDay, toldName, toldProvince, type BothLanguages, type Json } from '@khamrap/kernel';
import { toldRole } from '@khamrap/platform/access';
import type {
  DelegationGranted,
  HolderAppointed,
  OfficeDissolved,
  OfficeRegistered,
  OfficeRenamed,
  RoleGranted,
} from './domain/office.events';
import { DELEGATIONS, KINDS, toldScope } from './narration.words';

/** What is told of an office. */
export interface ToldOffice {
  readonly registered?: OfficeRegistered['data'];
  readonly naming?: OfficeRenamed['data'];
  readonly dissolved?: OfficeDissolved['data'];
  /** Absent while nobody holds the post. */
  readonly holder?: HolderAppointed['data'];
  /** Whose time was over when it was recorded. */
  readonly pastHolders: readonly HolderAppointed['data'][];
  /** Those that were not ended. */
  readonly delegations: readonly DelegationGranted['data'][];
  readonly roles: readonly RoleGranted['data'][];
}

type FactOfOffice = readonly [key: Fact['key'], label: BothLanguages, value: Json | undefined, shown: BothLanguages];

/** What stands of an office: what it is, who holds the post, who acts, who may do what in this ledger. */
export function officeFacts(state: ToldOffice, names: Names): readonly Fact[] {
  return [...whatItIs(state, names), ...whoActs(state, names)].flatMap(([key, label, value, shown]) =>
    value === undefined ? [] : [{ key, label, value, shown }],
  );
}

function whatItIs({ registered, naming, dissolved }: ToldOffice, names: Names): readonly FactOfOffice[] {
  const named = naming ?? registered;
  if (!registered || !named) return [];
  const { kind, province, parentOfficeId, area, contact } = registered;
  const { nameTh, nameEn } = named;
  return [
    [
      ['name'],
      { th: 'ชื่อหน่วยงาน', en: 'Name of the office' },
      { nameTh, ...(nameEn !== undefined && { nameEn }) },
      toldName(named),
    ],
    [['kind'], { th: 'ประเภท', en: 'Kind' }, kind, KINDS[kind]],
    [['province'], { th: 'จังหวัด', en: 'Province' }, province, toldProvince(province ?? '')],
    [['parent'], { th: 'หน่วยงานต้นสังกัด', en: 'Parent office' }, parentOfficeId, names.office(parentOfficeId ?? '')],
    [['area'], { th: 'พื้นที่', en: 'Area' }, area, toldAlike(area ?? '')],
    [
      ['contact'],
      { th: 'ช่องทางติดต่อ', en: 'Contact' },
      contact,
      toldAlike([contact?.telephone, contact?.email].filter((each) => each !== undefined).join(', ')),
    ],
    [
      ['dissolvedOn'],
      { th: 'วันสุดท้ายของหน่วยงาน', en: 'Last day of the office' },
      dissolved?.on,
      dissolved ? toldDay(dissolved.on) : toldAlike(''),
    ],
  ];
}

function whoActs({ holder, pastHolders, delegations, roles }: ToldOffice, names: Names): readonly FactOfOffice[] {
  return [
    ...(holder ? [factOfHolder(['holder'], { th: 'ผู้ดำรงตำแหน่ง', en: 'Holder of the post' }, holder)] : []),
    ...pastHolders.map((each) =>
      factOfHolder(
        ['pastHolder', each.from, each.personName],
        { th: 'ผู้เคยดำรงตำแหน่ง', en: 'Former holder of the post' },
        each,
      ),
    ),
    ...delegations.map(({ delegationId, personName, positionTitle, kind, scope, from, to }): FactOfOffice => {
      const how = DELEGATIONS[kind];
      return [
        ['delegation', delegationId],
        { th: `การมอบอำนาจ ${delegationId}`, en: `Delegation ${delegationId}` },
        { personName, positionTitle, kind, scope, from, ...(to !== undefined && { to }) },
        { th: `${personName} ${positionTitle} ${how.th}`, en: `${personName}, ${positionTitle}, ${how.en}` },
      ];
    }),
    ...roles.map(({ grantId, grantee, role, scope, from, to }): FactOfOffice => {
      const [what, where] = [toldRole(role), toldScope(scope, names)];
      return [
        ['role', grantId],
        { th: `บทบาท ${grantId}`, en: `Role ${grantId}` },
        { grantee, role, scope, from, ...(to !== undefined && { to }) },
        { th: `${what.th} ในขอบเขต${where.th}`, en: `${what.en} for ${where.en}` },
      ];
    }),
  ];
}

function factOfHolder(key: Fact['key'], label: BothLanguages, data: HolderAppointed['data']): FactOfOffice {
  const { personName, positionTitle, from, until } = data;
  const [begun, over] = [toldDay(from), until === undefined ? undefined : toldDay(until)];
  return [
    key,
    label,
    { personName, positionTitle, from, ...(until !== undefined && { until }) },
    {
      th: `${personName} ${positionTitle} (${begun.th} – ${over?.th ?? ''})`,
      en: `${personName}, ${positionTitle} (${begun.en} – ${over?.en ?? ''})`,
    },
  ];
}
