import { createHash } from 'node:crypto';
import { SignerMemory } from '../signer-memory';

// One of several signers that share a folder: each time it adds one to what was signed last, and tells which sizes were its own.
const [, , folder = '', origin = '', count = '0'] = process.argv;

async function main(): Promise<void> {
  const memory = new SignerMemory(folder, origin);
  process.stdout.write('ready\n');
  for (let signedCount = 0; signedCount < Number(count);) {
    const { number, lastSigned } = await memory.held();
    const size = (lastSigned?.size ?? 0) + 1;
    const root = createHash('sha256').update(`${process.pid} ${size}`).digest();
    if (!(await memory.remember({ origin, epoch: 0, size, root, logId: 'spec' }, number))) continue;
    process.stdout.write(`signed ${size} ${root.toString('hex')}\n`);
    signedCount += 1;
  }
  process.stdout.write('done\n');
}

void main();
