import { pathParameter } from './path-parameter';
import { SHA256_HEX } from './patterns';

/** Parameter of a handler: a SHA-256 in hexadecimal in the path, read in small letters: both count as the same. */
export const Sha256Parameter = pathParameter((text) => {
  const sha256 = text.toLowerCase();
  return SHA256_HEX.test(sha256) ? sha256 : undefined;
});
