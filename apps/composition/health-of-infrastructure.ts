import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { HealthChecks, type HealthReport } from '@khamrap/platform/http';
import { Projections } from '@khamrap/platform/projections';

/** Tells how the log and the projections are. */
@Injectable()
export class HealthOfInfrastructure implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecks,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly projections: Projections,
  ) {}

  onModuleInit(): void {
    this.checks.registerReadiness({ name: 'log', check: () => this.log() });
    this.checks.registerProjections({ name: 'projections', check: () => this.projectionsReport() });
  }

  private async log(): Promise<HealthReport> {
    const [{ position, recordedAt }, { logId, origin, clock }] = [await this.store.head(), this.store.identity()];
    return { ok: true, details: { logId, origin, clock, position, recordedAt: new Date(recordedAt).toISOString() } };
  }

  private async projectionsReport(): Promise<HealthReport> {
    const projections = await this.projections.health();
    const isOk = projections.length > 0 && projections.every(({ error }) => error === null);
    // How many events of which kind there are, everybody would know who is told how many each projection has folded.
    return { ok: isOk, details: projections.map(({ appliedCount: _count, ...told }) => told) };
  }
}
