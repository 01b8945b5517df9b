/** A province of Thailand; Bangkok, which is none by law, stands among them as its equal. */
export interface Province {
  /** ISO 3166-2, such as `TH-54`. */
  readonly code: string;
  readonly nameTh: string;
  readonly nameEn: string;
}

/**
 * The 76 provinces and Bangkok, by their codes. Codes and English names are those of ISO 3166-2, as Debian's iso-codes
 * lists them, but for Bangkok (there Krung Thep Maha Nakhon); Thai names are the official ones. The special city of
 * Pattaya (TH-S) lies in Chon Buri and is no province.
 */
export const PROVINCES: readonly Province[] = [
  { code: 'TH-10', nameTh: 'กรุงเทพมหานคร', nameEn: 'Bangkok' },
  { code: 'TH-11', nameTh: 'สมุทรปราการ', nameEn: 'Samut Prakan' },
  { code: 'TH-12', nameTh: 'นนทบุรี', nameEn: 'Nonthaburi' },
  { code: 'TH-13', nameTh: 'ปทุมธานี', nameEn: 'Pathum Thani' },
  { code: 'TH-14', nameTh: 'พระนครศรีอยุธยา', nameEn: 'Phra Nakhon Si Ayutthaya' },
  { code: 'TH-15', nameTh: 'อ่างทอง', nameEn: 'Ang Thong' },
  { code: 'TH-16', nameTh: 'ลพบุรี', nameEn: 'Lop Buri' },
  { code: 'TH-17', nameTh: 'สิงห์บุรี', nameEn: 'Sing Buri' },
  { code: 'TH-18', nameTh: 'ชัยนาท', nameEn: 'Chai Nat' },
  { code: 'TH-19', nameTh: 'สระบุรี', nameEn: 'Saraburi' },
  { code: 'TH-20', nameTh: 'ชลบุรี', nameEn: 'Chon Buri' },
  { code: 'TH-21', nameTh: 'ระยอง', nameEn: 'Rayong' },
  { code: 'TH-22', nameTh: 'จันทบุรี', nameEn: 'Chanthaburi' },
  { code: 'TH-23', nameTh: 'ตราด', nameEn: 'Trat' },
  { code: 'TH-24', nameTh: 'ฉะเชิงเทรา', nameEn: 'Chachoengsao' },
  { code: 'TH-25', nameTh: 'ปราจีนบุรี', nameEn: 'Prachin Buri' },
  { code: 'TH-26', nameTh: 'นครนายก', nameEn: 'Nakhon Nayok' },
  { code: 'TH-27', nameTh: 'สระแก้ว', nameEn: 'Sa Kaeo' },
  { code: 'TH-30', nameTh: 'นครราชสีมา', nameEn: 'Nakhon Ratchasima' },
  { code: 'TH-31', nameTh: 'บุรีรัมย์', nameEn: 'Buri Ram' },
  { code: 'TH-32', nameTh: 'สุรินทร์', nameEn: 'Surin' },
  { code: 'TH-33', nameTh: 'ศรีสะเกษ', nameEn: 'Si Sa Ket' },
  { code: 'TH-34', nameTh: 'อุบลราชธานี', nameEn: 'Ubon Ratchathani' },
  { code: 'TH-35', nameTh: 'ยโสธร', nameEn: 'Yasothon' },
  { code: 'TH-36', nameTh: 'ชัยภูมิ', nameEn: 'Chaiyaphum' },
  { code: 'TH-37', nameTh: 'อำนาจเจริญ', nameEn: 'Amnat Charoen' },
  { code: 'TH-38', nameTh: 'บึงกาฬ', nameEn: 'Bueng Kan' },
  { code: 'TH-39', nameTh: 'หนองบัวลำภู', nameEn: 'Nong Bua Lam Phu' },
  { code: 'TH-40', nameTh: 'ขอนแก่น', nameEn: 'Khon Kaen' },
  { code: 'TH-41', nameTh: 'อุดรธานี', nameEn: 'Udon Thani' },
  { code: 'TH-42', nameTh: 'เลย', nameEn: 'Loei' },
  { code: 'TH-43', nameTh: 'หนองคาย', nameEn: 'Nong Khai' },
  { code: 'TH-44', nameTh: 'มหาสารคาม', nameEn: 'Maha Sarakham' },
  { code: 'TH-45', nameTh: 'ร้อยเอ็ด', nameEn: 'Roi Et' },
  { code: 'TH-46', nameTh: 'กาฬสินธุ์', nameEn: 'Kalasin' },
  { code: 'TH-47', nameTh: 'สกลนคร', nameEn: 'Sakon Nakhon' },
  { code: 'TH-48', nameTh: 'นครพนม', nameEn: 'Nakhon Phanom' },
  { code: 'TH-49', nameTh: 'มุกดาหาร', nameEn: 'Mukdahan' },
  { code: 'TH-50', nameTh: 'เชียงใหม่', nameEn: 'Chiang Mai' },
  { code: 'TH-51', nameTh: 'ลำพูน', nameEn: 'Lamphun' },
  { code: 'TH-52', nameTh: 'ลำปาง', nameEn: 'Lampang' },
  { code: 'TH-53', nameTh: 'อุตรดิตถ์', nameEn: 'Uttaradit' },
  { code: 'TH-54', nameTh: 'แพร่', nameEn: 'Phrae' },
  { code: 'TH-55', nameTh: 'น่าน', nameEn: 'Nan' },
  { code: 'TH-56', nameTh: 'พะเยา', nameEn: 'Phayao' },
  { code: 'TH-57', nameTh: 'เชียงราย', nameEn: 'Chiang Rai' },
  { code: 'TH-58', nameTh: 'แม่ฮ่องสอน', nameEn: 'Mae Hong Son' },
  { code: 'TH-60', nameTh: 'นครสวรรค์', nameEn: 'Nakhon Sawan' },
  { code: 'TH-61', nameTh: 'อุทัยธานี', nameEn: 'Uthai Thani' },
  { code: 'TH-62', nameTh: 'กำแพงเพชร', nameEn: 'Kamphaeng Phet' },
  { code: 'TH-63', nameTh: 'ตาก', nameEn: 'Tak' },
  { code: 'TH-64', nameTh: 'สุโขทัย', nameEn: 'Sukhothai' },
  { code: 'TH-65', nameTh: 'พิษณุโลก', nameEn: 'Phitsanulok' },
  { code: 'TH-66', nameTh: 'พิจิตร', nameEn: 'Phichit' },
  { code: 'TH-67', nameTh: 'เพชรบูรณ์', nameEn: 'Phetchabun' },
  { code: 'TH-70', nameTh: 'ราชบุรี', nameEn: 'Ratchaburi' },
  { code: 'TH-71', nameTh: 'กาญจนบุรี', nameEn: 'Kanchanaburi' },
  { code: 'TH-72', nameTh: 'สุพรรณบุรี', nameEn: 'Suphan Buri' },
  { code: 'TH-73', nameTh: 'นครปฐม', nameEn: 'Nakhon Pathom' },
  { code: 'TH-74', nameTh: 'สมุทรสาคร', nameEn: 'Samut Sakhon' },
  { code: 'TH-75', nameTh: 'สมุทรสงคราม', nameEn: 'Samut Songkhram' },
  { code: 'TH-76', nameTh: 'เพชรบุรี', nameEn: 'Phetchaburi' },
  { code: 'TH-77', nameTh: 'ประจวบคีรีขันธ์', nameEn: 'Prachuap Khiri Khan' },
  { code: 'TH-80', nameTh: 'นครศรีธรรมราช', nameEn: 'Nakhon Si Thammarat' },
  { code: 'TH-81', nameTh: 'กระบี่', nameEn: 'Krabi' },
  { code: 'TH-82', nameTh: 'พังงา', nameEn: 'Phangnga' },
  { code: 'TH-83', nameTh: 'ภูเก็ต', nameEn: 'Phuket' },
  { code: 'TH-84', nameTh: 'สุราษฎร์ธานี', nameEn: 'Surat Thani' },
  { code: 'TH-85', nameTh: 'ระนอง', nameEn: 'Ranong' },
  { code: 'TH-86', nameTh: 'ชุมพร', nameEn: 'Chumphon' },
  { code: 'TH-90', nameTh: 'สงขลา', nameEn: 'Songkhla' },
  { code: 'TH-91', nameTh: 'สตูล', nameEn: 'Satun' },
  { code: 'TH-92', nameTh: 'ตรัง', nameEn: 'Trang' },
  { code: 'TH-93', nameTh: 'พัทลุง', nameEn: 'Phatthalung' },
  { code: 'TH-94', nameTh: 'ปัตตานี', nameEn: 'Pattani' },
  { code: 'TH-95', nameTh: 'ยะลา', nameEn: 'Yala' },
  { code: 'TH-96', nameTh: 'นราธิวาส', nameEn: 'Narathiwat' },
];

const CODES: ReadonlySet<string> = new Set(PROVINCES.map(({ code }) => code));

/** Whether there is a province of this code, or Bangkok. */
export function isProvince(code: string): boolean {
  return CODES.has(code);
}
