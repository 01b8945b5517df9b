import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface VerifyOptions {
  /** A file, a folder or an address; two files for consistency. */
  readonly targets: readonly string[];
  readonly isConsistency: boolean;
  readonly vkeys: readonly string[];
  readonly policyFile?: string;
  readonly checkpointFiles: readonly string[];
  readonly receiptFiles: readonly string[];
  readonly evidenceFolder?: string;
  /** Where consistency proofs come from: an address or a folder. */
  readonly server?: string;
  readonly stateFile?: string;
  readonly withBodies: boolean;
  readonly skewMs?: number;
  readonly languages: readonly ('th' | 'en')[];
  readonly asJson: boolean;
}

/** The command line asks for something that there is not. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

export const USAGE = `khamrap verify: ตรวจสมุดบันทึก ชุดข้อมูล หรือใบรับ โดยไม่ต้องเชื่อเซิร์ฟเวอร์
               checks a log, a bundle or a receipt without trusting the server

  khamrap verify FILE.zip | RECEIPT | FOLDER | URL [options]
  khamrap verify consistency CHECKPOINT CHECKPOINT [--server URL|FOLDER] [options]

  --key VKEY           กุญแจที่ได้จากทางอื่น (ใช้ซ้ำได้)  a key that you got another way; repeatable
  --policy FILE        นโยบายของผู้ตรวจ: กุญแจ พยาน องค์ครบ  your own tlog-policy: keys, witnesses, quorum
  --checkpoint FILE    หัวบันทึกที่เก็บไว้ก่อน ต้องตรงกัน  kept from before: must be consistent; repeatable
  --receipt FILE       ใบรับที่เก็บไว้ก่อน รายการต้องยังอยู่  kept from before: must still be there; repeatable
  --evidence FOLDER    ไฟล์หลักฐานที่ถืออยู่ เทียบกับชุดข้อมูล  files that you hold, compared with a bundle
  --state FILE         ตรวจต่อจากครั้งก่อน  goes on from the last check, and is kept for the next
  --bodies             ตรวจเนื้อหาที่เปิดเผยด้วย (URL)  checks disclosed bodies too (URL)
  --skew SECONDS       ความคลาดเคลื่อนของนาฬิกา (300)  how far clocks may be apart (300)
  --language th|en     ภาษาเดียว  one language only
  --json               ผลเป็น JSON  the answer as JSON

  0 ถูกต้อง verified · 1 ไม่เป็นไปตามที่ควร not as it should be · 2 ใช้ผิด wrong use · 3 ตรวจไม่ได้ could not be checked
`;

/** @throws WrongUse */
export function verifyOptionsOf(commandLine: readonly string[]): VerifyOptions {
  const { values, positionals } = parsed(commandLine);
  const isConsistency = positionals[0] === 'consistency';
  const targets = isConsistency ? positionals.slice(1) : positionals;
  if (targets.length !== (isConsistency ? 2 : 1)) throw new WrongUse('what is to be checked?');
  if (values.key && values.policy !== undefined) throw new WrongUse('--key or --policy, not both');
  if (values.language !== undefined && values.language !== 'th' && values.language !== 'en')
    throw new WrongUse('--language is th or en');
  const skew = values.skew === undefined ? undefined : Number(values.skew);
  if (skew !== undefined && !(skew >= 0)) throw new WrongUse('--skew is a number of seconds');
  return {
    targets,
    isConsistency,
    vkeys: values.key ?? [],
    checkpointFiles: values.checkpoint ?? [],
    receiptFiles: values.receipt ?? [],
    withBodies: values.bodies,
    languages: values.language === undefined ? ['th', 'en'] : [values.language],
    asJson: values.json,
    ...(values.policy !== undefined && { policyFile: values.policy }),
    ...(values.evidence !== undefined && { evidenceFolder: values.evidence }),
    ...(values.server !== undefined && { server: values.server }),
    ...(values.state !== undefined && { stateFile: values.state }),
    ...(skew !== undefined && { skewMs: skew * 1_000 }),
  };
}

const OPTIONS = {
  key: { type: 'string', multiple: true },
  policy: { type: 'string' },
  checkpoint: { type: 'string', multiple: true },
  receipt: { type: 'string', multiple: true },
  evidence: { type: 'string' },
  server: { type: 'string' },
  state: { type: 'string' },
  bodies: { type: 'boolean', default: false },
  skew: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

function parsed(commandLine: readonly string[]) {
  try {
    return parseArgs({ args: [...commandLine], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}
