import type { EventDeclaration, Field, Fields, Json, JsonObject } from '@khamrap/kernel';

/**
 * What of an event is text meant for the record, in the order of its declared fields: titles, names of offices and of those who
 * act officially, reasons, passages. No code, no number, and nothing private.
 */
export class OfficialTexts {
  readonly #fields = new Map<string, Fields>();

  constructor(declarations: readonly EventDeclaration[]) {
    for (const { versions } of declarations) {
      const newest = versions.at(-1);
      if (newest && Object.values(newest.fields).some(holdsText)) this.#fields.set(newest.type, newest.fields);
    }
  }

  /** @param data in the newest version of the type */
  of(type: string, data: JsonObject): readonly string[] {
    const texts: string[] = [];
    const fields = this.#fields.get(type);
    if (fields) collect(fields, data, texts);
    return texts;
  }
}

function collect(fields: Fields, data: JsonObject, texts: string[]): void {
  for (const name in fields) collectOne(fields[name] as Field, data[name], texts);
}

function collectOne(field: Field, value: Json | undefined, texts: string[]): void {
  if (value === undefined || value === null) return;
  switch (field.kind) {
    case 'text':
      if (field.fieldClass === 'official' && typeof value === 'string') texts.push(value);
      return;
    case 'optional':
      return collectOne(field.of, value, texts);
    case 'list':
      for (const item of value as readonly Json[]) collectOne(field.of, item, texts);
      return;
    case 'object':
      return collect(field.fields, value as JsonObject, texts);
    case 'decimal':
    case 'integer':
    case 'boolean':
  }
}

function holdsText(field: Field): boolean {
  switch (field.kind) {
    case 'text':
      return field.fieldClass === 'official';
    case 'optional':
    case 'list':
      return holdsText(field.of);
    case 'object':
      return Object.values(field.fields).some(holdsText);
    case 'decimal':
    case 'integer':
    case 'boolean':
      return false;
  }
}
