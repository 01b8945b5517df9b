import { randomFillSync } from 'node:crypto';

const SALT_BYTES = 16;
const POOL_BYTES = 8_192;

let pool = Buffer.alloc(0);

/** 16 random bytes, drawn from a pool because asking the system for each salt costs more than the hash it salts. */
function drawSalt(): Buffer {
  if (pool.length < SALT_BYTES) pool = randomFillSync(Buffer.allocUnsafeSlow(POOL_BYTES));
  const salt = pool.subarray(0, SALT_BYTES);
  pool = pool.subarray(SALT_BYTES);
  return salt;
}

/**
 * The salts of one command. They are drawn once: a command that is decided again after a lost race keeps them, so that the
 * private values already in the vault still fit the commitments in its events.
 */
export class CommandSalts {
  readonly #drawn = new Map<string, Buffer>();

  saltFor(label: string): Buffer {
    let salt = this.#drawn.get(label);
    if (salt === undefined) {
      salt = drawSalt();
      this.#drawn.set(label, salt);
    }
    return salt;
  }
}
