import { toldRole } from '@khamrap/platform/access';
import type { EvidenceFile } from '@khamrap/platform/files';
import type { ToldNames } from '../narration/known-names';
import type { ToldEvent } from '../narration/narration-of-events';
import type { NamedActor, NamedEvidence, StatedReason } from '../narration/narration-rule';
import type { Change, EventReference, Timeline } from '../narration/timeline';
import type { Act, EventOfAct } from './acts';
import type { ActAnswer, FactChangeAnswer, HistoryEventAnswer, WhoAnswer, WhyAnswer } from './history.answer';

/** Tells the events of one timeline as rows that people read. */
export class ToldRows {
  /** Who is named anywhere in what the reader may have of this stream, by pseudonym, and by which event. */
  readonly #named: ReadonlyMap<string, { readonly actor: NamedActor; readonly by: ToldEvent }>;
  readonly #shown = new Set<ToldEvent>();

  /** @param files what is known of the evidence that the rows name, by SHA-256 */
  constructor(
    private readonly timeline: Timeline,
    private readonly names: ToldNames,
    private readonly files: ReadonlyMap<string, EvidenceFile> = new Map(),
  ) {
    this.#named = new Map(
      timeline.events.flatMap((event) => {
        const actor = timeline.narration.telling(event.type)?.actor?.(event.opened);
        return actor ? [[actor.pseudonym, { actor, by: event }] as const] : [];
      }),
    );
  }

  /** The events that were told so far, and those that are the source of what was told with them: values before, and names. */
  get shown(): ReadonlySet<ToldEvent> {
    return this.#shown;
  }

  act({ events }: Act): ActAnswer {
    const [first] = events;
    const event = this.timeline.events[first.index] as ToldEvent;
    const rows = events.map((each) => this.event(each));
    return {
      eventId: event.eventId,
      position: event.position,
      act: (rows[0] as HistoryEventAnswer).act,
      who: this.who(event),
      events: rows,
    };
  }

  event({ index, changes }: EventOfAct): HistoryEventAnswer {
    const event = this.timeline.events[index] as ToldEvent;
    const { eventId, position, revision, type, data, opened, isTranscribed, recordedAt, decidedAt, published } = event;
    const before = this.timeline.stateBefore(index);
    this.#shown.add(event);
    for (const { setBy } of changes) this.source(setBy);
    const telling = this.timeline.narration.telling(type);
    // Every declared event is told; one of a newer program is refused by the codec before it comes here.
    if (!telling) throw new Error(`nobody can tell of ${type}`);
    const indicators = telling.indicators?.(data, before) ?? [];
    const effectiveFrom = telling.effectiveFrom?.(data);
    const why = telling.why?.(opened);
    const evidence = telling.evidence?.(data) ?? [];
    return {
      eventId,
      position,
      revision,
      type,
      act: telling.act,
      sentence: telling.sentence({ data: opened, isTranscribed }, before, this.names),
      ...(indicators.length > 0 && { indicators }),
      changes: changes.map(toldChange),
      recordedAt: dateTime(recordedAt),
      decidedAt,
      ...(effectiveFrom !== undefined && { effectiveFrom }),
      published: published && { position: published.position, at: dateTime(published.recordedAt) },
      ...(why && { why: toldReason(why) }),
      ...(evidence.length > 0 && { evidence: evidence.map((each) => this.#evidence(each)) }),
      provenance: this.#provenance(event),
      links: { receipt: `/v1/audit/receipts/${eventId}`, disclosure: `/v1/audit/disclosures/${position}` },
    };
  }

  /** Takes an event for shown by which a value was told. */
  source(reference: EventReference | undefined): void {
    const event = reference && this.timeline.at(reference.position);
    if (event) this.#shown.add(event);
  }

  /** Who acted, as the reader may know them. */
  who({ actor, type, opened }: ToldEvent): WhoAnswer {
    const { id, role, office, onBehalfOf } = actor;
    const named = this.#nameOf(id);
    const own = this.timeline.narration.telling(type)?.actor?.(opened);
    const onBehalf = onBehalfOf === undefined ? undefined : this.#nameOf(onBehalfOf);
    return {
      pseudonym: id,
      ...(named && { name: named.name, ...(named.post !== undefined && { post: named.post }) }),
      role,
      roleName: toldRole(role),
      ...(office !== undefined && { officeId: office, officeName: this.names.office(office) }),
      ...(own?.pseudonym === id && own.capacity && { capacity: own.capacity }),
      ...(onBehalfOf !== undefined && { onBehalfOf }),
      ...(onBehalf && { onBehalfOfName: onBehalf.name }),
    };
  }

  #nameOf(pseudonym: string): NamedActor | undefined {
    const named = this.#named.get(pseudonym);
    if (named) this.#shown.add(named.by);
    return named?.actor;
  }

  #evidence({ sha256, name, mediaType }: NamedEvidence) {
    const file = this.files.get(sha256);
    return {
      sha256,
      ...(name !== undefined && { name }),
      ...(mediaType !== undefined && { mediaType }),
      ...(file && { size: file.byteCount }),
      ...(file?.erasedAtMs !== undefined && { erasedAt: dateTime(file.erasedAtMs) }),
      address: `/v1/evidence/${sha256}`,
    };
  }

  #provenance({ provenance, actor }: ToldEvent): HistoryEventAnswer['provenance'] {
    if (provenance.kind === 'native') return { kind: 'native' };
    const { kind, sourceDocument, passage } = provenance;
    const title = this.names.document(sourceDocument);
    const address = `/v1/source-documents/${sourceDocument}`;
    return { kind, sourceDocument, ...(title && { title }), passage, recorder: actor.id, address };
  }
}

/** The evidence that acts name. */
export function evidenceIn(timeline: Timeline, acts: readonly Act[]): readonly string[] {
  const named = acts.flatMap(({ events }) =>
    events.flatMap(({ index }) => {
      const event = timeline.events[index] as ToldEvent;
      return timeline.narration.telling(event.type)?.evidence?.(event.data) ?? [];
    }),
  );
  return [...new Set(named.map(({ sha256 }) => sha256))];
}

/** A change as an answer has it. */
export function toldChange({ key, before, after, setBy }: Change): Pick<FactChangeAnswer, keyof FactChangeAnswer> {
  const label = (after ?? before)?.label ?? { th: key.join(' '), en: key.join(' ') };
  return {
    key,
    label,
    ...(before && { before: before.value }),
    ...(after && { after: after.value }),
    shown: { ...(before && { before: before.shown }), ...(after && { after: after.shown }) },
    ...(setBy && { setBy: { eventId: setBy.eventId, position: setBy.position } }),
  };
}

/** A reason with the address of the paper that it rests on, where that has one. */
export function toldReason({ text, document }: StatedReason): WhyAnswer {
  if (!document) return { ...(text !== undefined && { text }) };
  const { reference, sha256 } = document;
  return {
    ...(text !== undefined && { text }),
    document: { reference, ...(sha256 !== undefined && { sha256, address: `/v1/evidence/${sha256}` }) },
  };
}

/** A time of the log in an answer. */
export function dateTime(recordedAt: number): string {
  return new Date(recordedAt).toISOString();
}
