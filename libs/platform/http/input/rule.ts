import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import type { BothLanguages } from '@khamrap/kernel';
import { bilingual } from '../validation-messages';

/** What a rule made of a value: the value in its one canonical form, or why it was refused. */
export type Reading =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: BothLanguages };

/**
 * A decorator that both reads and validates: what people may write in several ways reaches the handler in one. What `read`
 * answers it must accept again, unchanged.
 */
export function rule(
  name: string,
  read: (value: unknown) => Reading,
  options: ValidationOptions = {},
): PropertyDecorator {
  const readOne = (value: unknown): unknown => {
    const reading = read(value);
    return reading.ok ? reading.value : value;
  };
  const transform = Transform(
    ({ value }: { value: unknown }) =>
      options.each === true && Array.isArray(value) ? value.map(readOne) : readOne(value),
    { toClassOnly: true },
  );
  const validate = ValidateBy(
    {
      name,
      validator: {
        validate: (value) => read(value).ok,
        defaultMessage: (failed) => bilingual(whyOf(failed?.value, read, options)),
      },
    },
    options,
  );
  return (target, key) => {
    transform(target, key);
    validate(target, key);
  };
}

function whyOf(value: unknown, read: (value: unknown) => Reading, options: ValidationOptions): BothLanguages {
  const values = options.each === true && Array.isArray(value) ? value : [value];
  const refused = values.map(read).find((reading) => !reading.ok);
  return refused !== undefined && !refused.ok ? refused.why : { th: 'ค่าไม่ถูกต้อง', en: 'the value is not valid' };
}

export function accepted(value: unknown): Reading {
  return { ok: true, value };
}

export function refused(th: string, en: string): Reading {
  return { ok: false, why: { th, en } };
}
