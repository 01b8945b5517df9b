import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { ROOT } from './source-files';

/** Every function, class and interface that the doors of kernel and platform show without saying what it is for. */
export function undocumentedExports(): readonly string[] {
  return doors()
    .flatMap((door) => [...exportsOf(door)])
    .sort();
}

function doors(): readonly string[] {
  const capabilities = readdirSync(join(ROOT, 'libs/platform')).map((name) => `libs/platform/${name}/index.ts`);
  return ['libs/kernel/index.ts', ...capabilities].map((path) => join(ROOT, path)).filter((path) => existsSync(path));
}

/** Follows `export … from './file'` of a door; only names that it lets through count. */
function exportsOf(path: string, names?: ReadonlySet<string>): ReadonlySet<string> {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) {
      const file = fileOf(path, statement.moduleSpecifier);
      if (file !== undefined) exportsOf(file, passedOn(statement, names)).forEach((each) => found.add(each));
    } else if (isUndocumented(statement) && (names === undefined || names.has(statement.name?.text ?? ''))) {
      found.add(`${relative(ROOT, path)}: ${statement.name?.text}`);
    }
  }
  return found;
}

function fileOf(from: string, specifier: ts.Expression | undefined): string | undefined {
  if (specifier === undefined || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return undefined;
  const path = resolve(dirname(from), specifier.text);
  return [`${path}.ts`, join(path, 'index.ts')].find((candidate) => existsSync(candidate));
}

function passedOn(
  statement: ts.ExportDeclaration,
  names: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  const clause = statement.exportClause;
  if (clause === undefined || !ts.isNamedExports(clause)) return names;
  return new Set(clause.elements.map((element) => (element.propertyName ?? element.name).text));
}

type Declaration = ts.FunctionDeclaration | ts.ClassDeclaration | ts.InterfaceDeclaration;

function isUndocumented(statement: ts.Statement): statement is Declaration {
  const isDeclaration =
    ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement);
  if (!isDeclaration) return false;
  const isExported = statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ?? false;
  return (
    isExported &&
    !isDocumented(statement) &&
    !(ts.isInterfaceDeclaration(statement) && statement.members.some(isDocumented))
  );
}

/** An interface also explains itself through its fields: a set of options has little more to say. */
function isDocumented(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length > 0;
}
