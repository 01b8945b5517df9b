import { createRequire } from 'node:module';
import * as path from 'node:path';

// Peers are installed beside the benchmarks and nowhere else, so the project type-checks and installs without them.
const requirePeer = createRequire(path.join(__dirname, '..', 'package.json'));

/** A package of test/benchmarks/package.json, as the caller describes the part of it that it uses. */
export function loadPeer<Module>(name: string): Module {
  return requirePeer(name) as Module;
}
