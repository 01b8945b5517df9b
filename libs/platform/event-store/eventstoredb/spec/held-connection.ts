import { StoreConnection, type StoreConnectionOptions } from '../store-connection';
import type { Place, StoreEvent } from '../stored-form';

/** A connection that can be stopped when it has read a page and whoever asked for it does not have it yet. */
export class HeldConnection extends StoreConnection {
  /** How many events the page has that is held, apart from the one that it begins with. */
  heldCount = 0;
  #gate: Promise<void> | undefined;
  #open: (() => void) | undefined;

  constructor(options: StoreConnectionOptions) {
    super(options);
  }

  /** From now on no page is handed out. */
  hold(): void {
    this.#gate = new Promise((resolve) => (this.#open = resolve));
  }

  release(): void {
    this.#gate = undefined;
    this.heldCount = 0;
    this.#open?.();
  }

  override async readAll(
    from: Place | undefined,
    countMax: number,
  ): Promise<readonly (StoreEvent & { readonly place: Place })[]> {
    const page = await super.readAll(from, countMax);
    if (this.#gate) {
      this.heldCount = page.length - 1;
      await this.#gate;
    }
    return page;
  }
}
