import type { VerifierKey, Witness } from '../proof';
import type { SignedElsewhere } from '../signing/log-signer';
import { reasonOf, shownBy, type WitnessedTree } from './witness-call';

export interface WitnessedTreesOptions {
  readonly witnesses: readonly Witness[];
  /** The keys of the log under an origin, those that are out of use as well. */
  readonly keysOf: (origin: string) => Promise<readonly VerifierKey[]>;
  readonly warn: (message: string) => void;
}

/**
 * What witnesses know to have been signed, for a signer that cannot know it itself: a copy that was restored together with an
 * equally old memory of the signer looks whole from within. A witness is believed only what the log's own key has signed.
 */
export class WitnessedTrees implements SignedElsewhere {
  readonly #trees = new Map<string, Promise<WitnessedTree[]>>();

  constructor(private readonly options: WitnessedTreesOptions) {}

  /** Every witness that has an address is asked once for each origin; one that does not answer is told of, and not waited for again. */
  async of(origin: string): Promise<readonly WitnessedTree[]> {
    const known = this.#trees.get(origin);
    if (known) return known;
    const asked = this.#askAll(origin);
    this.#trees.set(origin, asked);
    asked.catch(() => this.#trees.delete(origin));
    return asked;
  }

  /** Something that was found later, when a witness refused what it was asked to cosign. */
  async add(tree: WitnessedTree): Promise<void> {
    const known = await this.of(tree.origin);
    if (!known.some(({ note }) => note === tree.note)) this.#trees.set(tree.origin, Promise.resolve([...known, tree]));
  }

  settle(trees: readonly WitnessedTree[]): void {
    for (const origin of new Set(trees.map((tree) => tree.origin))) {
      const unsettled = this.of(origin).then((known) => known.filter((tree) => !trees.includes(tree)));
      this.#trees.set(origin, unsettled);
    }
  }

  async #askAll(origin: string): Promise<WitnessedTree[]> {
    const { witnesses, keysOf, warn } = this.options;
    const keys = await keysOf(origin);
    const shown = await Promise.all(
      witnesses.map(async (witness) => {
        if (witness.url === undefined) return [];
        try {
          const tree = await shownBy(witness, origin, keys, NEVER);
          return tree ? [tree] : [];
        } catch (error) {
          const why = reasonOf(error);
          warn(`What witness ${witness.name} has cosigned is not known before the first signature: ${why}.`);
          return [];
        }
      }),
    );
    return shown.flat();
  }
}

const NEVER = new AbortController().signal;
