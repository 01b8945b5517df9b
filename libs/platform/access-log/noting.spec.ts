import * as fs from 'node:fs';
import * as path from 'node:path';

const SLICES = path.join(__dirname, '../../slices');
const OPENING = /\bvault\.(?:valuesOf|disclosuresOf|identityOf)\(|\bprivateValuesOf\(this\.vault/;
/** These hand what they open to the file that notes it, or to nobody. */
const NOTED_ELSEWHERE: Readonly<Record<string, string | undefined>> = {
  'audit/views/disclosures/private-values.ts': 'audit/views/disclosures/disclosures.ts',
  'privacy/views/subject-export/events-of-person.ts': 'privacy/views/subject-export/subject-export.query.ts',
  'privacy/commands/file-request.ts': undefined,
};

const read = (file: string): string => fs.readFileSync(path.join(SLICES, file), 'utf8');
const files = fs
  .readdirSync(SLICES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => file.replaceAll(path.sep, '/'));

test('who opens what lies in the vault notes it for the access log', () => {
  const opening = files.filter((file) => OPENING.test(read(file)));
  expect(opening).toEqual(expect.arrayContaining(Object.keys(NOTED_ELSEWHERE)));
  const notes = (file: string): boolean => {
    const noting = Object.hasOwn(NOTED_ELSEWHERE, file) ? NOTED_ELSEWHERE[file] : file;
    return noting === undefined || read(noting).includes('await noteShown(');
  };
  expect(opening.filter((file) => !notes(file))).toEqual([]);
});
