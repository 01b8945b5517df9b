import { ValidateBy } from 'class-validator';
import { comparable, RUN_LENGTH } from './text-tokens';

const LENGTH_MAX = 200;

/** A text to look for: as it is compared, long enough to be found by its runs of characters. */
export function IsSearchText(): PropertyDecorator {
  return ValidateBy({
    name: 'isSearchText',
    validator: {
      validate: (value) =>
        typeof value === 'string' &&
        value.isWellFormed() &&
        value.length <= LENGTH_MAX &&
        comparable(value).length >= RUN_LENGTH &&
        !value.includes('\u0000'),
      // As `bilingual` of platform/http has it: Thai first, then English.
      defaultMessage: () =>
        `ต้องมี ${RUN_LENGTH} ถึง ${LENGTH_MAX} ตัวอักษร\nmust have ${RUN_LENGTH} to ${LENGTH_MAX} characters`,
    },
  });
}
