import { Clock } from '@khamrap/platform/http';
import { fakeClock, type FakeClock } from '@khamrap/testing';
import { MIGRATIONS } from '../../../apps/composition/infrastructure';
import { startService, type Service } from '../../../apps/api/service';
import { makeServiceEnvironment, RunningService, type ServiceEnvironment } from '../../../libs/testing/service';
import type { AgreementAnswer, CommandAnswer, List, Problem, StandingRow } from '../answers';
import { headOf } from '../journey';
import type { FrozenTerms } from '../bodies';
import { Memory } from './memory';
import { PERSONS, type Person } from './persons';

/** What a refusal has to say besides its status and code. */
export interface RefusalDetails {
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly pointer?: string;
}

class ClockOfStory extends Clock {
  constructor(private readonly clock: FakeClock) {
    super();
  }

  now(): Date {
    return new Date(this.clock.now());
  }
}

/** A service whose days go by as the story tells, and everybody who uses it in that year. */
export class YearOverHttp {
  readonly memory: Memory;
  #agreementId = '';

  private constructor(
    readonly service: RunningService<Service>,
    private readonly environment: ServiceEnvironment,
    private readonly clock: FakeClock,
    private readonly remembers: boolean,
  ) {
    this.memory = new Memory((person, path) => this.read(person, path));
  }

  /** @param options.remembers false where nobody asks at the end whether what was known is still told */
  static async begin({ remembers = true } = {}): Promise<YearOverHttp> {
    const environment = await makeServiceEnvironment({ migrations: MIGRATIONS });
    // Those who take part are given their roles before the first day of the story.
    const clock = fakeClock('2025-08-01T03:00:00.000Z');
    const start = (config: Parameters<typeof startService>[0]) => startService(config, new ClockOfStory(clock));
    try {
      const service = await RunningService.start(start, environment.variables);
      return new YearOverHttp(service, environment, clock, remembers);
    } catch (error) {
      await environment.remove();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.service.stop();
    await this.environment.remove();
  }

  /** It is ten o'clock in Bangkok on this day; what the log records keeps the time of the machine. */
  on(day: string): void {
    this.clock.set(`${day}T03:00:00.000Z`);
  }

  get agreementId(): string {
    return this.#agreementId;
  }

  /** From now on a path that begins with `…` is one of this agreement. */
  isAbout(agreementId: string): void {
    this.#agreementId = agreementId;
    this.memory.isAbout(agreementId);
  }

  /** Sends a command that has to be accepted, and keeps what is known once it is through. */
  async accept(person: Person, path: string, body?: unknown): Promise<CommandAnswer> {
    const answer = await (await this.as(person)).post<CommandAnswer>(this.#whole(path), body);
    expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
    if (this.remembers) await this.memory.keep(answer.body);
    return answer.body;
  }

  /**
   * Sends a command that has to be refused, in both languages and without a trace.
   * @param refusal such as `409 round.closed`
   */
  async refuse(
    person: Person,
    path: string,
    body: unknown,
    refusal: string,
    { facts = {}, pointer }: RefusalDetails = {},
  ): Promise<void> {
    const headBefore = await headOf(this);
    const { status, text, ...answer } = await (await this.as(person)).post<Problem>(this.#whole(path), body);
    const problem = answer.body;
    expect([path, `${status} ${problem.type?.replace('/problems/', '')}`, text]).toEqual([path, refusal, text]);
    expect(problem.titles.th).toMatch(/[ก-๙]/);
    expect(problem.titles.en).toMatch(/^[^ก-๙]+$/);
    expect(problem.facts ?? {}).toMatchObject(facts);
    if (pointer !== undefined) expect(problem.errors).toMatchObject([{ pointer }]);
    expect(await headOf(this)).toBe(headBefore);
  }

  async agreement(person: Person = 'head', query = ''): Promise<AgreementAnswer> {
    return this.read(person, `/v1/agreements/${this.#agreementId}${query}`);
  }

  async terms(): Promise<FrozenTerms> {
    const { termsHash = '', termsRevision = -1 } = await this.agreement();
    return { termsHash, termsRevision };
  }

  /** Standings of the agreement for a round, each by the number that people know it by. */
  async standings(round: string): Promise<Readonly<Record<string, StandingRow>>> {
    const at = `minPosition=${await headOf(this)}`;
    const { items } = await this.read<List<StandingRow>>('dashboard', `/v1/standings?round=${round}&${at}`);
    return Object.fromEntries(items.map((row) => [row.displayNumber, row]));
  }

  async read<Body>(person: Person, path: string): Promise<Body> {
    const { status, body, text } = await (await this.as(person)).get<Body>(path);
    expect([path, status, text]).toEqual([path, 200, text]);
    return body;
  }

  private as(person: Person) {
    return this.service.as(PERSONS[person]);
  }

  #whole(path: string): string {
    return path.replace(/^…/, `/v1/agreements/${this.#agreementId}`);
  }
}
