// As much of OpenAPI 3.1 as this API uses.

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly description?: string; readonly content?: object }>
  >;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-permissions'?: readonly string[];
  readonly 'x-permission-beyond-published'?: string;
}

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, unknown>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

/** An operation with where it stands. */
export interface PlacedOperation extends Operation {
  readonly method: string;
  readonly path: string;
  /** `POST /v1/agreements`. */
  readonly name: string;
}

export function operationsOf({ paths }: OpenApiDocument): readonly PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      name: `${method.toUpperCase()} ${path}`,
    })),
  );
}

/** The schema itself in place of a reference to it. */
export function resolved(document: OpenApiDocument, schema: Schema): Schema {
  const [whole, ...others] = schema.allOf ?? [];
  if (whole && others.length === 0) return resolved(document, whole);
  if (schema.$ref === undefined) return schema;
  const target = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
  if (!target) throw new Error(`${schema.$ref} leads nowhere`);
  return target;
}

/** The schema of a command's body. */
export function bodySchemaOf(document: OpenApiDocument, { requestBody }: Operation): Schema | undefined {
  const schema = requestBody?.content['application/json']?.schema;
  return schema && resolved(document, schema);
}

/**
 * A body as the document itself exemplifies it: every field that has an example, and all that are required.
 * @throws Error naming a required field without an example
 */
export function exampleOf(document: OpenApiDocument, given: Schema, place: string): unknown {
  if (given.example !== undefined) return given.example;
  const schema = resolved(document, given);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'array') return [exampleOf(document, schema.items ?? {}, `${place}[]`)];
  if (!schema.properties) throw new Error(`${place} has no example`);
  const fields = Object.entries(schema.properties)
    .filter(([name, field]) => schema.required?.includes(name) === true || field.example !== undefined)
    .map(([name, field]) => [name, exampleOf(document, field, `${place}.${name}`)] as const);
  return Object.fromEntries(fields);
}

/** Every reference within a value. */
export function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { $ref } = value as { readonly $ref?: unknown };
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(value).flatMap(referencesIn)];
}
