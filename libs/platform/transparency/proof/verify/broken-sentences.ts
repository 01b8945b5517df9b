import { broken, type Sentence } from './sentence';

/** What is not as it should be. */
export const BROKEN = {
  entryMalformed: broken(
    'รายการลำดับที่ {position} ไม่มีรูปแบบของรายการในสมุดบันทึก',
    'The entry at position {position} does not have the form of an entry of the log.',
  ),
  entriesMalformed: broken(
    'ไฟล์รายการที่มีลำดับที่ {position} ไม่สมบูรณ์หรือมีรายการเกิน',
    'The bundle of entries that has position {position} is cut short or has too many.',
  ),
  entriesMissing: broken(
    'ไม่มีรายการตั้งแต่ลำดับที่ {position} ({subject}) ทั้งที่หัวบันทึกรับรองว่ามี',
    'The entries from position {position} on ({subject}) are not there, though the checkpoint says that they are.',
  ),
  entryChanged: broken(
    'รายการลำดับที่ {position} ไม่ใช่รายการที่เคยตรวจไว้ครั้งก่อน',
    'The entry at position {position} is not the one that was there at the last check.',
  ),
  positionDiffers: broken(
    'รายการลำดับที่ {position} ระบุว่าตนอยู่ลำดับอื่น',
    'The entry at position {position} says that it stands elsewhere.',
  ),
  logDiffers: broken(
    'รายการลำดับที่ {position} เป็นของสมุดบันทึกอื่น',
    'The entry at position {position} belongs to another log.',
  ),
  timeRunsBackwards: broken(
    'เวลาที่บันทึกของรายการลำดับที่ {position} อยู่ก่อนรายการก่อนหน้า',
    'The recorded time of the entry at position {position} is before that of the entry before it.',
  ),
  revisionDiffers: broken(
    'รายการลำดับที่ {position} ไม่ใช่รายการถัดไปในสายของตน: มีรายการหายไปหรือซ้ำ',
    'The entry at position {position} is not the next one of its stream: one is missing or there twice.',
  ),
  prevDiffers: broken(
    'รายการลำดับที่ {position} ไม่ได้ต่อจากรายการก่อนหน้าในสายของตนตามที่อยู่ในสมุดบันทึก: รายการใดรายการหนึ่งถูกแก้',
    'The entry at position {position} does not continue the entry before it in its stream as the log has it: one of the two was altered.',
  ),
  leafDiffers: broken(
    'รายการลำดับที่ {position} ไม่ตรงกับค่าแฮชในไทล์ {subject}',
    'The entry at position {position} does not have the hash in the tile {subject}.',
  ),
  tileDiffers: broken(
    'ไทล์ {subject} ไม่ตรงกับรายการตั้งแต่ลำดับที่ {position}',
    'The tile {subject} does not fit the entries from position {position} on.',
  ),
  tileMissing: broken(
    'ไม่มีไทล์ {subject} (ตั้งแต่ลำดับที่ {position})',
    'The tile {subject} (from position {position} on) is not there.',
  ),
  rootDiffers: broken(
    'รายการทั้งหมดไม่ได้ประกอบเป็นรากที่ลงลายมือชื่อไว้ (ขนาด {subject})',
    'The entries do not make up the root that was signed (size {subject}).',
  ),
  checkpointMissing: broken('ไม่มีหัวบันทึก {subject}', 'The checkpoint {subject} is not there.'),
  checkpointMalformed: broken(
    'หัวบันทึก {subject} ไม่มีรูปแบบที่กำหนดไว้',
    'The checkpoint {subject} does not have the form that it must have.',
  ),
  signatureWrong: broken(
    'ลายมือชื่อบนหัวบันทึก {subject} อ้างกุญแจที่รู้จัก แต่ไม่ใช่ลายมือชื่อของข้อความนี้',
    'A signature on the checkpoint {subject} names a key that is known, but is not of this text.',
  ),
  originDiffers: broken('หัวบันทึก {subject} เป็นของสมุดบันทึกอื่น', 'The checkpoint {subject} belongs to another log.'),
  keyNotValid: broken(
    'หัวบันทึก {subject} ลงลายมือชื่อด้วยกุญแจที่ไม่มีผลใช้ ณ ขนาดนั้น',
    'The checkpoint {subject} is signed by a key that was not valid at its size.',
  ),
  keysMalformed: broken(
    'รายการกุญแจหรือนโยบาย {subject} ไม่มีรูปแบบที่กำหนดไว้',
    'The keys or the policy in {subject} do not have the form that they must have.',
  ),
  notConsistent: broken(
    'สมุดบันทึกไม่ได้ต่อจากหัวบันทึกที่เก็บไว้ (ขนาด {subject}): อดีตถูกแก้ ตัด หรือแทรก หรือมีสมุดบันทึกสองฉบับ',
    'The log does not continue the checkpoint that was kept (size {subject}): its past was altered, or there are two logs.',
  ),
  smallerThanHeld: broken(
    'สมุดบันทึกเล็กกว่าหัวบันทึกที่เก็บไว้ (ขนาด {subject}): ส่วนท้ายถูกตัด หรือย้อนกลับไปใช้สำเนาเก่า',
    'The log is smaller than the checkpoint that was kept (size {subject}): its end was cut off, or an older copy was put back.',
  ),
  tilesUnfit: broken(
    'ไทล์ที่ต้องใช้เทียบกับขนาด {subject} ไม่ประกอบเป็นรากที่ลงลายมือชื่อไว้',
    'The tiles that are needed to compare with the size {subject} do not make up the signed root.',
  ),
  proofWrong: broken(
    'หลักฐานของรายการลำดับที่ {position} ({subject}) ไม่แสดงว่ารายการอยู่ในสมุดบันทึก',
    'The proof for position {position} ({subject}) does not show that the entry stands in the log.',
  ),
  proofMalformed: broken(
    'หลักฐาน {subject} ไม่มีรูปแบบที่กำหนดไว้',
    'The proof {subject} does not have the form that it must have.',
  ),
  receiptDiffers: broken(
    'ใบรับระบุรายการลำดับที่ {position} ไว้ แต่สมุดบันทึกมีรายการอื่น ณ ที่นั้น',
    'The receipt is for an entry at position {position}, where the log has another one.',
  ),
  disclosureMalformed: broken(
    'เนื้อหาที่เปิดเผย {subject} ไม่มีรูปแบบที่กำหนดไว้',
    'What is disclosed in {subject} does not have the form that it must have.',
  ),
  bodyDiffers: broken(
    'เนื้อหาที่เปิดเผยของลำดับที่ {position} ไม่ใช่เนื้อหาที่บันทึกไว้',
    'The body that is disclosed for position {position} is not the one that was recorded.',
  ),
  streamDiffers: broken(
    'ชื่อสายที่เปิดเผยของลำดับที่ {position} ไม่ใช่สายที่บันทึกไว้',
    'The stream that is disclosed for position {position} is not the one that was recorded.',
  ),
  envelopeDiffers: broken(
    'เนื้อหาของลำดับที่ {position} ระบุสายหรือรายการที่ต่างจากสมุดบันทึก',
    'The body at position {position} names another stream or revision than the log.',
  ),
  privateValueDiffers: broken(
    'ค่าส่วนบุคคล {subject} ของลำดับที่ {position} ไม่ใช่ค่าที่บันทึกไว้',
    'The private value {subject} at position {position} is not the one that was recorded.',
  ),
  streamIncomplete: broken(
    'สาย {subject} ในชุดนี้ไม่ครบ: มีรายการหายไปก่อนลำดับที่ {position}',
    'The stream {subject} is not complete here: something is missing before position {position}.',
  ),
  streamGoesOn: broken(
    'สาย {subject} มีรายการต่อจากที่อยู่ในชุดนี้ ตามปลายสายที่สมุดบันทึกจดไว้ (ลำดับที่ {position})',
    'The stream {subject} had more events than are here when the log recorded its heads (position {position}).',
  ),
  headWrong: broken(
    'หลักฐานปลายสาย {subject} ไม่ตรงกับที่สมุดบันทึกจดไว้',
    'The proof of a head of a stream in {subject} does not fit what the log recorded.',
  ),
  manifestMalformed: broken(
    'บัญชีของชุด (manifest.json) ไม่มีรูปแบบที่กำหนดไว้',
    'The list of the bundle (manifest.json) does not have the form that it must have.',
  ),
  fileDiffers: broken('ไฟล์ {subject} ไม่ตรงกับบัญชีของชุด', 'The file {subject} is not the one in the list.'),
  fileMissing: broken('ไม่มีไฟล์ {subject} ที่อยู่ในบัญชีของชุด', 'The file {subject} is in the list, and is not there.'),
  fileUnlisted: broken('ไฟล์ {subject} ไม่อยู่ในบัญชีของชุด', 'The file {subject} is there, and is not in the list.'),
  subjectDiffers: broken(
    'ชุดนี้ระบุว่าเป็นเรื่อง {subject} แต่เนื้อหาเป็นเรื่องอื่น',
    'The bundle says that it is about {subject}, and its contents are about something else.',
  ),
  evidenceDiffers: broken(
    'ไฟล์หลักฐาน {subject} ไม่ตรงกับค่าแฮชที่ระบุ',
    'The file of evidence {subject} does not have the hash that is listed.',
  ),
  evidenceUnrecorded: broken(
    'หลักฐาน {subject} อยู่ในบัญชี แต่ไม่มีเหตุการณ์ใดที่เปิดเผยในชุดนี้อ้างถึง',
    'The evidence {subject} is listed, and no disclosed event of the bundle names it.',
  ),
  timeBeforeWitness: broken(
    'เวลาที่บันทึกของลำดับที่ {position} อยู่ก่อนเวลาที่พยานเห็นสมุดบันทึกซึ่งยังไม่มีรายการนี้: ย้อนเวลา',
    'The recorded time at position {position} is before the time at which witnesses saw the log without it: it is back-dated.',
  ),
  timeAfterWitness: broken(
    'เวลาที่บันทึกของลำดับที่ {position} อยู่หลังเวลาที่พยานเห็นสมุดบันทึกซึ่งมีรายการนี้แล้ว: ลงเวลาล่วงหน้า',
    'The recorded time at position {position} is after the time at which witnesses saw the log with it: it is post-dated.',
  ),
  moreBroken: broken('และอีก {subject} ข้อในทำนองเดียวกัน', 'And {subject} more of the same kind.'),
} satisfies Record<string, Sentence>;
