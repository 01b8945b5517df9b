import { ConsoleLogger } from '@nestjs/common';

/** What Nest tells of its own assembly: of use to who looks for a fault in it, to all others a page of noise at a start. */
const ASSEMBLY = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** The log of the service: lines for people at a terminal, JSON for machines, without Nest's own assembly unless debugging. */
export class ServiceLogger extends ConsoleLogger {
  override log(message: unknown, ...optional: unknown[]): void {
    const context: unknown = optional.at(-1);
    const isAssembly = typeof context === 'string' && ASSEMBLY.has(context);
    if (!isAssembly || this.isLevelEnabled('debug')) super.log(message, ...optional);
  }
}
