import { ApiProperty } from '@nestjs/swagger';
import { BothLanguagesAnswer } from './both-languages-answer';
import { jsonPointer } from './json-body';
import type { BothLanguages } from '@khamrap/kernel';
import { personalNumbersIn, type PersonalNumber } from './personal-numbers';

export type CommandWarningCode = 'nationalIdInText' | 'telephoneNumberInText';

/** Something that was accepted, and that the one who sent it may not have meant to put on record. */
export interface CommandWarning {
  readonly code: CommandWarningCode;
  /** JSON Pointer (RFC 6901) to the text in the body. What it says is not repeated. */
  readonly pointer: string;
  readonly messages: BothLanguages;
}

/** A `CommandWarning` in an answer. */
export class CommandWarningAnswer implements CommandWarning {
  @ApiProperty({ enum: ['nationalIdInText', 'telephoneNumberInText'] }) readonly code: CommandWarningCode;
  @ApiProperty({ format: 'json-pointer', description: 'Place in the body' }) readonly pointer: string;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly messages: BothLanguagesAnswer;
}

const WARNINGS: Readonly<Record<PersonalNumber, Omit<CommandWarning, 'pointer'>>> = {
  nationalId: {
    code: 'nationalIdInText',
    messages: {
      th: 'ข้อความนี้ดูเหมือนมีเลขประจำตัวประชาชน 13 หลัก บันทึกแล้วลบไม่ได้และอาจเผยแพร่ต่อสาธารณะ',
      en: 'this text seems to hold a 13-digit national ID; what is recorded stays, and may be read by everybody',
    },
  },
  telephoneNumber: {
    code: 'telephoneNumberInText',
    messages: {
      th: 'ข้อความนี้ดูเหมือนมีหมายเลขโทรศัพท์ บันทึกแล้วลบไม่ได้และอาจเผยแพร่ต่อสาธารณะ',
      en: 'this text seems to hold a telephone number; what is recorded stays, and may be read by everybody',
    },
  },
};

const WARNING_COUNT_MAX = 20;

/**
 * What the one who sent a command should look at again. The edge does not know which of a body's texts will be published, and
 * looks at all of them: a warning too many harms nobody.
 * @param body a body that was taken as JSON: bounded in depth and in the number of its values
 */
export function warningsOf(body: unknown): readonly CommandWarning[] {
  const warnings: CommandWarning[] = [];
  collect(body, [], warnings);
  return warnings;
}

function collect(value: unknown, path: (string | number)[], warnings: CommandWarning[]): void {
  if (typeof value === 'string') {
    for (const found of personalNumbersIn(value)) {
      if (warnings.length < WARNING_COUNT_MAX) warnings.push({ ...WARNINGS[found], pointer: jsonPointer(path) });
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) collectAt(index, value[index], path, warnings);
    return;
  }
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) collectAt(name, fields[name], path, warnings);
}

function collectAt(key: string | number, value: unknown, path: (string | number)[], warnings: CommandWarning[]): void {
  path.push(key);
  collect(value, path, warnings);
  path.pop();
}
