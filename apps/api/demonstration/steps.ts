import { awards2565Steps } from './awards-2565';
import { ayutthaya2564Steps } from './ayutthaya-2564';
import type { Step } from './demonstration-step';
import { documentSteps } from './documents';
import { inspection2562Steps } from './inspection-2562';
import { officesSteps } from './offices';
import { phrae2565Steps } from './phrae-2565';
import { phrae2566Steps } from './phrae-2566';
import { standardSchemeSteps } from './standard-schemes';

/**
 * Everything that the demonstration states: what the source documents say, and the standard schemes. In the order in which it
 * could be known; of one day the document first, then the offices that it names, then what it says of them.
 */
export const demonstrationSteps: readonly Step[] = [
  ...documentSteps,
  ...officesSteps,
  ...inspection2562Steps,
  ...ayutthaya2564Steps,
  ...phrae2565Steps,
  ...awards2565Steps,
  ...phrae2566Steps,
  ...standardSchemeSteps,
].toSorted((one, other) => Number(one.knownOn > other.knownOn) - Number(one.knownOn < other.knownOn));
