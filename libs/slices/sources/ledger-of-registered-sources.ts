import { NO_STREAM, Rejection, streamName, type DomainEvent } from '@khamrap/kernel';
import {
  CommandRejected,
  Ledger,
  type Basis,
  type CommandAccepted,
  type CommandRequest,
} from '@khamrap/platform/event-store';
import { LRUCache } from 'lru-cache';
import { sourceDocumentDecider } from './domain/source-document.decider';
import type { transcriptionRefusals } from './domain/source-document.refusals';

const KNOWN_DOCUMENT_COUNT_MAX = 1_000;

/**
 * The ledger of a program in which source documents can be registered: a statement is transcribed from one that was, and its
 * events note the revision of the document that they rest on. Whichever slice is asked, the rule is the same, so it stands here
 * once, before any of them decides.
 */
export class LedgerOfRegisteredSources extends Ledger {
  /** What was registered stays registered, so of each document that is looked up once. */
  readonly #registered = new LRUCache<string, Basis>({ max: KNOWN_DOCUMENT_COUNT_MAX });

  override async execute<State, Command, Event extends DomainEvent>(
    request: CommandRequest<State, Command, Event>,
  ): Promise<CommandAccepted> {
    const { provenance } = request.context;
    if (provenance.kind === 'native') return super.execute(request);
    const document = await this.#basisOf(provenance.sourceDocument);
    return super.execute({ ...request, basis: [...(request.basis ?? []), document] });
  }

  /** @throws CommandRejected when nobody has registered the document */
  async #basisOf(sha256: string): Promise<Basis> {
    const known = this.#registered.get(sha256);
    if (known) return known;
    const stream = streamName('source-document', sha256);
    const { revision } = await this.stateOf(sourceDocumentDecider, stream);
    if (revision === NO_STREAM) {
      const code: keyof typeof transcriptionRefusals = 'sourceDocument.unknown';
      throw new CommandRejected(new Rejection(code, { sha256 }, '/source/document'));
    }
    const basis = { stream, revision };
    this.#registered.set(sha256, basis);
    return basis;
  }
}
