import type { HealthCheck, HealthReport } from '@khamrap/platform/http';
import type { WitnessStates } from './witness-states';

/** Fails while a witness holds another history against the log: somebody has to look, whatever else works. */
export class WitnessHealth implements HealthCheck {
  readonly name = 'witnesses';

  constructor(private readonly states: WitnessStates) {}

  async check(): Promise<HealthReport> {
    const states = await this.states.all();
    const details = states.map(({ name, status, cosigned }) => ({
      name,
      status,
      cosignedSize: cosigned?.size ?? null,
    }));
    return { ok: states.every(({ status }) => status !== 'refusing'), details };
  }
}
