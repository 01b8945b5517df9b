import { Injectable, Logger } from '@nestjs/common';
import type { Json } from '@khamrap/kernel';

export interface HealthReport {
  readonly ok: boolean;
  /** Shown to everybody who can reach the service: figures, never secrets. */
  readonly details: Json;
}

/** Port: something that the service needs, and can ask how it is. */
export interface HealthCheck {
  readonly name: string;
  check(): Promise<HealthReport>;
}

/** Answers of several checks together. */
export interface HealthAnswer {
  readonly status: 'ok' | 'failing';
  readonly checks: Readonly<Record<string, HealthReport>>;
}

const CHECK_MS_MAX = 2_000;
/** How long an answer is given again: however often everybody asks, the database is asked once a second. */
const ANSWER_MS = 1_000;

interface Asked {
  readonly answer: Promise<HealthAnswer>;
  readonly until: number;
}

/** The checks that providers register; each may take two seconds, and what they say stands for one. */
@Injectable()
export class HealthChecks {
  private readonly logger = new Logger('Health');
  private readonly asked = new Map<readonly HealthCheck[], Asked>();
  private readonly readiness: HealthCheck[] = [];
  private readonly projections: HealthCheck[] = [];

  /** Without this the service takes no requests: `/health/ready`. */
  registerReadiness(check: HealthCheck): void {
    this.readiness.push(check);
    this.asked.delete(this.readiness);
  }

  /** How far what can be read is behind what was written: `/health/projections`. */
  registerProjections(check: HealthCheck): void {
    this.projections.push(check);
    this.asked.delete(this.projections);
  }

  askReadiness(): Promise<HealthAnswer> {
    return this.ask(this.readiness);
  }

  askProjections(): Promise<HealthAnswer> {
    return this.ask(this.projections);
  }

  private ask(checks: readonly HealthCheck[]): Promise<HealthAnswer> {
    const asked = this.asked.get(checks);
    if (asked !== undefined && asked.until > performance.now()) return asked.answer;
    const answer = this.askAnew(checks);
    this.asked.set(checks, { answer, until: performance.now() + ANSWER_MS });
    return answer;
  }

  private async askAnew(checks: readonly HealthCheck[]): Promise<HealthAnswer> {
    const reports = await Promise.all(checks.map(async (check) => [check.name, await this.report(check)] as const));
    const isOk = reports.every(([, report]) => report.ok);
    return { status: isOk ? 'ok' : 'failing', checks: Object.fromEntries(reports) };
  }

  private async report(check: HealthCheck): Promise<HealthReport> {
    let timer: NodeJS.Timeout | undefined;
    const tooSlow = new Promise<HealthReport>((resolve) => {
      timer = setTimeout(() => resolve({ ok: false, details: { reason: 'tooSlow' } }), CHECK_MS_MAX);
    });
    try {
      return await Promise.race([check.check(), tooSlow]);
    } catch (error) {
      this.logger.warn(`${check.name}: ${error instanceof Error ? error.message : 'failed'}`);
      return { ok: false, details: { reason: 'failed' } };
    } finally {
      clearTimeout(timer);
    }
  }
}
