import type { RequestBudgets, RequestLimits } from './config';
import { BadValue, wholeNumber, type Reader } from './readers';

/** What nobody reaches who reads with their eyes, and what still leaves room for everybody else on a small machine. */
const DEFAULT_BUDGETS: RequestBudgets = {
  public: 300,
  read: 3_000,
  command: 1_200,
  upload: 120,
  failedAuthentication: 60,
  // An audit of a million events is some 8,000 requests, each for what lies ready.
  log: 60_000,
};

const DESCRIPTION = `default, off, or some of ${Object.keys(DEFAULT_BUDGETS).join(', ')} with a number from 1 to 1000000`;
const count = wholeNumber(1, 1_000_000);

/** `default`, `off`, or `name=count` separated by commas: those that are not named keep their default. */
export const requestLimits: Reader<RequestLimits> = (text) => {
  if (text === 'off') return { kind: 'off' };
  const changes = text === 'default' ? [] : text.split(',').map(readBudget);
  return { kind: 'perMinute', budgets: { ...DEFAULT_BUDGETS, ...Object.fromEntries(changes) } };
};

function readBudget(part: string): [name: string, count: number] {
  const [name = '', number = '', ...rest] = part.trim().split('=');
  if (!Object.hasOwn(DEFAULT_BUDGETS, name) || rest.length > 0) throw new BadValue(DESCRIPTION);
  try {
    return [name, count(number)];
  } catch {
    throw new BadValue(DESCRIPTION);
  }
}
