export { actor, commandContext, newEvent, newEvents, type EventSketch } from './builders';
export * from './client-journal';
export { eventStoreContract } from './event-store-contract/event-store-contract';
export type { LogUnderTest, OpenLog } from './event-store-contract/log-under-test';
export { eventually, NotInTime, within } from './eventually';
export { fakeClock, type FakeClock } from './fake-clock';
export { specification, type Expectation, type Specification } from './given-when-then';
export { SeededRandom } from './seeded-random';
export { withLatePositions } from './with-late-positions';
