import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Routes of which only the star is printed, once for all of them, because no route is what stands before it and nothing more. */
const STARS = ['/issuer/*', '/log/tile/*'];

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
    parents.push(path);
    if (methods === '') continue;
    const named = methods.split(', ').filter((method) => method !== 'HEAD' || !methods.includes('GET'));
    for (const method of named) {
      const stars = printed === '*' ? STARS.filter((url) => server.hasRoute({ method, url })) : [];
      routes.push(...(stars.length > 0 ? stars : [printed]).map((url) => `${method} ${url}`));
    }
  }
  return [...new Set(routes)].toSorted();
}
