import { commandIdOf, eventIdOf } from '@khamrap/platform/event-store';
import type { CommandAnswer } from '@khamrap/platform/http';
import type { Intention, Outcome, SeededRandom } from '@khamrap/testing';
import type { AnyBody, ApiClient } from '../../../libs/testing/service';
import { indicatorBody, monitoringBody, targetBody, transcribedActualBody } from '../../journeys/bodies';
import type { LoadClient, Request } from '../crash-loop/load-client';

const ISSUER = 'urn:khamrap:embedded-issuer';
export const LOAD_SUBJECT = 'recorder';

const AGREEMENTS_MIN = 4;
const DRAFT_SHARE = 0.05;
const INDICATOR_SHARE = 0.1;
const TARGET_SHARE = 0.2;
const INSISTING_SHARE = 0.1;
const DAYS_COUNT = 365;

/** A command over HTTP; its operation is its Idempotency-Key, so whoever has that can ask again. */
export interface CommandRequest extends Request {
  readonly path: string;
  readonly body: AnyBody;
  readonly headers: Readonly<Record<string, string>>;
  readonly creates?: 'agreement' | 'indicator';
}

/** What all clients of a load know of the ledger, so that they get into each other's way. */
export class CommonGround {
  /** By which the service knows the recorder. */
  pseudonym = '';
  /** `/v1/agreements/{id}`, with the latest revision that anybody was told. */
  readonly revisions = new Map<string, number>();
  /** `/v1/agreements/{id}/indicators/{id}`. */
  readonly indicators: string[] = [];
}

/** A client that drafts, sets targets and reports figures as the recorder, and remembers what it was answered. */
export class HttpLoadClient implements LoadClient<CommandRequest> {
  constructor(
    private readonly api: ApiClient,
    private readonly ground: CommonGround,
    private readonly random: SeededRandom,
  ) {}

  next(): CommandRequest {
    const { ground, random } = this;
    if (ground.revisions.size < AGREEMENTS_MIN || random.chance(DRAFT_SHARE)) {
      return this.#request('/v1/agreements', monitoringBody({ title: random.uuid() }), 'agreement');
    }
    const agreement = random.pick([...ground.revisions.keys()]);
    if (ground.indicators.length === 0 || random.chance(INDICATOR_SHARE)) {
      const displayNumber = String(random.integer(1, 9_999));
      return this.#request(`${agreement}/indicators`, indicatorBody({ displayNumber }), 'indicator');
    }
    const indicator = random.pick(ground.indicators);
    const span = this.#span();
    const value = `${random.integer(0, 9_999)}.${random.integer(10, 99)}`;
    return random.chance(TARGET_SHARE)
      ? this.#request(`${indicator}/target`, targetBody({ span, value }))
      : this.#request(`${indicator}/actuals`, transcribedActualBody({ span, value, note: `ร่าง ${value}` }));
  }

  /** These clients live as long as the test, so none is ever taken up by another. */
  restore(): CommandRequest {
    throw new Error('a client over HTTP leaves nothing to a later one');
  }

  async submit(request: CommandRequest): Promise<Outcome> {
    const { path, body, headers, operation } = request;
    try {
      const answer = await this.api.post<CommandAnswer>(path, body, { key: operation, headers });
      return this.#outcomeOf(request, answer.status, answer.body, answer.text);
    } catch (error) {
      // A connection that was never made carried nothing; one that broke may have.
      return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? { kind: 'unavailable' } : { kind: 'unknown' };
    }
  }

  #outcomeOf(request: CommandRequest, status: number, body: CommandAnswer, text: string): Outcome {
    if (status < 300) {
      this.#remember(request, body);
      const { position, revision, eventIds, receipt } = body;
      return { kind: 'ok', position, revision, eventIds, ...(receipt && { bodyHashes: [receipt.bodyHash] }) };
    }
    const { type } = body as unknown as { readonly type: string };
    if (status < 500) return { kind: 'rejected', reason: type };
    if (type === '/problems/stopping' || type === '/problems/storeUnavailable') return { kind: 'unavailable' };
    if (type === '/problems/outcomeUnknown') return { kind: 'unknown' };
    throw new Error(`${request.path} was answered with ${status}: ${text}`);
  }

  #remember({ path, creates }: CommandRequest, { id, revision }: CommandAnswer): void {
    const agreement = creates === 'agreement' ? `/v1/agreements/${id}` : path.split('/').slice(0, 4).join('/');
    const { revisions, indicators } = this.ground;
    revisions.set(agreement, Math.max(revision, revisions.get(agreement) ?? 0));
    const indicator = `${agreement}/indicators/${id}`;
    if (creates === 'indicator' && !indicators.includes(indicator)) indicators.push(indicator);
  }

  #request(path: string, body: AnyBody, creates?: CommandRequest['creates']): CommandRequest {
    const operation = this.random.uuid();
    const intention: Intention = { eventIds: [eventIdOf(commandIdOf(ISSUER, this.ground.pseudonym, operation), 0)] };
    const revision = this.ground.revisions.get(path.split('/').slice(0, 4).join('/'));
    const insists = revision !== undefined && this.random.chance(INSISTING_SHARE);
    const headers: Record<string, string> = insists ? { 'if-match': `"${revision}"` } : {};
    return { operation, intention, path, body, headers, ...(creates && { creates }) };
  }

  /** Some days of fiscal year 2566; that others have taken them already happens, and is refused. */
  #span(): { from: string; to: string } {
    const first = this.random.integer(0, DAYS_COUNT - 1);
    const last = this.random.integer(first, DAYS_COUNT - 1);
    return { from: dayOf(first), to: dayOf(last) };
  }
}

function dayOf(number: number): string {
  return new Date(Date.UTC(2022, 9, 1 + number)).toISOString().slice(0, 10);
}
