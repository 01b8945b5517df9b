import type { BundleKind } from '../zip/manifest';
import type { BundleFacts } from './bundle-facts';

const ABOUT: Readonly<Record<BundleKind, readonly [thai: string, english: string]>> = {
  agreement: ['คำรับรองการปฏิบัติราชการฉบับหนึ่ง', 'one performance agreement'],
  officeYear: ['คำรับรองและรางวัลของหน่วยงานหนึ่งในปีหนึ่ง', 'the agreements and awards of one office for one year'],
  log: ['บันทึกทั้งหมด', 'the whole log'],
};

const FILES: Readonly<Record<'log' | 'parts', readonly (readonly [name: string, thai: string, english: string])[]>> = {
  parts: [
    [
      'entries/N.json',
      'รายการของเหตุการณ์ลำดับ N ในสมุดบันทึกที่ตรวจสอบได้ ตรงทุกไบต์',
      'entry of event N in the verifiable log, byte for byte',
    ],
    [
      'proofs/N.tlog-proof',
      'หลักฐานว่ารายการนั้นอยู่ในบันทึก (c2sp.org/tlog-proof)',
      'proof that the log has it (c2sp.org/tlog-proof)',
    ],
    [
      'disclosures/N.json',
      'เนื้อหาของเหตุการณ์พร้อมค่าสุ่ม เท่าที่ผู้รับชุดนี้มีสิทธิ',
      'what the event says, with its salt, as far as you may have it',
    ],
    [
      'heads/*.json',
      'หลักฐานว่าไม่มีเหตุการณ์ต่อท้าย ณ เวลาที่บันทึกไว้',
      'proof that nothing stood behind the last event when that was recorded',
    ],
  ],
  log: [
    ['tile/**', 'ไทล์ของค่าแฮชและรายการ (c2sp.org/tlog-tiles)', 'tiles of hashes and entries (c2sp.org/tlog-tiles)'],
    [
      'disclosures/N.ndjson',
      'เนื้อหาของเหตุการณ์ 256 รายการต่อไฟล์ เท่าที่ผู้รับชุดนี้มีสิทธิ',
      'what events say, 256 to a file, as far as you may have it',
    ],
  ],
};
const FILES_OF_ALL: (typeof FILES)['log'] = [
  [
    'checkpoint',
    'หัวบันทึก (checkpoint) ที่ลงลายมือชื่อแล้ว ทุกอย่างในชุดนี้โยงถึงจุดนี้',
    'the signed checkpoint to which everything here leads',
  ],
  ['checkpoints/SIZE', 'หัวบันทึกที่พยานลงลายมือชื่อร่วม ใช้ตรวจเวลา', 'witnessed checkpoints, which bound the times'],
  [
    'policy, keys.json',
    'กุญแจ พยาน และองค์ครบ; กุญแจใดใช้ได้ช่วงใด',
    'keys, witnesses and quorum; which key is good for what',
  ],
  [
    'evidence.json',
    'ค่าแฮชของไฟล์หลักฐานที่เหตุการณ์อ้างถึง (ไม่มีตัวไฟล์)',
    'hashes of the evidence that events name (not the files)',
  ],
  ['summary.html', 'สรุปสำหรับอ่านและพิมพ์', 'a summary to read and print'],
  ['manifest.json', 'รายชื่อไฟล์ทั้งหมด ขนาด และ SHA-256', 'every file with its size and SHA-256'],
];

/** What whoever opens the bundle is to read first, in Thai and in English. */
export function readmeText(facts: BundleFacts, hasPage: boolean): string {
  return `${thai(facts, hasPage)}\n${'-'.repeat(72)}\n\n${english(facts, hasPage)}`;
}

function filesOf({ head: { kind } }: BundleFacts): (typeof FILES)['log'] {
  return [...FILES[kind === 'log' ? 'log' : 'parts'], ...FILES_OF_ALL];
}

