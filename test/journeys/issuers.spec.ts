import { NoToken, tokenByCode } from '@khamrap/platform/access';
import { IssuerOnNetwork } from '../../libs/platform/access/spec/issuer-on-network';
import { ApiClient } from '../../libs/testing/service';
import type { Problem } from './answers';
import { monitoringBody } from './bodies';
import { beginJourney, headOf, type Journey } from './journey';

// Away from somebody's own machine there is no embedded issuer: the service starts all the same, and lets nobody in who
// was not given a role.

describe('without any issuer', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await beginJourney({ KHAMRAP_EMBEDDED_ISSUER: 'no' });
  }, 60_000);

  afterAll(async () => {
    await journey?.end();
  });

  test('what is public is answered, everything else asks for a token that nobody can have', async () => {
    const { anybody } = journey.service;
    for (const path of ['/health/ready', '/problems', '/openapi.json'])
      expect((await anybody.get(path)).status).toBe(200);
    const { status, headers } = await anybody.post('/v1/agreements', monitoringBody());
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer realm="khamrap"']);
    const authorization = 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.';
    expect((await anybody.get('/session', { headers: { authorization } })).status).toBe(401);
  });

  test('nobody gives out tokens', async () => {
    const { anybody } = journey.service;
    for (const path of ['/issuer/.well-known/openid-configuration', '/issuer/auth', '/session/login'])
      expect((await anybody.get(path)).status).toBe(404);
    await expect(tokenByCode(anybody.url, 'recorder')).rejects.toThrow(NoToken);
  });
});

describe('with an issuer of the operator', () => {
  const issuer = new IssuerOnNetwork();
  let journey: Journey;
  let somebody: ApiClient;

  beforeAll(async () => {
    await issuer.start();
    journey = await beginJourney({ KHAMRAP_EMBEDDED_ISSUER: 'no', KHAMRAP_ISSUER: issuer.url });
    somebody = new ApiClient(journey.service.url, await issuer.token({ sub: 'recorder' }));
  }, 60_000);

  afterAll(async () => {
    somebody?.close();
    await journey?.end();
    issuer.stop();
  });

  test('whoever it vouches for is known, and may do nothing without a role that the ledger has granted', async () => {
    const before = await headOf(journey);
    expect((await somebody.get('/session')).body).toMatchObject({ signedIn: true, roles: [] });
    const command = await somebody.post<Problem>('/v1/agreements', monitoringBody());
    expect([command.status, command.body.type]).toEqual([403, '/problems/notPermitted']);
    expect((await somebody.get('/health/ready')).status).toBe(200);
    expect(await headOf(journey)).toBe(before);
  });

  test('roles that a token claims for itself count for nothing', async () => {
    const claiming = await issuer.token({
      sub: 'x',
      roles: ['administrator'],
      permissions: ['standings.read'],
      scope: 'nation',
    });
    const headers = { authorization: `Bearer ${claiming}` };
    const { status } = await somebody.post('/v1/agreements', monitoringBody(), { headers });
    expect(status).toBe(403);
  });

  test('where it cannot be asked for its keys, nobody is believed', async () => {
    issuer.isDown = true;
    await issuer.rotate('second');
    const { status, body, headers } = await somebody.get<Problem>('/session', {
      headers: { authorization: `Bearer ${await issuer.token()}` },
    });
    expect(headers['content-type']).toBe('application/problem+json');
    expect([401, 503]).toContain(status);
    expect(body.type).toMatch(/^\/problems\/(?:notAuthenticated|issuerUnavailable)$/);
  });
});
