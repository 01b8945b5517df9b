/** An inspection zone as it ships with the ledger. */
export interface ReferenceZone {
  /** The identifier under which events of the ledger speak of it, such as `primeMinisterOffice-16`. */
  readonly zoneId: string;
  readonly scheme: 'primeMinisterOffice';
  /** 1 to 18; absent for the central zone. */
  readonly number?: number;
  readonly nameTh: string;
  readonly nameEn: string;
  /** Codes of ISO 3166-2, such as `TH-54`, in their order. */
  readonly provinces: readonly string[];
}

/**
 * The 18 inspection zones of the Prime Minister's Office with their 76 provinces, and the central zone, which is Bangkok.
 * Zones have been cut otherwise before and may be again, and the source of this list does not say since when it holds: where
 * the ledger has events about a zone, they take its place.
 */
export const ZONES: readonly ReferenceZone[] = [
  zone(1, ['TH-14', 'TH-15', 'TH-16', 'TH-17', 'TH-18', 'TH-19']),
  zone(2, ['TH-11', 'TH-12', 'TH-13', 'TH-73']),
  zone(3, ['TH-70', 'TH-71', 'TH-72']),
  zone(4, ['TH-74', 'TH-75', 'TH-76', 'TH-77']),
  zone(5, ['TH-80', 'TH-84', 'TH-86', 'TH-90', 'TH-93']),
  zone(6, ['TH-81', 'TH-82', 'TH-83', 'TH-85', 'TH-91', 'TH-92']),
  zone(7, ['TH-94', 'TH-95', 'TH-96']),
  zone(8, ['TH-20', 'TH-21', 'TH-24']),
  zone(9, ['TH-22', 'TH-23', 'TH-25', 'TH-26', 'TH-27']),
  zone(10, ['TH-38', 'TH-39', 'TH-41', 'TH-42', 'TH-43']),
  zone(11, ['TH-47', 'TH-48', 'TH-49']),
  zone(12, ['TH-40', 'TH-44', 'TH-45', 'TH-46']),
  zone(13, ['TH-30', 'TH-31', 'TH-32', 'TH-36']),
  zone(14, ['TH-33', 'TH-34', 'TH-35', 'TH-37']),
  zone(15, ['TH-50', 'TH-51', 'TH-52', 'TH-58']),
  zone(16, ['TH-54', 'TH-55', 'TH-56', 'TH-57']),
  zone(17, ['TH-53', 'TH-63', 'TH-64', 'TH-65', 'TH-67']),
  zone(18, ['TH-60', 'TH-61', 'TH-62', 'TH-66']),
  {
    zoneId: 'primeMinisterOffice-central',
    scheme: 'primeMinisterOffice',
    nameTh: 'เขตตรวจราชการส่วนกลาง',
    nameEn: 'Central inspection zone',
    provinces: ['TH-10'],
  },
];

function zone(number: number, provinces: readonly string[]): ReferenceZone {
  return {
    zoneId: `primeMinisterOffice-${number}`,
    scheme: 'primeMinisterOffice',
    number,
    nameTh: `เขตตรวจราชการที่ ${number}`,
    nameEn: `Inspection zone ${number}`,
    provinces,
  };
}