function thai(facts: BundleFacts, hasPage: boolean): string {
  const { head, recordedAt } = facts;
  return [
    `ชุดข้อมูลตรวจสอบ: ${ABOUT[head.kind][0]}`,
    '',
    `เรื่อง       ${head.subject}`,
    `บันทึก      ${head.origin}`,
    `ขนาด       ${head.size} เหตุการณ์ (ล่าสุดบันทึกเมื่อ ${new Date(recordedAt).toISOString()})`,
    ...guarantors(facts, 'กุญแจ', 'พยานลงลายมือชื่อร่วม', 'ยังไม่มีพยานลงลายมือชื่อร่วมในหัวบันทึกนี้'),
    '',
    'วิธีตรวจ (ไม่ต้องต่อเครือข่าย และไม่ต้องเชื่อเครื่องที่ให้ชุดนี้มา)',
    '  1. khamrap verify <ไฟล์นี้>.zip',
    ...(hasPage ? ['     หรือเปิด verify.html ในเบราว์เซอร์แล้วเลือกไฟล์ zip นี้'] : []),
    `     หรือใช้โปรแกรมตรวจอื่นที่รู้จัก ${formatsOf(head.kind)}`,
    '  2. ใช้กุญแจที่หน่วยงานประกาศไว้ที่อื่น (ราชกิจจานุเบกษา เว็บไซต์ แผ่นประกาศ): --key VKEY หรือ --policy ไฟล์',
    '     กุญแจที่มากับชุดนี้อย่างเดียวไม่พิสูจน์ว่าเป็นของใคร',
    '  3. ถ้ามีใบรับหรือหัวบันทึกที่เก็บไว้ก่อน ให้ตรวจเทียบด้วย: --receipt ไฟล์ --checkpoint ไฟล์',
    '',
    'ไฟล์ในชุด',
    ...filesOf(facts).map(([name, text]) => `  ${name.padEnd(22)}${text}`),
    '',
    'สิ่งที่ชุดนี้ไม่พิสูจน์',
    '  - ว่าตัวเลขที่รายงานเป็นจริง: พิสูจน์เพียงว่าใครบันทึกอะไรไว้ เมื่อใด และไม่ถูกแก้ภายหลัง',
    '  - เนื้อหาของเหตุการณ์ที่ไม่ได้เปิดเผยแก่ผู้รับชุดนี้: พิสูจน์เพียงว่ามีอยู่และไม่ถูกแก้',
    ...(head.kind === 'log' ? [] : ['  - ว่าไม่มีเหตุการณ์หลังจุดที่ระบุใน heads/ หรือหลังหัวบันทึก']),
    ...(head.kind === 'officeYear' ? ['  - ว่าไม่มีคำรับรองหรือรางวัลอื่นของหน่วยงานในปีนั้น'] : []),
    '  - ถ้าไม่มีพยาน: ว่าผู้ดูแลที่ถือทั้งฐานข้อมูลและกุญแจไม่ได้สร้างบันทึกขึ้นใหม่ทั้งชุด',
    '',
  ].join('\n');
}

function english(facts: BundleFacts, hasPage: boolean): string {
  const { head, recordedAt } = facts;
  return [
    `Bundle to verify: ${ABOUT[head.kind][1]}`,
    '',
    `about       ${head.subject}`,
    `log         ${head.origin}`,
    `size        ${head.size} events (the last recorded at ${new Date(recordedAt).toISOString()})`,
    ...guarantors(facts, 'key', 'cosigned by', 'no witness has cosigned this checkpoint'),
    '',
    'How to verify (off the network, and without trusting whoever served this)',
    '  1. khamrap verify <this file>.zip',
    ...(hasPage ? ['     or open verify.html in a browser and choose this zip'] : []),
    `     or any other verifier that knows ${formatsOf(head.kind)}`,
    '  2. Use the keys that the office has published elsewhere (gazette, website, notice): --key VKEY or --policy FILE.',
    '     Keys that come with the bundle alone do not prove whose they are.',
    '  3. If you kept a receipt or a checkpoint from before, verify against that too: --receipt FILE --checkpoint FILE',
    '',
    'Files',
    ...filesOf(facts).map(([name, , text]) => `  ${name.padEnd(22)}${text}`),
    '',
    'What this bundle does not prove',
    '  - that reported figures are true: only who recorded what and when, and that it was not changed afterwards;',
    '  - what undisclosed events say: only that they are there and were not changed;',
    ...(head.kind === 'log'
      ? []
      : ['  - that nothing happened after the point that heads/ names, or after the checkpoint;']),
    ...(head.kind === 'officeYear' ? ['  - that the office has no other agreement or award of that year;'] : []),
    '  - without a witness: that an operator who holds both database and key has not made all of the log anew.',
    '',
  ].join('\n');
}

function formatsOf(kind: BundleKind): string {
  return kind === 'log' ? 'c2sp.org/tlog-tiles' : 'c2sp.org/tlog-proof';
}

function guarantors({ logKeys, cosignedBy }: BundleFacts, key: string, cosigned: string, none: string): string[] {
  return [
    ...logKeys.map((vkey) => `${key.padEnd(12)}${vkey}`),
    ...cosignedBy.map(({ name, time }) => `${cosigned.padEnd(12)} ${name}, ${time}`),
    ...(cosignedBy.length === 0 ? [none] : []),
  ];
}
