import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { openWitness, type WitnessFolder } from './open-witness';
import { witnessServer } from './witness-server';

export interface ServeOptions extends WitnessFolder {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

const GRACE_MS = 10_000;

/** Serves until it is asked to end; answers with the exit code. */
export async function serve(options: ServeOptions): Promise<number> {
  const { key, witness, standing } = await openWitness(options);
  const server = witnessServer(witness, (message) => process.stderr.write(`${message}\n`));
  const told = await standing();
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  const host = address.includes(':') ? `[${address}]` : address;
  process.stdout.write(`${key.vkey}\n${told.map((line) => `${line}\n`).join('')}listening on http://${host}:${port}\n`);
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  // What was asked is answered; connections that only wait are ended.
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  await closed;
  return 0;
}
