import { ValidateBy, type ValidationArguments } from 'class-validator';
import { bilingual } from '../validation-messages';

/** Refuses a field together with another: both say the same thing in two ways, perhaps not the same. */
export function Excludes(other: string): PropertyDecorator {
  const validate = ValidateBy({
    name: 'excludes',
    validator: {
      validate: (_value, field?: ValidationArguments) =>
        (field?.object as Record<string, unknown> | undefined)?.[other] === undefined,
      defaultMessage: () => bilingual({ th: `ใช้ร่วมกับ ${other} ไม่ได้`, en: `cannot be given together with ${other}` }),
    },
  });
  return (target, key) => validate(target, key);
}
