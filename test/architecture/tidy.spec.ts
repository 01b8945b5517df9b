import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BANS, holdsIn } from './banned-words';
import { codeWithoutComments, columnsOf, statementsAtRunTime } from './code-text';
import { undocumentedExports } from './documented-exports';
import { ROOT, sourceFiles } from './source-files';

// Prettier keeps code within 120 columns; a sentence, an SQL text or a comment may hang over a little.
const COLUMNS_MAX = 130;
const LITERAL = /(['"`/]).*\1/;

interface File {
  readonly path: string;
  readonly text: string;
  readonly code: string;
}

const files: readonly File[] = sourceFiles().map((path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return { path, text, code: codeWithoutComments(path, text) };
});

function linesThat(text: string, matches: (line: string) => boolean): readonly number[] {
  return text.split('\n').flatMap((line, index) => (matches(line) ? [index + 1] : []));
}

describe('words', () => {
  it.each(BANS)('$pattern gives way to $instead', (ban) => {
    expect(ban.example).toMatch(ban.pattern);
    const found = files
      .filter(({ path }) => holdsIn(ban, path))
      .flatMap(({ path, text, code }) =>
        linesThat(ban.inComments ? text : code, (line) => ban.pattern.test(line)).map((line) => `${path}:${line}`),
      );
    expect(found).toEqual([]);
  });

  it('are looked for in code, not in comments', () => {
    const text = "/** EventBus */\nconst a = 'kept'; // EventBus\nconst b = `${a} kept`; /* EventBus */\n";
    const code = codeWithoutComments('sample.ts', text);
    expect(code).not.toContain('EventBus');
    expect(code.split('\n').map((line) => line.trimEnd())).toEqual([
      '',
      "const a = 'kept';",
      'const b = `${a} kept`;',
      '',
    ]);
  });
});

describe('classes that describe the API', () => {
  const namesIn = (code: string): readonly string[] =>
    [...code.matchAll(/^(?:export )?(?:abstract )?class (\w+(?:Answer|Body))\b/gm)].map(([, name = '']) => name);

  it('have names of their own, because its description knows them by nothing else', () => {
    const described = files.filter(({ path }) => /^libs\/(?:platform|slices)\//.test(path) && !path.includes('/spec/'));
    const places = new Map<string, string[]>();
    for (const { path, code } of described)
      for (const name of namesIn(code)) places.set(name, [...(places.get(name) ?? []), path]);
    expect(places.size).toBeGreaterThan(100);
    expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([]);
  });

  it('are found by their endings', () => {
    expect(namesIn('class ABody {}\nexport class AnAnswer extends B {}\nclass Other {}\n')).toEqual([
      'ABody',
      'AnAnswer',
    ]);
  });
});

describe('imports that wait until they are needed', () => {
  // The build puts the file in the place of a door in what is imported at once, and in nothing else: the program would not start.
  it('name files and packages, no doors', () => {
    const waiting = /\b(?:import|require)\(\s*['"`]@khamrap\//;
    const isRun = ({ path }: File): boolean => !/(?:\.spec\.ts|\/spec\/)|^(?:test|libs\/testing)\//.test(path);
    const found = files
      .filter(isRun)
      .flatMap(({ path, code }) => linesThat(code, (line) => waiting.test(line)).map((line) => `${path}:${line}`));
    expect(found).toEqual([]);
    expect(waiting.test("await import('@khamrap/platform/config')")).toBe(true);
  });
});

describe('what a start writes beside the program', () => {
  it.each(['.gitignore', '.dockerignore', '.prettierignore'])(
    'is nothing to %s: data, and the key of the signer',
    (file) => {
      const ignored = readFileSync(join(ROOT, file), 'utf8').split('\n');
      expect(ignored.map((line) => line.replace(/\/$/, ''))).toEqual(expect.arrayContaining(['data', 'data-signer']));
    },
  );
});

describe('lines', () => {
  it(`have at most ${COLUMNS_MAX} columns, imports, addresses and texts that cannot be broken apart`, () => {
    const isLong = (line: string): boolean =>
      columnsOf(line.replace(LITERAL, '')) > COLUMNS_MAX && !/^(?:import|export) .* from |https?:\/\//.test(line);
    expect(files.flatMap(({ path, text }) => linesThat(text, isLong).map((line) => `${path}:${line}`))).toEqual([]);
  });

  it('are measured as they are seen', () => {
    expect(columnsOf('น้ำ')).toBe(2);
    expect(columnsOf('abc')).toBe(3);
  });
});

describe('exceptions from a rule', () => {
  it('give their reason, in the line above or behind two dashes', () => {
    const unexplained = files.flatMap(({ path, text }) => {
      const lines = text.split('\n');
      const isUnexplained = (line: string, index: number): boolean =>
        /\b(?:oxlint|eslint)-disable|\bprettier-ignore\b|@ts-expect-error/.test(line) &&
        !/ -- \S/.test(line) &&
        !/^\s*(?:\/\/|\*)/.test(lines[index - 1] ?? '');
      return lines.flatMap((line, index) => (isUnexplained(line, index) ? [`${path}:${index + 1}`] : []));
    });
    expect(unexplained.filter((each) => !each.startsWith('test/architecture/'))).toEqual([]);
  });
});

describe('files', () => {
  it('are named in small letters, with their role behind a point', () => {
    const misnamed = files.filter(({ path }) => !/(?:^|\/)[a-z0-9]+(?:[-.][a-z0-9]+)*\.tsx?$/.test(path));
    expect(misnamed.map(({ path }) => path)).toEqual([]);
  });

  it('explain what they offer to other rooms', () => {
    expect(undocumentedExports()).toEqual([]);
  });
});

describe('slices', () => {
  const slices = existsSync(join(ROOT, 'libs/slices')) ? readdirSync(join(ROOT, 'libs/slices')) : [];
  const pathsOf = (slice: string): readonly string[] => readdirSync(join(ROOT, 'libs/slices', slice));

  it.each(slices)('%s has its page and its doors', (slice) => {
    const paths = pathsOf(slice);
    const ownsStreams =
      paths.includes('domain') && pathsOf(`${slice}/domain`).some((path) => path.endsWith('.events.ts'));
    const doors = ['README.md', 'index.ts', `${slice}.module.ts`, ...(ownsStreams ? ['events.ts'] : [])];
    expect(doors.filter((door) => !paths.includes(door))).toEqual([]);
  });

  it.each(slices)('%s shows other slices types only', (slice) => {
    const events = files.find(({ path }) => path === `libs/slices/${slice}/events.ts`);
    expect(events && statementsAtRunTime(events.path, events.text)).toEqual(events && []);
  });

  it('would be caught showing more', () => {
    const types =
      "import type { A } from './a';\nexport type { B } from './b';\nexport interface C { a: A }\nexport type D = C;";
    expect(statementsAtRunTime('events.ts', types)).toEqual([]);
    const values = ["import './a';", "import { b } from './b';", "export * from './c';", 'export const d = b;'];
    expect(statementsAtRunTime('events.ts', values.join('\n'))).toEqual(values);
  });
});

describe('decisions', () => {
  const names = readdirSync(join(ROOT, 'libs/decisions')).sort();

  it('are numbered without a gap', () => {
    expect(names.map((name) => name.slice(0, 5))).toEqual(
      names.map((_, index) => `${String(index + 1).padStart(4, '0')}-`),
    );
  });

  it('stand in the index of libs/README.md, each with its title', () => {
    const index = readFileSync(join(ROOT, 'libs/README.md'), 'utf8');
    const lines = names.map((name) => {
      const title = /^# \d+\. (.+)$/m.exec(readFileSync(join(ROOT, 'libs/decisions', name), 'utf8'))?.[1];
      return `[${title}](decisions/${name})`;
    });
    expect(lines.filter((line) => !index.includes(line))).toEqual([]);
  });
});
