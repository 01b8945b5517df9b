import ts from 'typescript';

/** The text of a source file with everything but its tokens blanked: same lines, no comments. */
export function codeWithoutComments(path: string, text: string): string {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const pieces: string[] = [];
  let end = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    if (children.length > 0) return children.forEach(visit);
    const start = node.getStart(source, false);
    pieces.push(blank(text.slice(end, start)), text.slice(start, node.end));
    end = node.end;
  };
  visit(source);
  return pieces.join('');
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

/** The statements of a file that leave something behind at run time: everything but types. */
export function statementsAtRunTime(path: string, text: string): readonly string[] {
  return ts
    .createSourceFile(path, text, ts.ScriptTarget.Latest, true)
    .statements.filter((statement) => {
      if (ts.isImportDeclaration(statement)) return statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
      if (ts.isExportDeclaration(statement)) return !statement.isTypeOnly;
      return !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement);
    })
    .map((statement) => statement.getText());
}

/** How many columns a line takes: Thai vowels and tone marks stand above or below their letter. */
export function columnsOf(line: string): number {
  return Array.from(line.replace(/\p{Mark}/gu, '')).length;
}
