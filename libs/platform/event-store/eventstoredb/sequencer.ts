import { leadIfElected, STANDBY_MS } from '@khamrap/platform/database';
import { setTimeout as delay } from 'node:timers/promises';
import { LogDamaged, type LogIdentity } from '../event-store';
import { Alarm } from './alarm';
import { Overtaken, SequencedCopy } from './carrier';
import type { StoreConnection } from './store-connection';
import type { StoredForm } from './stored-form';
import { Walk, type WalkedPage } from './walk';

/** Where the sequencer tells what operators should know. */
export interface SequencerLog {
  info(message: string): void;
  error(message: string): void;
}

export interface SequencerOptions {
  readonly connection: StoreConnection;
  readonly form: StoredForm;
  readonly clock: LogIdentity['clock'];
  /** Connection of the projecting role. */
  readonly projectUrl: string;
  readonly log: SequencerLog;
  /** How long it sleeps at the most before it looks by itself. */
  readonly sleepMsMax?: number;
}

const SLEEP_MS_MAX = 500;
const FAILURE_BACK_OFF_MS = 1_000;
/** How often it is noted that the copy is complete, while nothing comes. */
const TELL_COMPLETE_MS = 1_000;
/** Before every log: says nothing of how complete the copy is. */
const LONG_AGO_MS = 0;

/**
 * Gives the events of the store their positions, one instance for all: elected by a lock, and fenced by an epoch that every
 * batch carries, so that one who was overtaken while it stood still writes nothing more. It goes on from the last recorded event
 * and from nothing else.
 */
export class Sequencer {
  readonly #stopping = new AbortController();
  readonly #copy: SequencedCopy;
  readonly #alarm: Alarm;
  #running: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #hasRung = false;

  constructor(private readonly options: SequencerOptions) {
    this.#copy = new SequencedCopy(options.projectUrl);
    this.#alarm = new Alarm(options.connection, options.form.prefix, () => this.ring());
  }

  start(): void {
    this.#running ??= this.#stand();
  }

  /** Something may have come to the store. */
  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake?.();
    await this.#running;
    await this.#copy.close();
  }

  async #stand(): Promise<void> {
    const { form, projectUrl, log } = this.options;
    const { signal: stopping } = this.#stopping;
    const candidacy = {
      url: projectUrl,
      name: `sequencer of ${form.prefix}`,
      applicationName: 'khamrap leads sequencer',
      until: stopping,
    };
    this.#alarm.start();
    let told: string | undefined;
    while (!stopping.aborted) {
      let waitMs = STANDBY_MS;
      try {
        await leadIfElected(candidacy, (lost) => this.#sequence(AbortSignal.any([lost, stopping])));
        told = undefined;
      } catch (error) {
        waitMs = FAILURE_BACK_OFF_MS;
        const what = error instanceof Error ? error.message : String(error);
        if (error instanceof Overtaken) log.info(what);
        // Once for each trouble: it stands until somebody ends it.
        else if (what !== told) log.error(`the log is not sequenced: ${what}`);
        told = what;
        if (error instanceof LogDamaged) await this.#copy.tellStopped(what).catch(() => undefined);
      }
      await delay(waitMs, undefined, { signal: stopping }).catch(() => undefined);
    }
    await this.#alarm.stop();
  }

  async #sequence(signal: AbortSignal): Promise<void> {
    const { connection, form, clock, log } = this.options;
    const walk = new Walk(connection, form, clock, await this.#copy.takeOver());
    let toldAt = 0;
    while (!signal.aborted) {
      this.#hasRung = false;
      const askedAt = Date.now();
      const page = await walk.next();
      for (const sentence of page.harm) log.error(sentence);
      // Before the events that stand beside it: whoever goes on behind those does not see it any more.
      if (page.harm[0] !== undefined) await this.#copy.tellComplete(LONG_AGO_MS, page.harm[0]);
      await this.#record(page);
      walk.go(page);
      if (!page.isLast) continue;
      if (!page.isHeldBack && askedAt - toldAt >= TELL_COMPLETE_MS) {
        await this.#copy.tellComplete(askedAt, null);
        toldAt = askedAt;
      }
      await this.#sleep(signal);
    }
  }

  async #record({ recorded, reached: { last } }: WalkedPage): Promise<void> {
    const [first] = recorded;
    if (!first || !last) return;
    await this.#copy.record(first.position, recorded, last.place);
  }

  async #sleep(signal: AbortSignal): Promise<void> {
    if (this.#hasRung || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, this.options.sleepMsMax ?? SLEEP_MS_MAX);
      signal.addEventListener('abort', wake, { once: true });
      this.#wake = wake;
    });
    this.#wake = undefined;
  }
}
