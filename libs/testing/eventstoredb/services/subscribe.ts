import { randomUUID } from 'node:crypto';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { comparePositions, type LogPosition } from '../state/log-position';
import type { StoredEvent } from '../state/stored-event';
import { CallIsGone } from '../wire/breakage';
import { caughtUpMessage, checkpointMessage, confirmationMessage, eventMessage, streamNameOf } from '../wire/messages';
import { matcherOf } from './filter';
import type { Node } from './node';
import { send, type ReadCall } from './read-call';

/** How many events the server looks at before it considers a checkpoint, where the client does not say. */
const WINDOW = 32;

/** Serves a subscription to $all or to one stream until the client ends it. */
export async function subscribe(node: Node, call: ReadCall, options: ReadReq.Options): Promise<void> {
  await new Subscription(node, call, options).run();
}

class Subscription {
  readonly #matches: (event: StoredEvent) => boolean;
  readonly #isOfAll: boolean;
  readonly #window: number;
  /** After how many events that were looked at a checkpoint is sent; undefined where there is no filter. */
  readonly #checkpointInterval: number | undefined;
  /** Where the page begins at which the server looks: what a checkpoint names while nothing passes the filter. */
  #pageStart: LogPosition | undefined;
  #cursor: LogPosition | undefined;
  #considered = 0;
  #isLive = false;
  #lastSent: StoredEvent | undefined;

  constructor(
    private readonly node: Node,
    private readonly call: ReadCall,
    options: ReadReq.Options,
  ) {
    this.#isOfAll = options.hasAll();
    const filter = options.getFilter();
    const isFiltered = matcherOf(filter);
    this.#window = filter?.getMax() || WINDOW;
    this.#checkpointInterval = filter && this.#window * filter.getCheckpointintervalmultiplier();
    if (this.#isOfAll) {
      this.#matches = isFiltered;
      this.#cursor = this.#pageStart = this.#startOfAll(options);
      return;
    }
    const from = options.getStream();
    const stream = streamNameOf(from?.getStreamIdentifier());
    const last = node.state.lastRevision(stream);
    const revision = from?.hasRevision() ? BigInt(from.getRevision()) : from?.hasEnd() ? last : -1n;
    this.#matches = (event) => event.stream === stream && event.revision > revision;
  }

  async run(): Promise<void> {
    await send(this.call, confirmationMessage(randomUUID()));
    await this.node.faults.at('subscribe.confirmed', this.call);
    // What lies behind the end of the log is waited for, and not looked at: it may never come, or be another event.
    const last = this.node.lastEvent();
    const isBehindTheEnd = this.#cursor && (!last || comparePositions(this.#cursor, last.position) >= 0);
    for (let isFirst = true; ; isFirst = false) {
      const changed = this.#change();
      for (const event of this.#next(isFirst && !isBehindTheEnd)) await this.#consider(event);
      if (!this.#isLive) await this.#goLive();
      if (this.#next(false).length > 0) continue;
      await this.node.faults.at('subscribe.idle', this.call);
      await changed;
      if (this.call.cancelled) throw new CallIsGone();
    }
  }

  #startOfAll(options: ReadReq.Options): LogPosition | undefined {
    const all = options.getAll();
    if (all?.hasEnd()) return this.node.lastEvent()?.position;
    const position = all?.getPosition();
    return position && { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) };
  }

  #next(isChecked: boolean): readonly StoredEvent[] {
    return this.node.state.records.after(this.#cursor, isChecked).filter((event) => this.node.has(event));
  }

  async #consider(event: StoredEvent): Promise<void> {
    if (this.#matches(event)) {
      const bent = await this.node.faults.at(this.#isLive ? 'subscribe.live' : 'subscribe.middle', this.call);
      await this.#send(event);
      if (bent?.kind === 'repeat') await this.#send(event);
      if (bent?.kind === 'disorder' && this.#lastSent) await this.#send(this.#lastSent);
      this.#lastSent = event;
    }
    this.#cursor = event.position;
    this.#considered += 1;
    if (this.#considered === this.#checkpointInterval) {
      this.#considered = 0;
      await this.#sendCheckpoint(this.#isLive ? event.position : this.#reached());
    }
    if (!this.#isLive && this.#considered % this.#window === 0) this.#pageStart = behind(event);
  }

  async #goLive(): Promise<void> {
    this.#isLive = true;
    this.#considered = 0;
    await this.#sendCheckpoint(this.#reached());
    await send(this.call, caughtUpMessage());
  }

  /** The last event that was sent or the page at which the server looks, whichever is later. */
  #reached(): LogPosition | undefined {
    const sent = this.#lastSent?.position;
    if (!sent || !this.#pageStart) return sent ?? this.#pageStart;
    return comparePositions(sent, this.#pageStart) < 0 ? this.#pageStart : sent;
  }

  async #sendCheckpoint(position: LogPosition | undefined): Promise<void> {
    if (this.#checkpointInterval && position) await send(this.call, checkpointMessage(position));
  }

  async #send(event: StoredEvent): Promise<void> {
    await send(this.call, eventMessage(event, this.#isOfAll));
  }

  /** Resolves when there is something to look at: an event, a fault that was ordered, or the end of the call. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const ends = [this.node.onChange(finish), this.node.faults.onOrder(finish)];
      this.call.on('cancelled', finish);
      const { call } = this;
      function finish(): void {
        for (const end of ends) end();
        call.removeListener('cancelled', finish);
        resolve();
      }
    });
  }
}

/** Where a page begins whose predecessor ended with this event. */
function behind({ position, end }: StoredEvent): LogPosition {
  if (position.commit === position.prepare) return { commit: end.commit, prepare: 0n };
  return { commit: position.commit, prepare: end.prepare };
}
