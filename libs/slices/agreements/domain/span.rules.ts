import { NOT_STATED, type NotStated, type Provenance, type Rejection, type Span } from '@khamrap/kernel';
import { refuse, type AgreementRefusal } from './agreement.refusals';

/** Refuses a span that ends before it begins. `pointer` leads to the span in the data of the command. */
export function refusalOfReversed(span: Span, pointer: string): Rejection | undefined {
  return span.from > span.to ? refuse('span.reversed', { ...span }, pointer) : undefined;
}

interface StatedSpan {
  readonly span: Span | NotStated;
  readonly provenance: Provenance;
  /** Where the span has to lie. */
  readonly period: Span;
  /** What to say when it does not. */
  readonly outsidePeriod: AgreementRefusal;
}

/** Refuses a span that is reversed, lies outside the period, or was left open by someone who could have stated it. */
export function refusalOfSpan({ span, provenance, period, outsidePeriod }: StatedSpan): Rejection | undefined {
  if (span === NOT_STATED) {
    return provenance.kind === 'native' ? refuse('span.sourceNeeded', {}, '/span') : undefined;
  }
  if (span.from < period.from || span.to > period.to) {
    return refusalOfReversed(span, '/span') ?? refuse(outsidePeriod, { period: { ...period } }, '/span');
  }
  return refusalOfReversed(span, '/span');
}
