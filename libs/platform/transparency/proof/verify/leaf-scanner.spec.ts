import fc from 'fast-check';
import { leafText, parseLeaf, type Leaf } from '../leaf';
import { Malformed } from '../malformed';
import { hexOf } from '../bytes';
import { LeafScanner, TIME_BYTES } from './leaf-scanner';

const LOG = 'log.example/khamrap';
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const leaf: fc.Arbitrary<Leaf> = fc.record({
  log: fc.oneof({ weight: 9, arbitrary: fc.constant(LOG) }, { weight: 1, arbitrary: fc.constant('log.example/other') }),
  position: fc.oneof(fc.nat(20), fc.maxSafeNat()),
  recordedAt: fc
    .date({ min: new Date(0), max: new Date(253402300799999), noInvalidDate: true })
    .map((at) => at.toISOString()),
  stream: hash,
  revision: fc.oneof(fc.nat(20), fc.nat(9_999_999_999)),
  prev: fc.option(hash),
  body: hash,
});

/** An entry, or one in which somebody has changed, removed or inserted some characters. */
const entry = fc
  .tuple(
    leaf,
    fc.array(
      fc.record({ at: fc.nat(400), removed: fc.nat(2), inserted: fc.stringMatching(/^[0-9a-fgT:."{} ]{0,2}$/) }),
      { maxLength: 2 },
    ),
  )
  .map(([made, changes]) =>
    changes.reduce(
      (text, { at, removed, inserted }) => text.slice(0, at) + inserted + text.slice(at + removed),
      leafText(made),
    ),
  );

function parsed(text: string): Leaf | undefined {
  try {
    return parseLeaf(Buffer.from(text));
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Checks one entry, with something else before and behind it. @returns whether it was accepted */
function agrees(text: string, position: number): boolean {
  const scanner = new LeafScanner(LOG);
  const bytes = Buffer.from(`"}${text}{"body":"0`);
  const known = parsed(text);
  const isLeaf = scanner.scan(bytes, 2, 2 + Buffer.byteLength(text), position);
  expect(isLeaf).toBe(known?.log === LOG && known.position === position);
  if (!isLeaf || !known) return false;
  expect({
    recordedAt: bytes.subarray(scanner.timeAt, scanner.timeAt + TIME_BYTES).toString(),
    stream: hexOf(scanner.stream),
    revision: scanner.revision,
    prev: scanner.hasBefore ? hexOf(scanner.before) : null,
  }).toEqual({ recordedAt: known.recordedAt, stream: known.stream, revision: known.revision, prev: known.prev });
  return true;
}

test('reads what `parseLeaf` reads, and accepts nothing that it refuses', () => {
  let acceptedCount = 0;
  fc.assert(
    fc.property(entry, fc.boolean(), (text, isElsewhere) => {
      const position = (parsed(text)?.position ?? 0) + (isElsewhere ? 1 : 0);
      if (agrees(text, position)) acceptedCount++;
    }),
    { numRuns: 5_000 },
  );
  // A property of refusals alone would tell nothing.
  expect(acceptedCount).toBeGreaterThan(500);
});

test('agrees of every character that stands in the place of another', () => {
  const text = leafText({
    log: LOG,
    position: 10,
    recordedAt: '2026-01-31T09:15:00.000Z',
    stream: 'a'.repeat(64),
    revision: 13,
    prev: 'b'.repeat(64),
    body: 'c'.repeat(64),
  });
  for (let at = 0; at < text.length; at++)
    for (const character of '0123456789abfgT:."Z{}- ') agrees(text.slice(0, at) + character + text.slice(at + 1), 10);
});
