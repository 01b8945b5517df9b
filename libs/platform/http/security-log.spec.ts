import { Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SecurityLog } from './security-log';
import { tokenOf } from '../../testing/service';
import { startProbe, type Probe } from './spec/start-probe';

describe('the log of refusals', () => {
  let now = 0;
  let lines: string[];
  const request = (more: object = {}) =>
    ({ method: 'GET', id: 'trace-1', routeOptions: { url: '/v1/probes/:id' }, ...more }) as unknown as FastifyRequest;

  beforeEach(() => {
    lines = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void lines.push(String(line)));
  });
  afterEach(() => jest.restoreAllMocks());

  it('tells the code, the route, the pseudonym and the trace', () => {
    const log = new SecurityLog(() => now);
    log.tell('notAuthenticated', 401, request());
    log.tell('notPermitted', 403, request({ requester: { actor: { id: 'p-1' } } }));
    log.tell('quotaExceeded', 429, request({ countedFor: 'p-2' }));
    log.tell('invalidRequest', 400, request());
    log.tell('agreement.notDrafted', 404, request());
    expect(lines).toEqual([
      'notAuthenticated: GET /v1/probes/:id by nobody known [trace-1]',
      'notPermitted: GET /v1/probes/:id by p-1 [trace-1]',
      'quotaExceeded: GET /v1/probes/:id by p-2 [trace-1]',
    ]);
  });

  it('is bounded, and says how many it has left out', () => {
    const log = new SecurityLog(() => now);
    for (let count = 0; count < 500; count++) log.tell('quotaExceeded', 429, request());
    expect(lines).toHaveLength(20);
    now += 1_000;
    log.tell('quotaExceeded', 429, request());
    expect(lines.slice(20)).toEqual([
      '480 more were refused in one second',
      'quotaExceeded: GET /v1/probes/:id by nobody known [trace-1]',
    ]);
  });
});

describe('a service', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.stop());

  it('logs whom it knows and refuses by their pseudonym', async () => {
    const authorization = `Bearer ${await tokenOf(probe.app, 'stranger')}`;
    expect((await fetch(`${probe.address}/v1/probes/mine`, { headers: { authorization } })).status).toBe(403);
    expect(probe.logged).toContainEqual(
      expect.stringMatching(/^notPermitted: GET \/v1\/probes\/mine by pseudonym-of-8 \[/),
    );
  });

  it('logs whom it refuses, and nothing of what they sent', async () => {
    const answer = await fetch(`${probe.address}/v1/probes`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.',
        'content-type': 'application/json',
      },
      body: '{"text":"canary"}',
    });
    expect(answer.status).toBe(401);
    expect(probe.logged).toContainEqual(
      expect.stringMatching(/^notAuthenticated: POST \/v1\/probes by nobody known \[[0-9a-f-]{32,36}\]$/),
    );
    expect(probe.logged.join('\n')).not.toMatch(/eyJ|canary/);
  });
});
