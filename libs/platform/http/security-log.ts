import { Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const LINES_A_SECOND_MAX = 20;
const SECOND_MS = 1_000;
const REFUSED = new Set([401, 403, 429]);

/**
 * Tells who was refused what: by their pseudonym, never by name or address, and by the route, never by the address as it was
 * sent. A bounded number of lines a second, then how many there were besides: an attack is seen, and fills no disk.
 */
export class SecurityLog {
  private readonly logger = new Logger('Security');
  private second = 0;
  private toldCount = 0;
  private leftOutCount = 0;

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {}

  /** Tells an answer that refuses; every other one is passed over. */
  tell(code: string, status: number, { method, id, requester, countedFor, routeOptions }: FastifyRequest): void {
    if (!REFUSED.has(status)) return;
    const second = Math.floor(this.now() / SECOND_MS);
    if (second !== this.second) this.begin(second);
    if (this.toldCount >= LINES_A_SECOND_MAX) {
      this.leftOutCount += 1;
      return;
    }
    this.toldCount += 1;
    const who = requester?.actor.id ?? countedFor ?? 'nobody known';
    this.logger.warn(`${code}: ${method} ${routeOptions.url ?? 'no route'} by ${who} [${id}]`);
  }

  private begin(second: number): void {
    if (this.leftOutCount > 0) this.logger.warn(`${this.leftOutCount} more were refused in one second`);
    this.second = second;
    this.toldCount = 0;
    this.leftOutCount = 0;
  }
}
