import { BROKEN } from './broken-sentences';
import { checked, limit, unchecked, type Sentence } from './sentence';

/** Every sentence that a verifier can say, in both languages; {position} and {subject} are filled in. */
export const CATALOGUE = {
  // What was looked at and is as it should be
  signedByKey: checked(
    'หัวบันทึก (checkpoint) ลงลายมือชื่อด้วยกุญแจ {subject}',
    'The checkpoint is signed by the key {subject}.',
  ),
  entriesChecked: checked(
    'ตรวจเหตุการณ์ในสมุดบันทึกแล้ว {subject} รายการ ครบทุกลำดับ ต่อเนื่องกัน และประกอบเป็นรากที่ลงลายมือชื่อไว้',
    '{subject} events of the log were checked: none is missing, each continues the ones before it, and together they make the signed root.',
  ),
  entriesAddedChecked: checked(
    'ตรวจเฉพาะส่วนที่เพิ่มจากการตรวจครั้งก่อน: {subject} รายการ และส่วนก่อนหน้ายังเป็นชุดเดิม',
    'Since the last check {subject} events were added and checked; what was there before is still the same.',
  ),
  tilesChecked: checked(
    'ตรวจไทล์ของค่าแฮชที่ให้บริการแล้ว {subject} ไทล์ ทุกระดับ',
    '{subject} served tiles of hashes were checked, at every level.',
  ),
  eventIncluded: checked(
    'เหตุการณ์ลำดับที่ {position} อยู่ในสมุดบันทึกตามหัวบันทึกที่ลงลายมือชื่อ',
    'The event at position {position} stands in the log of the signed checkpoint.',
  ),
  eventsIncluded: checked(
    'เหตุการณ์ทั้ง {subject} รายการในชุดนี้อยู่ในสมุดบันทึกตามหัวบันทึกที่ลงลายมือชื่อ',
    'All {subject} events of this bundle stand in the log of the signed checkpoint.',
  ),
  bodiesChecked: checked(
    'เนื้อหาที่เปิดเผย {subject} รายการตรงกับที่บันทึกไว้',
    '{subject} disclosed events are the ones that were recorded.',
  ),
  privateValuesChecked: checked(
    'ค่าส่วนบุคคลที่เปิดให้ผู้มีสิทธิ {subject} ค่าตรงกับที่บันทึกไว้',
    '{subject} private values that the holder may see are the ones that were recorded.',
  ),
  streamComplete: checked(
    'สาย {subject} ครบทุกรายการตั้งแต่รายการแรกถึงรายการสุดท้ายในชุดนี้ (ลำดับที่ {position})',
    'The stream {subject} is complete from its first event to its last one here (position {position}).',
  ),
  nothingAfter: checked(
    'ณ เวลาที่สมุดบันทึกจดปลายสายไว้ (ลำดับที่ {position}) สาย {subject} ไม่มีรายการต่อจากที่อยู่ในชุดนี้',
    'When the log recorded the heads of its streams (position {position}), the stream {subject} had nothing after what is here.',
  ),
  consistentWith: checked(
    'ตรงกับหัวบันทึกที่ผู้ตรวจเก็บไว้ก่อนแล้ว (ขนาด {subject}): ไม่มีรายการใดในส่วนนั้นถูกแก้ ตัด หรือแทรก',
    'It continues the checkpoint that the holder kept (size {subject}): nothing in that part was altered, removed or inserted.',
  ),
  keptCheckpointsChecked: checked(
    'หัวบันทึกเก่าที่เก็บไว้ {subject} หัวเป็นส่วนต้นของสมุดบันทึกนี้',
    '{subject} kept checkpoints are beginnings of this log.',
  ),
  witnessedBy: checked(
    'พยานที่ลงลายมือชื่อร่วมครบองค์ตามนโยบาย: {subject}',
    'Enough witnesses of the policy have cosigned: {subject}.',
  ),
  timesChecked: checked(
    'เวลาที่บันทึกของ {subject} รายการอยู่ระหว่างเวลาของพยานก่อนหน้าและถัดไป (ภายในความคลาดเคลื่อนที่ยอมให้)',
    'The recorded times of {subject} events lie between those of the witnesses before and after them (within the allowed skew).',
  ),
  seenInTime: checked(
    'พยานเห็นสมุดบันทึกซึ่งมีรายการลำดับที่ {position} แล้วไม่ก่อนเวลาที่บันทึกของรายการ',
    'Witnesses saw the log with the event at position {position} no earlier than it says that it was recorded.',
  ),
  evidenceChecked: checked(
    'ไฟล์หลักฐาน {subject} ไฟล์ตรงกับค่าแฮชที่ระบุในชุดนี้',
    '{subject} files of evidence have the hashes that the bundle lists.',
  ),
  filesChecked: checked(
    'ไฟล์ในชุด {subject} ไฟล์ตรงกับบัญชีของชุด',
    '{subject} files of the bundle are the ones in its list.',
  ),
  moreOfTheSame: checked('และอีก {subject} ข้อในทำนองเดียวกัน', 'And {subject} more of the same kind.'),

  ...BROKEN,

  // What had to be looked at and could not be
  unreachable: unchecked('อ่าน {subject} ไม่ได้', '{subject} could not be read.'),
  noTrustedSignature: unchecked(
    'หัวบันทึก {subject} ไม่มีลายมือชื่อของกุญแจที่ผู้ตรวจเชื่อถือ',
    'The checkpoint {subject} is not signed by any key that the holder trusts.',
  ),
  quorumNotReached: unchecked(
    'หัวบันทึก {subject} ยังไม่มีพยานลงลายมือชื่อร่วมครบองค์ตามนโยบายที่ผู้ตรวจให้มา',
    'The checkpoint {subject} is not cosigned by as many witnesses as the policy of the holder asks for.',
  ),
  leafMissing: unchecked(
    'มีหลักฐานของลำดับที่ {position} แต่ไม่มีตัวรายการ จึงตรวจไม่ได้ว่าเป็นหลักฐานของสิ่งใด',
    'There is a proof for position {position} and not the entry itself, so what it proves cannot be told.',
  ),
  bodiesUnavailable: unchecked(
    'อ่านเนื้อหาที่เปิดเผยไม่ได้ ({subject})',
    'The disclosed bodies could not be read ({subject}).',
  ),
  nothingToCompareWith: unchecked(
    'ไม่มีเซิร์ฟเวอร์ ชุดข้อมูล หรือโฟลเดอร์ให้เทียบหัวบันทึกทั้งสองที่มีขนาดต่างกัน',
    'Two checkpoints of different sizes cannot be compared without a server or a folder of the log.',
  ),
  sourceUnfit: unchecked(
    'เซิร์ฟเวอร์หรือโฟลเดอร์ที่ใช้เทียบไม่มีสมุดบันทึกของหัวบันทึกที่ใหญ่กว่า จึงเทียบกับขนาด {subject} ไม่ได้',
    'The server or folder does not have the log of the larger checkpoint, so it cannot be compared with the size {subject}.',
  ),
  epochsDiffer: unchecked(
    'หัวบันทึกที่เก็บไว้ (ขนาด {subject}) เป็นของยุคก่อน และสมุดบันทึกยุคนี้ไม่ได้ต่อจากหัวบันทึกนั้น: ให้อ่านเหตุการณ์ LogEpochOpened ว่าด้วยเหตุใด',
    'The checkpoint that was kept (size {subject}) is of an earlier epoch, which the log of this epoch does not continue: the event LogEpochOpened has to say why.',
  ),
  bundleUnknown: unchecked('ไม่รู้จักชุดข้อมูลแบบนี้ ({subject})', 'This kind of bundle is not known ({subject}).'),
  moreUnchecked: unchecked('และอีก {subject} ข้อในทำนองเดียวกัน', 'And {subject} more of the same kind.'),

  // What is not proved, however good all of it is
  keyFromSource: limit(
    'กุญแจมาจากสิ่งที่ตรวจเอง: แสดงเพียงว่าทุกส่วนสอดคล้องกัน ไม่ได้แสดงว่าใครเป็นผู้จัดทำ ให้ขอกุญแจจากทางอื่น (ประกาศ เว็บไซต์ทางการ) แล้วตรวจใหม่ด้วยกุญแจนั้น',
    'The key comes from the very thing that was checked: its parts fit each other, and who made it is not shown. Get the key another way (gazette, official website) and check again with that one.',
  ),
  noWitness: limit(
    'ไม่มีพยานภายนอก: ผู้ที่ถือทั้งกุญแจและฐานข้อมูลอาจสร้างทั้งหมดนี้ขึ้นใหม่ได้ เว้นแต่จะเทียบกับหัวบันทึกหรือใบรับที่เก็บไว้ก่อน',
    'No outside witness: whoever holds the key and the database could have made all of this anew, but for what is compared with a checkpoint or receipt kept from before.',
  ),
  nothingHeld: limit(
    'ไม่มีหัวบันทึกหรือใบรับที่เก็บไว้ก่อนให้เทียบ: หากเคยแสดงอดีตอีกฉบับแก่ผู้อื่น การตรวจนี้ไม่เห็น',
    'Nothing kept from before was compared: a different past shown to somebody else would not be noticed.',
  ),
  bodiesNotChecked: limit(
    'ไม่ได้ตรวจเนื้อหาของเหตุการณ์ ตรวจเพียงข้อผูกพัน (ค่าแฮช) ของเนื้อหา',
    'What the events say was not looked at, only what commits to it (hashes).',
  ),
  bodiesUndisclosed: limit(
    'เนื้อหาของ {subject} รายการไม่ได้เปิดเผยแก่ผู้ตรวจ จึงเห็นเพียงข้อผูกพัน (ค่าแฮช)',
    'The bodies of {subject} events are not disclosed to the holder; only what commits to them (hashes) was seen.',
  ),
  timesUnwitnessed: limit(
    'เวลาที่บันทึกเป็นคำของผู้ดูแลระบบ: ไม่มีเวลาของพยานให้เทียบ',
    'The recorded times are the word of the operator: no witness has stated a time to compare them with.',
  ),
  timesOpen: limit(
    'ตั้งแต่ลำดับที่ {position} ยังไม่มีเวลาของพยานที่ปิดท้าย: เวลาที่บันทึกอาจช้ากว่าความจริงได้',
    'From position {position} on no witness has seen the log yet: how late those events really were recorded is not shown.',
  ),
  clockSimulated: limit(
    'สมุดบันทึกนี้ใช้นาฬิกาจำลอง: เวลาที่บันทึกไม่ใช่เวลาจริง',
    'This log has a simulated clock: its recorded times are not real ones.',
  ),
  epochOpened: limit(
    'ผู้ดูแลระบบเปิดยุคใหม่ของสมุดบันทึก ({subject}): ไม่ได้ต่อจากที่เคยลงลายมือชื่อไว้ ให้อ่านเหตุการณ์ LogEpochOpened ว่าด้วยเหตุใด',
    'The operator has opened a new epoch of the log ({subject}): it does not continue what was signed before. The event LogEpochOpened says why.',
  ),
  keyHistoryNotChecked: limit(
    'ไม่มีช่วงเวลาที่กุญแจมีผลใช้ให้ตรวจ (keys.json)',
    'There is no record of when the keys were valid (keys.json), so that was not checked.',
  ),
  nothingAfterUnknown: limit(
    'ไม่มีหลักฐานว่าสาย {subject} ไม่มีรายการต่อจากที่อยู่ในชุดนี้',
    'That the stream {subject} has nothing after what is here is not shown.',
  ),
  subjectUnknown: limit(
    'ไม่มีเนื้อหาที่เปิดเผยให้เห็นว่าชุดนี้เป็นเรื่อง {subject} จริง',
    'Nothing that is disclosed shows that this bundle is about {subject}.',
  ),
  streamSubjectUnknown: limit(
    'ไม่มีเนื้อหาที่เปิดเผยให้เห็นว่าสาย {subject} เป็นเรื่องของสำนักงานและปีของชุดนี้',
    'Nothing that is disclosed shows that the stream {subject} is of the office and the year of this bundle.',
  ),
  streamUnnamed: limit(
    'ชุดนี้มีบางรายการของสาย {subject} ซึ่งไม่มีเนื้อหาที่เปิดเผยให้เห็นว่าเป็นสายใด จึงไม่ได้แสดงว่าสายนั้นครบ',
    'Some events of the stream {subject} are here, and nothing that is disclosed shows which stream it is; that it is complete is not shown.',
  ),
  receiptNotHere: limit(
    'ชุดนี้ไม่มีรายการของใบรับ (ลำดับที่ {position}) จึงไม่ได้เทียบ',
    'The event of the receipt (position {position}) is not in this bundle, so it was not compared.',
  ),
  selectionNotShown: limit(
    'ชุดนี้แสดงว่าสิ่งที่อยู่ในชุดถูกต้อง ไม่ได้แสดงว่าไม่มีคำรับรองอื่นของสำนักงานในปีนั้น',
    'What is in this bundle is shown to be right; that the office has no other agreement of that year is not.',
  ),
  evidenceNotHeld: limit(
    'มีหลักฐาน {subject} ไฟล์ที่ระบุเพียงค่าแฮช ไม่ได้เทียบตัวไฟล์',
    '{subject} files of evidence are listed by their hashes only; the files were not compared.',
  ),
  liveOnly: limit(
    'ตรวจสิ่งที่เซิร์ฟเวอร์ให้แก่ผู้ตรวจ ณ ขณะนี้ ให้เก็บหัวบันทึกไว้เทียบครั้งหน้า',
    'What the server gave to this checker now was checked. Keep the checkpoint to compare it next time.',
  ),
} satisfies Record<string, Sentence>;
