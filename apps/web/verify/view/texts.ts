export type Language = 'th' | 'en';
export type Text = Readonly<Record<Language, string>>;

/** What the page itself says; what it has found is said by the verifier. */
export const TEXTS = {
  pageTitle: { th: 'ตรวจสอบสมุดบันทึก · คำรับรอง', en: 'Check the log · Khamrap' },
  // With a joiner where a line must not break, which no dictionary of a browser knows.
  title: { th: 'ตรวจสอบสมุด\u2060บันทึกด้วยตนเอง', en: 'Check the log yourself' },
  lead: {
    th: 'ใครก็ตรวจได้ว่าไม่มีเหตุการณ์ใดในสมุดบันทึกถูกแก้ ตัดออก แทรก หรือลงเวลาย้อนหลัง โดยไม่ต้องเชื่อเซิร์ฟเวอร์ ผู้ดูแลระบบ หรือผู้ดูแลฐานข้อมูล',
    en: 'Anybody can check that no event of the log was altered, removed, inserted or back-dated, without believing the server, its operator or the administrator of its database.',
  },

  fileTitle: { th: 'ตรวจไฟล์ที่ได้รับ', en: 'Check a file' },
  fileHint: {
    th: 'ชุดข้อมูล (.zip) ของคำรับรอง สำนักงาน หรือสมุดบันทึกทั้งฉบับ หรือใบรับของเหตุการณ์ (.json หรือ .tlog-proof)',
    en: 'A bundle (.zip) of an agreement, an office-year or the whole log, or the receipt of an event (.json or .tlog-proof).',
  },
  fileLabel: { th: 'เลือกไฟล์', en: 'Choose a file' },
  dropHint: { th: 'หรือลากไฟล์มาวางในกรอบนี้', en: 'Or drop the file into this frame.' },

  liveTitle: { th: 'ตรวจเซิร์ฟเวอร์นี้', en: 'Check this server' },
  liveHint: {
    th: 'อ่านสมุดบันทึกทุกรายการตั้งแต่ต้นจนถึงรายการล่าสุด แล้วคำนวณค่าแฮชใหม่ทั้งหมดในเครื่องของท่าน',
    en: 'Reads every entry of the log, from the first to the newest, and computes all hashes anew on your machine.',
  },
  liveButton: { th: 'ตรวจทั้งสมุดบันทึก', en: 'Check the whole log' },

  heldTitle: { th: 'สิ่งที่ท่านถือไว้ (ถ้ามี)', en: 'What you hold (if anything)' },
  heldLead: {
    th: 'ผลตรวจจะหนักแน่นขึ้นเมื่อเทียบกับสิ่งที่ได้มาทางอื่น ไม่ใช่จากไฟล์หรือเซิร์ฟเวอร์ที่กำลังตรวจ',
    en: 'The answer is stronger when it is compared with what came to you another way than the file or server that is checked.',
  },
  keysLabel: { th: 'กุญแจของสมุดบันทึก (vkey)', en: 'Keys of the log (vkeys)' },
  keysHint: {
    th: 'บรรทัดละหนึ่งกุญแจ เช่น จากประกาศหรือเว็บไซต์ทางการ',
    en: 'One a line, for example from the gazette or an official website.',
  },
  policyLabel: { th: 'นโยบายพยาน (tlog-policy)', en: 'Policy of witnesses (tlog-policy)' },
  policyHint: {
    th: 'สมุดบันทึก พยาน และจำนวนพยานที่ท่านต้องการ',
    en: 'The log, its witnesses, and how many of them you ask for.',
  },
  checkpointLabel: { th: 'หัวบันทึก (checkpoint) ที่เก็บไว้ก่อน', en: 'A checkpoint kept from before' },
  checkpointHint: {
    th: 'ข้อความทั้งหมดรวมบรรทัดลายมือชื่อ',
    en: 'The whole text with the lines of its signatures.',
  },
  mistake: {
    th: 'อ่านไม่ได้ ให้ตรวจว่าคัดลอกมาครบ หรือลบออก แล้วตรวจอีกครั้ง',
    en: 'This cannot be read. See that all of it was copied, or remove it, and check again.',
  },
  againButton: { th: 'ตรวจอีกครั้งโดยเทียบกับสิ่งเหล่านี้', en: 'Check again with these' },

  workingTitle: { th: 'กำลังตรวจ', en: 'Checking' },
  workingFound: { th: 'ตรวจแล้ว {done} จาก {total}', en: '{done} of {total} done' },
  workingOpen: { th: 'กำลังอ่าน', en: 'Reading' },
  cancelButton: { th: 'ยกเลิก', en: 'Cancel' },
  cancelled: { th: 'ยกเลิกการตรวจแล้ว', en: 'The check was cancelled.' },

  verified: { th: 'ตรวจแล้ว ถูกต้อง', en: 'Verified' },
  broken: { th: 'ไม่ถูกต้อง', en: 'Not as it should be' },
  unchecked: { th: 'ตรวจไม่ได้ครบ', en: 'Could not be checked' },
  verifiedMeans: {
    th: 'ทุกส่วนที่ตรวจเป็นไปตามที่สมุดบันทึกรับรองไว้',
    en: 'Everything that was checked is as the log vouches for it.',
  },
  brokenMeans: {
    th: 'มีส่วนที่ไม่ตรงกับที่สมุดบันทึกรับรองไว้ ให้เก็บไฟล์นี้ไว้เป็นหลักฐาน',
    en: 'Something is not as the log vouches for it. Keep what you have checked: it is evidence.',
  },
  uncheckedMeans: {
    th: 'ส่วนที่จำเป็นตรวจไม่ได้ จึงบอกไม่ได้ว่าถูกต้องหรือไม่',
    en: 'Something that is needed could not be checked, so nothing can be said either way.',
  },

  findingsTitle: { th: 'สิ่งที่ไม่ถูกต้อง', en: 'What is not as it should be' },
  uncheckedTitle: { th: 'สิ่งที่ตรวจไม่ได้', en: 'What could not be checked' },
  checkedTitle: { th: 'สิ่งที่ตรวจแล้ว', en: 'What was checked' },
  limitsTitle: { th: 'สิ่งที่ผลนี้ไม่ได้พิสูจน์', en: 'What this does not prove' },
  keysTitle: { th: 'ตรวจด้วยกุญแจของ', en: 'By whose keys' },
  keysOfHolder: { th: 'กุญแจที่ท่านถือไว้', en: 'Keys that you hold' },
  keysOfSource: { th: 'กุญแจที่มากับสิ่งที่ตรวจ', en: 'Keys that came with what was checked' },
  position: { th: 'ลำดับที่', en: 'Position' },

  subject: { th: 'สิ่งที่ตรวจ', en: 'Checked' },
  subjectLive: { th: 'สมุดบันทึกของเซิร์ฟเวอร์นี้', en: 'The log of this server' },
  origin: { th: 'สมุดบันทึก', en: 'Log' },
  size: { th: 'ขนาด', en: 'Size' },
  sizeEvents: { th: '{count} เหตุการณ์', en: '{count} events' },
  checkedAt: { th: 'ตรวจเมื่อ', en: 'Checked on' },
  took: { th: 'ใช้เวลา', en: 'Took' },
  seconds: { th: '{count} วินาที', en: '{count} s' },
  checkpointTitle: { th: 'หัวบันทึกที่ตรวจ (เก็บไว้เทียบครั้งหน้า)', en: 'The checkpoint (keep it to compare next time)' },
  printButton: { th: 'พิมพ์ผลตรวจ', en: 'Print the result' },

  failedTitle: { th: 'โปรแกรมตรวจขัดข้อง', en: 'The program that checks has failed' },

  notesTitle: { th: 'หน้านี้ทำงานอย่างไร', en: 'How this page works' },
  noteLocal: {
    th: 'การตรวจทั้งหมดเกิดในเครื่องของท่าน ไฟล์ที่เลือกไม่ถูกส่งออกไปที่ใด',
    en: 'All checking happens on your machine. The file that you choose is sent nowhere.',
  },
  noteKeys: {
    th: 'กุญแจที่มากับไฟล์แสดงเพียงว่าทุกส่วนสอดคล้องกัน การรู้ว่าใครลงลายมือชื่อต้องใช้กุญแจที่ได้มาทางอื่น',
    en: 'Keys that come with a file only show that its parts fit together. Who has signed is known by keys that you got another way.',
  },
  notePage: {
    th: 'หากไม่เชื่อหน้าที่เซิร์ฟเวอร์นี้ส่งมา ให้ใช้ไฟล์ verify.html ที่ได้จากที่อื่นโดยไม่ต้องต่อเครือข่าย หรือใช้คำสั่ง khamrap verify',
    en: 'If you do not believe a page that the server sends, use a verify.html from elsewhere, without a network, or the command khamrap verify.',
  },
  takeAway: {
    th: 'ดาวน์โหลดหน้านี้เป็นไฟล์เดียว (ใช้ได้โดยไม่ต้องต่อเครือข่าย)',
    en: 'Download this page as one file (works without a network)',
  },
} as const satisfies Record<string, Text>;

export type TextName = keyof typeof TEXTS;

/** A text of the page, with {names} filled in. */
export function textIn(language: Language, name: TextName, values: Readonly<Record<string, string>> = {}): string {
  const text: string = TEXTS[name][language];
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}
