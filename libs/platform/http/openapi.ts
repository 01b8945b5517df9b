import * as fs from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { BEARER_SCHEME } from '@khamrap/platform/access';
import { PROBLEM_MEDIA_TYPE } from './problem-answer';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const BILINGUAL = {
  type: 'object',
  required: ['th', 'en'],
  properties: { th: { type: 'string' }, en: { type: 'string' } },
};

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457; the kinds of problems are described under /problems',
  required: ['type', 'title', 'titles', 'status', 'instance', 'traceId'],
  additionalProperties: true,
  properties: {
    type: { type: 'string', format: 'uri-reference', example: '/problems/revisionMismatch' },
    title: { type: 'string', description: 'Thai, or English where Accept-Language wants it' },
    titles: BILINGUAL,
    status: { type: 'integer', example: 412 },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri-reference' },
    traceId: { type: 'string', format: 'uuid' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code'],
        properties: {
          code: { type: 'string', description: 'Stable' },
          pointer: { type: 'string', format: 'json-pointer', description: 'Place in the body' },
          parameter: { type: 'string', description: 'Parameter of the address' },
          header: { type: 'string' },
          messages: BILINGUAL,
        },
      },
    },
  },
};

/** The description of the API: OpenAPI 3.1, the same text for the same routes on every machine. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Khamrap · คำรับรอง')
    .setDescription('The ledger of government performance agreements')
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, BEARER_SCHEME)
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  declareProblems(document);
  return sorted(document) as OpenAPIObject;
}

/** Writes the description to a file, two spaces deep and sorted, fit to be committed and compared. */
export function writeOpenApiDocument(app: NestFastifyApplication, file: string): void {
  fs.writeFileSync(file, `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
}

/** Serves the description at `/openapi.json` and to browse at `/docs`, to everybody. Built when first asked for. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'openapi.json', raw: ['json'] });
}

// Every route can answer with a problem, and all problems look alike: said once, referred to everywhere.
function declareProblems(document: OpenAPIObject): void {
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: PROBLEM_SCHEMA };
  document.components.responses = {
    Problem: {
      description: 'A problem',
      content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation !== undefined) operation.responses['default'] = { $ref: '#/components/responses/Problem' };
    }
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  entries.sort(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]));
}
