import type { Json } from '@khamrap/kernel';
import type { EventReferenceAnswer, HistoryEventAnswer, WhoAnswer } from '../../history/history.answer';
import type { TrailEventAnswer } from './trail.answer';

/** CloudEvents 1.0, JSON Batch Format. */
export const CLOUD_EVENTS_BATCH = 'application/cloudevents-batch+json';

/** An event in the JSON format of CloudEvents. */
export type CloudEvent = Readonly<Record<string, Json>>;

/**
 * An event as a CloudEvent: its id and the origin of the log name it in the world. Names of extension attributes are small
 * letters and digits by the specification; a position is text, because its whole numbers have 32 bits.
 * @param origin name of the log
 */
export function cloudEventOf(event: TrailEventAnswer, origin: string): CloudEvent {
  const { actor, act, published, provenance } = event;
  return {
    specversion: '1.0',
    id: event.eventId,
    source: origin,
    type: event.type,
    subject: event.stream,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    position: String(event.position),
    revision: event.revision,
    decidedat: event.decidedAt,
    ...(event.effectiveFrom !== undefined && { effectivefrom: event.effectiveFrom }),
    ...(published && { publishedposition: String(published.position), publishedat: published.at }),
    actor: actor.pseudonym,
    actorrole: actor.role,
    ...(actor.office !== undefined && { actoroffice: actor.office }),
    ...(actor.onBehalfOf !== undefined && { onbehalfof: actor.onBehalfOf }),
    commandid: act.commandId,
    correlationid: act.correlationId,
    ...(act.causationId !== undefined && { causationid: act.causationId }),
    provenance: provenance.kind,
    ...(provenance.kind === 'transcribed' && {
      sourcedocument: provenance.sourceDocument,
      passage: provenance.passage,
    }),
    data: event.data,
  };
}

/** An event of a history as a CloudEvent: what it says are its sentence and what it changed, in words and as data. */
export function cloudEventOfHistory(
  { stream, who, act }: { readonly stream: string; readonly who: WhoAnswer; readonly act: EventReferenceAnswer },
  event: HistoryEventAnswer,
  origin: string,
): CloudEvent {
  const { eventId, position, revision, type, recordedAt, decidedAt, effectiveFrom, published, provenance } = event;
  const { act: heading, sentence, indicators, changes, why, evidence, links } = event;
  return {
    specversion: '1.0',
    id: eventId,
    source: origin,
    type,
    subject: stream,
    time: recordedAt,
    datacontenttype: 'application/json',
    position: String(position),
    revision,
    decidedat: decidedAt,
    ...(effectiveFrom !== undefined && { effectivefrom: effectiveFrom }),
    ...(published && { publishedposition: String(published.position), publishedat: published.at }),
    actor: who.pseudonym,
    actorrole: who.role,
    ...(who.officeId !== undefined && { actoroffice: who.officeId }),
    ...(who.onBehalfOf !== undefined && { onbehalfof: who.onBehalfOf }),
    // Events of one act have the same.
    act: act.eventId,
    provenance: provenance.kind,
    ...(provenance.sourceDocument !== undefined && { sourcedocument: provenance.sourceDocument }),
    ...(provenance.passage !== undefined && { passage: provenance.passage }),
    // Answers hold nothing that is not JSON.
    data: { heading, sentence, who, indicators, changes, why, evidence, links } as unknown as Json,
  };
}
