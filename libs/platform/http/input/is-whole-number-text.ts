import type { ValidationOptions } from 'class-validator';
import { accepted, refused, rule, type Reading } from './rule';

/** A whole number in the address, where everything is text; read as a number. */
export function IsWholeNumberText(minimum: number, maximum: number, options?: ValidationOptions): PropertyDecorator {
  const why = refused(
    `ต้องเป็นจำนวนเต็ม ${minimum} ถึง ${maximum}`,
    `must be a whole number from ${minimum} to ${maximum}`,
  );
  const read = (value: unknown): Reading => {
    const number = typeof value === 'string' && /^(0|[1-9]\d{0,15})$/.test(value) ? Number(value) : value;
    const isInRange =
      typeof number === 'number' && Number.isSafeInteger(number) && number >= minimum && number <= maximum;
    return isInRange ? accepted(number) : why;
  };
  return rule('isWholeNumberText', read, options);
}
