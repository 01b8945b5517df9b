export { startProgram } from './start-program';
export type { ProgramExit, ProgramOptions, RunningProgram } from './start-program';
