export { asAnotherUser } from './as-another-user';
export { startProgram } from './start-program';
export type { ProgramExit, ProgramOptions, RunningProgram } from './start-program';
