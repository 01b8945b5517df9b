import { ConsoleLogger } from '@nestjs/common';
import { redactedValue } from './redaction';

/** What Nest tells of its own assembly: of use to who looks for a fault in it, to all others a page of noise at a start. */
const ASSEMBLY = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

type Parameters = [message: unknown, ...optional: unknown[]];

/**
 * The log of the service: lines for people at a terminal, JSON for machines, without Nest's own assembly unless debugging.
 * Whatever is written goes through the redaction first, whoever writes it.
 */
export class ServiceLogger extends ConsoleLogger {
  override log(...parameters: Parameters): void {
    const context: unknown = parameters.at(-1);
    const isAssembly = parameters.length > 1 && typeof context === 'string' && ASSEMBLY.has(context);
    if (!isAssembly || this.isLevelEnabled('debug')) super.log(...safe(parameters));
  }

  override error(...parameters: Parameters): void {
    super.error(...safe(parameters));
  }

  override warn(...parameters: Parameters): void {
    super.warn(...safe(parameters));
  }

  override debug(...parameters: Parameters): void {
    if (this.isLevelEnabled('debug')) super.debug(...safe(parameters));
  }

  override verbose(...parameters: Parameters): void {
    if (this.isLevelEnabled('verbose')) super.verbose(...safe(parameters));
  }

  override fatal(...parameters: Parameters): void {
    super.fatal(...safe(parameters));
  }
}

function safe(parameters: Parameters): Parameters {
  return parameters.map((parameter) => redactedValue(parameter)) as Parameters;
}
