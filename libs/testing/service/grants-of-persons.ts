import { grant, GrantReader, type Grant, type Identity } from '@khamrap/platform/access';

const PHRAE_CDD = { kind: 'office', office: 'phrae-cdd', province: 'TH-54' } as const;
const PHRAE = { kind: 'province', province: 'TH-54' } as const;
const NATION = { kind: 'nation' } as const;

const GRANTS: ReadonlyMap<string, readonly Grant[]> = new Map([
  ['governor-of-phrae', [grant('governor', PHRAE)]],
  ['performance-unit-of-phrae', [grant('performanceUnit', PHRAE)]],
  ['head-of-phrae-cdd', [grant('officeHead', PHRAE_CDD)]],
  ['keeper-of-phrae-cdd', [grant('keeper', PHRAE_CDD)]],
  ['supervisor-of-phrae-cdd', [grant('supervisor', PHRAE_CDD)]],
  ['recorder', [grant('recorder', NATION)]],
  ['dashboard', [grant('dashboard', NATION)]],
  ['administrator', [grant('administrator', NATION)]],
  [
    'inspector-zone-16',
    [
      grant('inspector', {
        kind: 'zone',
        zone: 'primeMinisterOffice-16',
        provinces: ['TH-57', 'TH-55', 'TH-56', 'TH-54'],
      }),
    ],
  ],
]);

/**
 * The roles of the persons of the demonstration, for a part of the program that has no offices to keep them: in the whole
 * program they are in the ledger.
 */
export class GrantsOfPersons extends GrantReader {
  override grantsOf({ subject }: Identity): readonly Grant[] {
    return GRANTS.get(subject) ?? [];
  }
}
