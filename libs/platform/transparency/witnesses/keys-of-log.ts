import { parseVerifierKey, verifierKeyText, type VerifierKey } from '../proof';
import type { LogAnnals } from '../signing/log-annals';
import type { LogKey } from '../signing/log-keys';

/**
 * The keys of a log under an origin: those that its events name, in use or not, and those that this signer holds.
 * @param held may be left out where nothing is signed
 */
export function keysOfLog(
  annals: Pick<LogAnnals, 'read'>,
  held: readonly LogKey[] = [],
): (origin: string) => Promise<readonly VerifierKey[]> {
  return async (origin) => {
    const recorded = (await annals.read()).keys.map(({ vkey }) => parseVerifierKey(vkey));
    const all = [...recorded.filter(({ name }) => name === origin), ...held.map((key) => key.verifierKey(origin))];
    return [...new Map(all.map((key) => [verifierKeyText(key), key])).values()];
  };
}
