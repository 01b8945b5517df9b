import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

/** Refusals by the rules. */
const ruleRefusals = {
  'goalSet.alreadyPublished': {
    kind: 'conflict',
    title: { th: 'เผยแพร่ชุดเป้าหมายร่วมนี้ไว้แล้ว', en: 'This goal set has been published before' },
  },
  'goalSet.notPublished': {
    kind: 'notFound',
    title: { th: 'ไม่พบชุดเป้าหมายร่วมนี้', en: 'There is no such goal set' },
  },
  'goalSet.fiscalYearOutOfRange': {
    kind: 'unprocessable',
    title: {
      th: 'ปีงบประมาณต้องเป็นปีพุทธศักราช ตั้งแต่ พ.ศ. 2344 ถึง พ.ศ. 2642',
      en: 'The fiscal year must be one of the Buddhist Era from 2344 to 2642',
    },
  },
  'goalSet.provinceUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่มีจังหวัดที่ใช้รหัสนี้', en: 'There is no province of this code' },
  },
  'goalSet.goalMissing': {
    kind: 'unprocessable',
    title: { th: 'ต้องมีเป้าหมายร่วมอย่างน้อยหนึ่งเป้าหมาย', en: 'A goal set needs at least one joint goal' },
  },
  'goalSet.numberNotPositive': {
    kind: 'unprocessable',
    title: { th: 'ลำดับเป้าหมายร่วมต้องเริ่มจาก 1', en: 'Joint goals are numbered from 1' },
  },
  'goalSet.numberRepeated': {
    kind: 'unprocessable',
    title: { th: 'ลำดับเป้าหมายร่วมซ้ำกัน', en: 'Two joint goals have the same number' },
  },
  'goalSet.numbersUnsorted': {
    kind: 'unprocessable',
    title: { th: 'เป้าหมายร่วมต้องเรียงตามลำดับ', en: 'Joint goals must be in the order of their numbers' },
  },
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules: of people who may not do this here. */
const accessRefusals = {
  'goalSet.notYours': {
    kind: 'forbidden',
    title: {
      th: 'ท่านไม่มีสิทธิเผยแพร่เป้าหมายร่วมของจังหวัดนี้',
      en: 'Your grants do not reach the joint goals of this province',
    },
  },
} as const satisfies RejectionCatalogue;

/** Every refusal of this slice, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const goalSetRefusals: RejectionCatalogue = { ...ruleRefusals, ...accessRefusals };

export type GoalSetRefusal = keyof typeof ruleRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(code: GoalSetRefusal, facts?: JsonObject, pointer?: string): Rejection {
  return new Rejection(code, facts, pointer);
}
