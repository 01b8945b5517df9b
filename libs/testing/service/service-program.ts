import { startProgram, type RunningProgram } from '../program/start-program';
import type { Variables } from './service-environment';

const START_MS_MAX = 60_000;

/** The service as a process of its own, which a test can stop, kill, and hear. */
export interface ServiceProgram extends RunningProgram {
  readonly url: string;
}

/** Starts the program with these settings and no others of its kind; what comes of it is for the caller to wait for. */
export function launchService(mainFile: string, variables: Variables): RunningProgram {
  const inherited = Object.keys(process.env).filter((name) =>
    /^(?:KHAMRAP_|PORT$|HOST$|DATABASE_URL|EVENTSTORE_URL)/.test(name),
  );
  const without = Object.fromEntries(inherited.map((name) => [name, undefined]));
  return startProgram(mainFile, { env: { ...without, ...variables } });
}

/** Starts the program and waits until it listens. @throws Error with all that it has said when it does not */
export async function startServiceProgram(mainFile: string, variables: Variables): Promise<ServiceProgram> {
  const program = launchService(mainFile, variables);
  const [, url = ''] = await program.line(/listens at (http:\S+)/, START_MS_MAX);
  return { ...program, url };
}
