import type { DecodedEvent, EventCodec, RecordedEvent } from '@khamrap/platform/event-store';
import type { JsonObject } from '@khamrap/kernel';
import type { Mark, Opening, Publication, PublicationRule, ToldEvent } from './publication-rule';

/** Rules by the names of events. What an event says is what its rule expects: the codec has seen to it. */
export type AnyRules = Readonly<Record<string, PublicationRule<never>>>;

/** Of an event that no rule speaks of nobody but whoever audits the nation is told anything. */
const UNRULED: PublicationRule<never> = { publish: 'never', because: 'No rule says otherwise.', nationOnly: true };

/** Says of any event of the log how it becomes public, and who may have it before. */
export class PublicationOfEvents {
  constructor(
    readonly rules: AnyRules,
    private readonly codec: EventCodec,
  ) {}

  /** Most rules need not read the event. */
  of(event: RecordedEvent): Publication {
    const { publish } = this.#ruleOf(event.type);
    return typeof publish === 'function' ? publish(toldIn(this.codec.decode(event))) : publish;
  }

  openingOf(type: string): Opening {
    return this.#ruleOf(type);
  }

  /** What an event says, in the newest version. */
  dataOf(event: RecordedEvent): JsonObject {
    return this.codec.decode(event).data;
  }

  #ruleOf(type: string): PublicationRule<never> {
    return (Object.hasOwn(this.rules, type) && this.rules[type]) || UNRULED;
  }
}

/** How an event is told to its rule. */
export function toldIn({ data, provenance }: Pick<DecodedEvent, 'data' | 'provenance'>): ToldEvent<never> {
  return { data: data as never, isTranscribed: provenance.kind === 'transcribed' };
}

/** How an event becomes public by its rule. */
export function publicationOf(rules: AnyRules, event: Pick<DecodedEvent, 'type' | 'data' | 'provenance'>): Publication {
  const publish = (Object.hasOwn(rules, event.type) && rules[event.type]?.publish) || UNRULED.publish;
  return typeof publish === 'function' ? publish(toldIn(event)) : publish;
}

/** The marks that an event leaves. */
export function marksOf(rules: AnyRules, event: Pick<DecodedEvent, 'type' | 'data' | 'provenance'>): readonly Mark[] {
  const rule = rules[event.type];
  const told = toldIn(event);
  return rule?.marks === undefined || (rule.marksOfTranscribed && !told.isTranscribed) ? [] : rule.marks(told);
}
