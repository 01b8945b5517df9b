import { isProvince, PROVINCES } from './provinces';
import { ZONES } from './zones';

const codes = PROVINCES.map(({ code }) => code);
const provincesOf = (zoneId: string) => ZONES.find((zone) => zone.zoneId === zoneId)?.provinces;
const namesOf = (zoneId: string) =>
  provincesOf(zoneId)?.map((code) => PROVINCES.find((province) => province.code === code)?.nameTh);

test('there are 77 provinces with Bangkok, each with a code of ISO 3166-2 and names of its own, in the order of codes', () => {
  expect(codes).toHaveLength(77);
  expect(codes.filter((code) => !/^TH-\d\d$/.test(code))).toEqual([]);
  expect(codes).toEqual([...new Set(codes)].toSorted());
  for (const name of ['nameTh', 'nameEn'] as const)
    expect(new Set(PROVINCES.map((province) => province[name])).size).toBe(77);
  expect(PROVINCES.filter(({ nameTh, nameEn }) => !/^[ก-๎]+$/.test(nameTh) || !/^[A-Za-z ]+$/.test(nameEn))).toEqual([]);
});

test.each([
  ['TH-10', 'กรุงเทพมหานคร', 'Bangkok'],
  ['TH-14', 'พระนครศรีอยุธยา', 'Phra Nakhon Si Ayutthaya'],
  ['TH-38', 'บึงกาฬ', 'Bueng Kan'],
  ['TH-54', 'แพร่', 'Phrae'],
])('%s is %s, %s', (code, nameTh, nameEn) => {
  expect(PROVINCES).toContainEqual({ code, nameTh, nameEn });
});

test('a code that looks like one is no province', () => {
  expect(codes.every(isProvince)).toBe(true);
  for (const code of ['TH-28', 'TH-99', 'TH-S', 'th-54', '54', ''])
    expect([code, isProvince(code)]).toEqual([code, false]);
});

test('18 zones hold the 76 provinces, each once, and the central zone holds Bangkok', () => {
  const numbered = ZONES.filter(({ number }) => number !== undefined);
  expect(numbered.map(({ number }) => number)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
  const held = numbered.flatMap(({ provinces }) => provinces);
  expect(held.toSorted()).toEqual(codes.filter((code) => code !== 'TH-10'));
  expect(provincesOf('primeMinisterOffice-central')).toEqual(['TH-10']);
  expect(ZONES).toHaveLength(19);
  expect(new Set(ZONES.map(({ zoneId }) => zoneId)).size).toBe(19);
});

test.each([
  ['primeMinisterOffice-5', ['นครศรีธรรมราช', 'สุราษฎร์ธานี', 'ชุมพร', 'สงขลา', 'พัทลุง']],
  ['primeMinisterOffice-16', ['แพร่', 'น่าน', 'พะเยา', 'เชียงราย']],
])('%s holds the provinces that documents name', (zoneId, names) => {
  expect(namesOf(zoneId)).toEqual(names);
});
