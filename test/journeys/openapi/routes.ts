import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const ISSUER = '/issuer/*';

/**
 * All routes that the server itself would answer on, as `GET /v1/standings`. HEAD is left out where there is GET, which it
 * follows.
 */
export function routesOf(app: NestFastifyApplication): readonly string[] {
  const server = app.getHttpAdapter().getInstance();
  const tree = server.printRoutes({ commonPrefix: false });
  const parents: string[] = [];
  const routes: string[] = [];
  for (const line of tree.split('\n')) {
    const match = /^(?<indent>[│ ]*)[├└]── (?<path>\S+)(?: \((?<methods>[A-Z, ]+)\))?$/.exec(line);
    if (!match?.groups) continue;
    const { indent = '', path = '', methods = '' } = match.groups;
    const depth = indent.length / 4;
    parents.splice(depth);
    const printed = `${parents.join('')}${path}`.replace('//', '/');
    // Printed without what stands before the star, where no route is that and nothing more.
    const full = printed === '*' && server.hasRoute({ method: 'GET', url: ISSUER }) ? ISSUER : printed;
    parents.push(path);
    if (methods === '') continue;
    const named = methods.split(', ').filter((method) => method !== 'HEAD' || !methods.includes('GET'));
    routes.push(...named.map((method) => `${method} ${full}`));
  }
  return routes.toSorted();
}
