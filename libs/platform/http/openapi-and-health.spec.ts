import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { eventually } from '@khamrap/testing';
import { HealthChecks, openApiDocument, writeOpenApiDocument, type HealthReport } from './index';
import { startProbe, type Probe } from './spec/start-probe';

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { readonly $ref?: string }>;
  readonly security?: readonly Record<string, unknown>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, object>;
    readonly responses: object;
    readonly securitySchemes: object;
  };
}

describe('what the service says about itself', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.stop());

  const get = (address: string) => fetch(`${probe.address}${address}`);

  describe('OpenAPI', () => {
    let document: Document;
    beforeAll(async () => {
      document = (await (await get('/openapi.json')).json()) as Document;
    });

    it('is version 3.1 and knows every route', () => {
      expect(document.openapi).toBe('3.1.0');
      expect(Object.keys(document.paths)).toEqual(
        expect.arrayContaining(['/health/live', '/problems/{code}', '/v1/probes', '/v1/probes/{id}/signatures']),
      );
    });

    it('says once what problems look like, and refers to it everywhere', () => {
      const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
      expect(operations.length).toBeGreaterThan(8);
      for (const { responses } of operations)
        expect(responses['default']).toEqual({ $ref: '#/components/responses/Problem' });
      expect(document.components.schemas).toHaveProperty('Problem');
    });

    it('says which routes want a token', () => {
      expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
      const create = document.paths['/v1/probes']?.['post'];
      expect(create?.security).toEqual([{ bearer: [] }]);
      expect(create?.parameters).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
          expect.objectContaining({ name: 'If-Match', in: 'header', required: false }),
        ]),
      );
      expect(document.paths['/health/live']?.['get']?.security).toEqual([{}]);
    });

    it('is the same text each time, in a file too', () => {
      const file = path.join(probe.dataFolder, 'openapi.json');
      writeOpenApiDocument(probe.app, file);
      expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual(document);
      expect(fs.readFileSync(file, 'utf8')).toBe(`${JSON.stringify(openApiDocument(probe.app), null, 2)}\n`);
      const paths = Object.keys(openApiDocument(probe.app).paths);
      expect(paths).toEqual([...paths].sort());
    });

    it('can be browsed, under a policy that lets no foreign script in', async () => {
      const page = await get('/docs');
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toContain('text/html');
      const policy = page.headers.get('content-security-policy');
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe');
      const html = await page.text();
      expect(html).not.toMatch(/<script(?![^>]*src=)[^>]*>\s*\S|\s(?:style|on\w+)=/);
      const styles = [...html.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(([, text = '']) => text);
      expect(styles).toHaveLength(2);
      for (const style of styles) {
        expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
      }
      for (const [, source = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
        const asset = await get(new URL(source, 'http://x/docs').pathname);
        expect([source, asset.status]).toEqual([source, 200]);
        // What is not read to its end keeps the connection busy, and the probe from stopping.
        expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(0);
      }
    });
  });

  describe('health', () => {
    const check = (name: string, answer: () => Promise<HealthReport>) => ({ name, check: answer });
    const read = async (address: string) => {
      const answer = await get(address);
      return [answer.status, await answer.json()];
    };

    it('is live without looking at anything', async () => {
      expect(await read('/health/live')).toEqual([200, { status: 'ok', checks: {} }]);
    });

    it('is ready when every check is, and says which is not', async () => {
      const checks = probe.app.get(HealthChecks);
      expect(await read('/health/ready')).toEqual([200, { status: 'ok', checks: {} }]);
      checks.registerReadiness(check('store', () => Promise.resolve({ ok: true, details: { position: 4 } })));
      expect(await read('/health/ready')).toEqual([
        200,
        { status: 'ok', checks: { store: { ok: true, details: { position: 4 } } } },
      ]);
      checks.registerReadiness(check('vault', () => Promise.reject(new Error('canary'))));
      expect(await read('/health/ready')).toEqual([
        503,
        {
          status: 'failing',
          checks: {
            store: { ok: true, details: { position: 4 } },
            vault: { ok: false, details: { reason: 'failed' } },
          },
        },
      ]);
    });

    it('asks once a second, however often it is asked', async () => {
      let count = 0;
      const counting = check('counted', () => Promise.resolve({ ok: true, details: ++count }));
      probe.app.get(HealthChecks).registerReadiness(counting);
      const answers = await Promise.all(Array.from({ length: 20 }, () => read('/health/ready')));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(count).toBe(1);
      await eventually('another look', async () => (await read('/health/ready')) && (count === 2 || undefined));
    });

    it('tells of projections apart', async () => {
      probe.app
        .get(HealthChecks)
        .registerProjections(check('standings', () => Promise.resolve({ ok: true, details: { behind: 0 } })));
      expect(await read('/health/projections')).toEqual([
        200,
        { status: 'ok', checks: { standings: { ok: true, details: { behind: 0 } } } },
      ]);
    });

    // The last one: every answer of this service takes as long from here on.
    it('does not wait for a check that is slow', async () => {
      probe.app.get(HealthChecks).registerReadiness(check('slow', () => new Promise(() => undefined)));
      expect(await read('/health/ready')).toMatchObject([
        503,
        { checks: { slow: { ok: false, details: { reason: 'tooSlow' } } } },
      ]);
    });
  });
});
