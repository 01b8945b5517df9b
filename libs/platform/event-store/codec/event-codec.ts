import {
  canonicalJson,
  type Actor,
  type DomainEvent,
  type EventDeclaration,
  type Json,
  type JsonObject,
  type Provenance,
} from '@khamrap/kernel';
import type { Position, Revision, StreamName } from '@khamrap/kernel';
import { createHash } from 'node:crypto';
import { eventIdOf } from '../identifiers';
import type { CommandContext } from '../command-context';
import type { NewEvent, RecordedEvent } from '../event-store';
import type { CommandSalts } from './command-salts';
import { checkedData, type Disclosure } from './field-classes';

/** The fact of another stream that a decision relied on. */
export interface Basis {
  readonly stream: string;
  readonly revision: Revision;
}

/** Everything that a stored body says; `data` is of the newest version after decoding. */
export interface Envelope {
  readonly eventId: string;
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly type: string;
  readonly schemaVersion: number;
  readonly decidedAt: string;
  readonly actor: Actor;
  readonly commandId: string;
  readonly requestHash: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly provenance: Provenance;
  readonly basis: readonly Basis[];
  readonly data: JsonObject;
}

/** A decoded event with its place in the log. */
export interface DecodedEvent extends Envelope {
  readonly position: Position;
  /** Milliseconds since 1970. */
  readonly recordedAtMs: number;
}

export interface EncodedEvent {
  readonly event: NewEvent;
  /** What the vault must hold before the event may be appended. */
  readonly disclosures: readonly Disclosure[];
}

export interface EncodeInput {
  readonly event: DomainEvent;
  readonly index: number;
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly context: CommandContext;
  readonly salts: CommandSalts;
  readonly basis?: readonly Basis[];
}

/** An event that this program cannot read: its name or version is not declared here. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
}

/**
 * Translates between events of the domain and the canonical text that is stored: explicit names and versions, every field
 * declared, private texts replaced by commitments, older versions lifted to the newest.
 */
export class EventCodec {
  readonly #declarations = new Map<string, EventDeclaration>();

  /** @throws Error when a name is declared twice or the versions are not 1, 2, 3 … with an upcaster between each two */
  constructor(declarations: readonly EventDeclaration[]) {
    for (const declaration of declarations) {
      const type = newestOf(declaration).type;
      if (this.#declarations.has(type)) throw new Error(`the event ${type} is declared twice`);
      assertVersions(declaration);
      this.#declarations.set(type, declaration);
    }
  }

  /** The names of all declared events. */
  get types(): readonly string[] {
    return [...this.#declarations.keys()];
  }

  /** @throws UndeclaredField, UnknownEvent, NotCanonical: nothing that breaks the format reaches the store */
  encode(input: EncodeInput): EncodedEvent {
    const { event, context } = input;
    const schema = newestOf(this.#declarationOf(event.type));
    const { data, disclosures } = checkedData(schema, event.data, (path) =>
      input.salts.saltFor(`${input.index}:${path}`),
    );
    const eventId = eventIdOf(context.commandId, input.index);
    const envelope: Envelope = {
      eventId,
      stream: input.stream,
      revision: input.revision,
      type: event.type,
      schemaVersion: schema.version,
      decidedAt: context.decidedAt,
      actor: declaredActor(context.actor),
      commandId: context.commandId,
      requestHash: context.requestHash,
      correlationId: context.correlationId,
      ...(context.causationId !== undefined && { causationId: context.causationId }),
      provenance: declaredProvenance(context.provenance),
      basis: (input.basis ?? []).map(({ stream, revision }) => ({ stream, revision })),
      data,
    };
    const body = canonicalJson(envelope as unknown as Json);
    const salt = input.salts.saltFor(`${input.index}`);
    const bodyHash = hashBody(salt, body);
    return {
      event: { eventId, type: event.type, schemaVersion: schema.version, body, salt, bodyHash },
      disclosures: disclosures.map((disclosure) => ({ ...disclosure, eventId, stream: input.stream })),
    };
  }

  /** @throws UnknownEvent when this program does not know the name or is older than the event */
  decode(recorded: Pick<RecordedEvent, 'body'>): Envelope {
    const stored = JSON.parse(recorded.body) as Envelope;
    const { versions, upcasters } = this.#declarationOf(stored.type);
    if (stored.schemaVersion > versions.length) {
      throw new UnknownEvent(`${stored.type} version ${stored.schemaVersion} is newer than this program`);
    }
    if (stored.schemaVersion === versions.length) return stored;
    const data = upcasters
      .slice(stored.schemaVersion - 1)
      .reduce<JsonObject>((older, upcast) => upcast(older), stored.data);
    return { ...stored, schemaVersion: versions.length, data };
  }

  #declarationOf(type: string): EventDeclaration {
    const declaration = this.#declarations.get(type);
    if (declaration === undefined) throw new UnknownEvent(`the event ${type} is not declared`);
    return declaration;
  }
}

/** SHA-256(salt ‖ body in UTF-8): what the leaf of the verifiable log commits to. */
export function hashBody(salt: Buffer, body: string): Buffer {
  return createHash('sha256').update(salt).update(body, 'utf8').digest();
}

// Word by word: what somebody puts beside these words, a name perhaps, has no declared class and must not be stored.
function declaredActor({ id, role, office, onBehalfOf }: Actor): Actor {
  return { id, role, ...(office !== undefined && { office }), ...(onBehalfOf !== undefined && { onBehalfOf }) };
}

function declaredProvenance(provenance: Provenance): Provenance {
  if (provenance.kind === 'native') return { kind: 'native' };
  const { kind, sourceDocument, passage } = provenance;
  return { kind, sourceDocument, passage };
}

function newestOf(declaration: EventDeclaration): EventDeclaration['versions'][number] {
  const newest = declaration.versions.at(-1);
  if (newest === undefined) throw new Error('an event is declared without any version');
  return newest;
}

function assertVersions(declaration: EventDeclaration): void {
  const { versions, upcasters } = declaration;
  const type = newestOf(declaration).type;
  versions.forEach((schema, index) => {
    if (schema.type !== type || schema.version !== index + 1)
      throw new Error(`${type}: versions must be 1, 2, 3 … of one name`);
  });
  if (upcasters.length !== versions.length - 1) throw new Error(`${type}: one upcaster between each two versions`);
}
