import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { HealthChecks, type HealthReport } from '@khamrap/platform/http';
import { Projections } from '@khamrap/platform/projections';
import { NOT_PUBLISHED, TransparencyLog, WitnessHealth, WitnessStates } from '@khamrap/platform/transparency';

/** Longer than a sequencer that changes hands takes. */
const LATE_MS = 30_000;

/** Tells how the log and the projections are. */
@Injectable()
export class HealthOfInfrastructure implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecks,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly verifiableLog: TransparencyLog,
    private readonly witnesses: WitnessStates,
  ) {}

  onModuleInit(): void {
    this.checks.registerReadiness({ name: 'log', check: () => this.log() });
    this.checks.registerProjections({ name: 'sequencing', check: () => this.sequencing() });
    this.checks.registerProjections({ name: 'projections', check: () => this.projectionsReport() });
    this.checks.registerProjections({ name: 'verifiableLog', check: () => this.verifiableLogReport() });
    this.checks.registerProjections(new WitnessHealth(this.witnesses));
  }

  private async log(): Promise<HealthReport> {
    const [{ position, recordedAt }, { logId, origin, clock }] = [await this.store.head(), this.store.identity()];
    const { engine, takesAppends } = this.store.condition();
    const details = { logId, origin, clock, engine, position, recordedAt: new Date(recordedAt).toISOString() };
    // What is there is read on while nothing can be added: that is no reason to send readers away.
    return { ok: true, details: { ...details, takesAppends } };
  }

  /** How complete the recorded log is, where another engine carries it. */
  private async sequencing(): Promise<HealthReport> {
    const { completeUntil, takesAppends, trouble } = this.store.condition();
    if (completeUntil === null) return { ok: true, details: { completeUntil: 'now' } };
    const isLate = Date.now() - completeUntil > LATE_MS;
    return {
      ok: takesAppends && !isLate && trouble === null,
      details: { completeUntil: new Date(completeUntil).toISOString(), takesAppends, trouble },
    };
  }

  private async projectionsReport(): Promise<HealthReport> {
    const projections = await this.projections.health();
    const isOk = projections.length > 0 && projections.every(({ error }) => error === null);
    // How many events of which kind there are, everybody would know who is told how many each projection has folded.
    return { ok: isOk, details: projections.map(({ appliedCount: _count, ...told }) => told) };
  }

  /** Where signing is refused, requests are taken all the same: what is recorded then is covered when it is signed again. */
  private async verifiableLogReport(): Promise<HealthReport> {
    const [{ size, publishedSize, trouble }, { position }] = [
      await this.verifiableLog.health(),
      await this.store.head(),
    ];
    // What failed on the way to the signer or the database may name machines; the rest is what everybody may know of the log.
    const told = trouble?.startsWith(NOT_PUBLISHED) === true ? NOT_PUBLISHED : trouble;
    const details = { size, publishedSize, lagEventCount: position + 1 - size, trouble: told };
    return { ok: trouble === null, details };
  }
}
