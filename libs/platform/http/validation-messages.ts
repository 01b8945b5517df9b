import type { BothLanguages } from '@khamrap/kernel';

/** What a failed rule is called and how it is explained. `lastNumber` and `choices` come from class-validator's own text. */
interface Explanation {
  readonly code: string;
  readonly th: (parts: { readonly lastNumber: string; readonly choices: string }) => string;
}

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  whitelistValidation: { code: 'unknownField', th: () => 'ไม่มีเขตข้อมูลชื่อนี้' },
  unknownValue: { code: 'isObject', th: () => 'ต้องเป็นออบเจกต์' },
  nestedValidation: { code: 'isObject', th: () => 'ต้องเป็นออบเจกต์หรือรายการของออบเจกต์' },
  isObject: { code: 'isObject', th: () => 'ต้องเป็นออบเจกต์' },
  isDefined: { code: 'isDefined', th: () => 'ต้องระบุ' },
  isNotEmpty: { code: 'isNotEmpty', th: () => 'ต้องไม่ว่าง' },
  isString: { code: 'isString', th: () => 'ต้องเป็นข้อความ' },
  isInt: { code: 'isInt', th: () => 'ต้องเป็นจำนวนเต็ม' },
  isNumber: { code: 'isNumber', th: () => 'ต้องเป็นตัวเลข' },
  isBoolean: { code: 'isBoolean', th: () => 'ต้องเป็น true หรือ false' },
  isArray: { code: 'isArray', th: () => 'ต้องเป็นรายการ' },
  isUuid: { code: 'isUuid', th: () => 'ต้องเป็น UUID' },
  matches: { code: 'matches', th: () => 'รูปแบบไม่ถูกต้อง' },
  isIn: { code: 'isIn', th: ({ choices }) => `ต้องเป็นค่าใดค่าหนึ่งใน ${choices}` },
  isEnum: { code: 'isEnum', th: ({ choices }) => `ต้องเป็นค่าใดค่าหนึ่งใน ${choices}` },
  min: { code: 'min', th: ({ lastNumber }) => `ต้องไม่น้อยกว่า ${lastNumber}` },
  max: { code: 'max', th: ({ lastNumber }) => `ต้องไม่มากกว่า ${lastNumber}` },
  minLength: { code: 'minLength', th: ({ lastNumber }) => `ต้องยาวอย่างน้อย ${lastNumber} ตัวอักษร` },
  maxLength: { code: 'maxLength', th: ({ lastNumber }) => `ต้องยาวไม่เกิน ${lastNumber} ตัวอักษร` },
  isLength: { code: 'isLength', th: () => 'ความยาวไม่ถูกต้อง' },
  arrayMinSize: { code: 'arrayMinSize', th: ({ lastNumber }) => `ต้องมีอย่างน้อย ${lastNumber} รายการ` },
  arrayMaxSize: { code: 'arrayMaxSize', th: ({ lastNumber }) => `ต้องมีไม่เกิน ${lastNumber} รายการ` },
  arrayUnique: { code: 'arrayUnique', th: () => 'รายการต้องไม่ซ้ำกัน' },
  arrayNotEmpty: { code: 'arrayNotEmpty', th: () => 'ต้องมีอย่างน้อย 1 รายการ' },
};

const ENGLISH_LENGTH_MAX = 500;

/**
 * Puts a failed rule of class-validator into a stable code and both languages. Rules of our own bring both texts in their
 * message, separated by a line break, Thai first (`bilingual`).
 */
export function explain(rule: string, message: string): { readonly code: string; readonly messages: BothLanguages } {
  const [th, en] = message.split('\n', 2);
  if (th !== undefined && en !== undefined) return { code: rule, messages: { th, en } };
  const explanation = EXPLANATIONS[rule];
  const lastNumber = /(-?\d+)\D*$/.exec(message)?.[1] ?? '';
  const choices = message.slice(message.lastIndexOf(': ') + 2);
  return {
    code: explanation?.code ?? rule,
    messages: {
      th: explanation?.th({ lastNumber, choices }) ?? 'ค่าไม่ถูกต้อง',
      en: message.slice(0, ENGLISH_LENGTH_MAX),
    },
  };
}

/** The message of a rule of our own. */
export function bilingual({ th, en }: BothLanguages): string {
  return `${th}\n${en}`;
}
