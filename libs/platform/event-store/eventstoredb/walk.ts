import { createHash } from 'node:crypto';
import { APPEND_EVENT_COUNT_MAX, LogDamaged, type LogIdentity, type RecordedEvent } from '../event-store';
import { inOrder, wholeAppends, type Reached } from './in-order';
import { NOT_THE_STORE, type StoreConnection } from './store-connection';
import type { Place, StoredForm } from './stored-form';

/** What a page of $all holds of the ledger. */
export interface WalkedPage {
  readonly recorded: readonly RecordedEvent[];
  /** Positions and times with these events. */
  readonly reached: Reached;
  /** What was done to streams of the ledger and must not be done; sentences for operators. */
  readonly harm: readonly string[];
  /** Whether $all ends here for now. */
  readonly isLast: boolean;
  /** Whether an append at the end is not whole yet. */
  readonly isHeldBack: boolean;
}

interface Seen {
  readonly place: Place;
  readonly id: string;
}

type Page = Awaited<ReturnType<StoreConnection['readAll']>>;

/** Room for the largest append, and the event before it. */
const PAGE_COUNT = 2 * APPEND_EVENT_COUNT_MAX;

/**
 * Walks through $all and numbers the ledger's events. Each page begins with the event at which the one before ended: if that is
 * not there, it is not the store that it was.
 */
export class Walk {
  /** The last event of $all that was looked at, whoever's it is; before the first there is none. */
  #seen: Seen | undefined;

  constructor(
    private readonly connection: StoreConnection,
    private readonly form: StoredForm,
    private readonly clock: LogIdentity['clock'],
    private reached: Reached,
  ) {
    this.#seen = seenAt(reached);
  }

  /** The next page; the walk has gone beyond it only when `go` is told so. @throws LogDamaged, StoreUnavailable */
  async next(): Promise<WalkedPage & { readonly seen: Seen | undefined }> {
    const from = this.#seen;
    const page = (await this.#pageFrom(from)) ?? (await this.#pageFromLast());
    const news = from || this.reached.last ? page.slice(1) : page;
    const ours = news.filter((event) => this.form.isOurs(event)).map((event) => this.form.placed(event));
    const whole = wholeAppends(ours);
    const numbered = inOrder(this.reached, whole, this.clock);
    for (const event of numbered.recorded) requireUnchanged(event);
    const isHeldBack = whole.length < ours.length;
    return {
      ...numbered,
      harm: news.flatMap((event) => this.form.harmDoneBy(event) ?? []),
      isLast: page.length < PAGE_COUNT,
      isHeldBack,
      // What was held back is read again, with all that stands around it.
      seen: (isHeldBack ? seenAt(numbered.reached) : page.at(-1)) ?? from,
    };
  }

  /** A page that begins with this event; undefined where it is not there, because it was another program's and is gone. */
  async #pageFrom(seen: Seen | undefined): Promise<Page | undefined> {
    try {
      const page = await this.connection.readAll(seen?.place, PAGE_COUNT);
      return !seen || page[0]?.id === seen.id ? page : undefined;
    } catch (error) {
      if (error instanceof LogDamaged) return undefined;
      throw error;
    }
  }

  /** A page that begins with the ledger's last event, which cannot be gone. */
  async #pageFromLast(): Promise<Page> {
    const page = await this.#pageFrom(seenAt(this.reached));
    if (!page) throw new LogDamaged(NOT_THE_STORE);
    return page;
  }

  go({ reached, seen }: { readonly reached: Reached; readonly seen: Seen | undefined }): void {
    this.reached = reached;
    this.#seen = seen;
  }
}

function seenAt({ last }: Reached): Seen | undefined {
  return last && { place: last.place, id: last.eventId };
}

function requireUnchanged({ position, eventId, salt, body, bodyHash }: RecordedEvent): void {
  if (!createHash('sha256').update(salt).update(body, 'utf8').digest().equals(bodyHash))
    throw new LogDamaged(`the body of the event ${eventId} at position ${position} is not the one that was appended`);
}
