import { isSameData } from './same-data';

class Body {
  readonly officeId = 'a';
  readonly absent = undefined;
}

test.each<[unknown, unknown, boolean]>([
  ['1', '1', true],
  ['1', '1.0', false],
  [{ a: '1' }, { a: '1', b: undefined }, true],
  [{ a: '1' }, { a: '1', b: '2' }, false],
  [{ list: ['1', '2'] }, { list: ['2', '1'] }, false],
  [{ list: ['1'] }, { list: { 0: '1' } }, false],
  [{ office: new Body() }, { office: { officeId: 'a' } }, true],
  [{ office: new Body() }, { office: { officeId: 'b' } }, false],
  [undefined, { a: '1' }, false],
  [null, {}, false],
])('%j and %j: %j', (one, other, isSame) => {
  expect(isSameData(one, other)).toBe(isSame);
  expect(isSameData(other, one)).toBe(isSame);
});
