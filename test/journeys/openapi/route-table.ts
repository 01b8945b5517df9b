import { PERMISSIONS, ROLES, type Permission } from '@khamrap/platform/access';
import type { PlacedOperation } from './document';

const HEAD = `# Routes, and who may call them

Made from the code by \`npm run openapi\`. A permission allows something where the grant holds it: in the nation, a zone, a
province, an office with all below it, for one indicator, on the days of the grant. What stands elsewhere is answered as if there
were nothing. **Published**: everybody for what is published, and whoever holds the permission also for what is not, as far as the
grant reaches. Who is let in where, person by person: [allow-list.txt](../../test/journeys/matrix/allow-list.txt).
`;

/** Who may call each route, and what it is for, in Markdown. */
export function routeTable(operations: readonly PlacedOperation[]): string {
  const tags = [...new Set(operations.flatMap(({ tags: [tag = ''] = [] }) => tag))].toSorted();
  const sections = tags.map((tag) => {
    const rows = operations
      .filter(({ tags: [first] = [] }) => first === tag)
      .map((operation) => `| \`${operation.name}\` | ${whoMay(operation)} | ${operation.summary ?? ''} |`);
    return `## ${tag}\n\n| route | who | what |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [HEAD, ...sections, permissionTable()].join('\n');
}

function whoMay(operation: PlacedOperation): string {
  const beyond = operation['x-permission-beyond-published'];
  if (beyond !== undefined) return `published · \`${beyond}\``;
  const permissions = operation['x-permissions'];
  if (permissions === undefined) return 'everybody';
  if (permissions.length === 0) return 'whoever is signed in';
  return permissions.map((permission) => `\`${permission}\``).join(' or ');
}

function permissionTable(): string {
  const rows = Object.entries(PERMISSIONS).map(([permission, meaning]) => {
    const roles = Object.entries<readonly Permission[]>(ROLES).filter(([, held]) =>
      held.includes(permission as Permission),
    );
    return `| \`${permission}\` | ${meaning} | ${roles.map(([role]) => role).join(', ')} |`;
  });
  return `## Permissions\n\n| permission | allows to | roles |\n|---|---|---|\n${rows.join('\n')}\n`;
}
