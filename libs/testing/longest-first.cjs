// Jest begins with what took longest last time, and in a fresh clone, which knows of no last time, with the largest files. Some
// small ones take long: begun last, one of them would keep one worker busy while the other has nothing left to do.
const Sequencer = require('@jest/test-sequencer').default;

const LONG = [
  [/\/event-store\/eventstoredb\/[^/]+\.spec\.ts$/, 35_000],
  [/\/test\/faults\//, 30_000],
  [/\/postgres-event-store\.spec\.ts$/, 25_000],
  [/\/(?:event-store-contract|projections)\.spec\.ts$/, 20_000],
  [/\/test\/journeys\//, 15_000],
];
/** So much more does a test of so much more text take, roughly. */
const MS_PER_BYTE = 0.2;

module.exports = class LongestFirst extends Sequencer {
  /** Milliseconds that a file took, or may take. */
  time(test) {
    return super.time(test) ?? LONG.find(([path]) => path.test(test.path))?.[1] ?? sizeOf(test) * MS_PER_BYTE;
  }
};

function sizeOf({ context, path }) {
  return context.hasteFS.getSize(path) ?? 0;
}
