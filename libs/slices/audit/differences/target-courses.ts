import type { AgreementEvent, EvaluationRoundClosed } from '@khamrap/agreements/events';
import { dateTime } from '../history/told-rows';
import type { ToldEvent } from '../narration/narration-of-events';
import type { Fact } from '../narration/narration-rule';
import type { Timeline } from '../narration/timeline';
import type { IndicatorTargetsAnswer, ScoredValueAnswer, StatedValueAnswer, TargetsAnswer } from './targets.answer';

interface Course {
  promised?: StatedValueAnswer;
  readonly amended: StatedValueAnswer[];
  readonly scored: ScoredValueAnswer[];
}

interface IndicatorCourse {
  readonly weight: Course;
  readonly targets: Map<string, Course>;
}

const newCourse = (): Course => ({ amended: [], scored: [] });

/** Follows targets and weights through the facts of an agreement: every value is told by the event that says it. */
export class TargetCourses {
  readonly #indicators = new Map<string, IndicatorCourse>();
  #tookEffect: TargetsAnswer['tookEffect'];

  constructor(private readonly timeline: Timeline) {
    timeline.events.forEach((event, index) => this.#take(event, index));
  }

  /** What is told of all indicators that stand, or were scored, in the order in which they are read. */
  answer(): Pick<TargetsAnswer, 'tookEffect' | 'items'> {
    const facts = this.timeline.factsAfter(this.timeline.events.length);
    const text = (indicatorId: string, what: string): string | undefined => {
      const value = facts.find(({ key }) => key[0] === 'indicator' && key[1] === indicatorId && key[2] === what)?.value;
      return typeof value === 'string' ? value : undefined;
    };
    const order = [...new Set(facts.flatMap(({ key }) => (key[0] === 'indicator' ? (key[1] ?? []) : [])))];
    const ids = [...new Set([...order, ...this.#indicators.keys()])].filter((id) => this.#indicators.has(id));
    const items = ids.map((indicatorId): IndicatorTargetsAnswer => {
      const { weight, targets } = this.#indicators.get(indicatorId) as IndicatorCourse;
      const [number, name] = [text(indicatorId, 'number'), text(indicatorId, 'name')];
      return {
        indicatorId,
        ...(number !== undefined && { number }),
        ...(name !== undefined && { name }),
        weight,
        targets: [...targets].map(([span, course]) => ({ span, ...course })),
      };
    });
    return { ...(this.#tookEffect && { tookEffect: this.#tookEffect }), items };
  }

  #take(told: ToldEvent, index: number): void {
    const event = told as unknown as AgreementEvent & ToldEvent;
    switch (event.type) {
      case 'AgreementDrafted':
        return this.#indicators.clear();
      case 'IndicatorRemoved':
        return void this.#indicators.delete(event.data.indicatorId);
      case 'IndicatorAdded':
      case 'IndicatorRevised':
        return this.#state(index, told, ['indicator', event.data.indicatorId, 'weight'], 'promised');
      case 'WeightAmended':
        return this.#state(index, told, ['indicator', event.data.indicatorId, 'weight'], 'amended');
      case 'TargetSet':
        return this.#state(index, told, ['indicator', event.data.indicatorId, 'target', event.data.span], 'promised');
      case 'TargetAmended':
        return this.#state(index, told, ['indicator', event.data.indicatorId, 'target', event.data.span], 'amended');
      case 'EvaluationRoundClosed':
        return this.#score(index, told, event.data);
      case 'AgreementTookEffect':
        this.#tookEffect = { ...statedBy(told), effectiveFrom: event.data.effectiveOn };
        return;
      default:
    }
  }

  #state(index: number, event: ToldEvent, key: readonly string[], as: 'promised' | 'amended'): void {
    const fact = this.#fact(index, key);
    if (!fact) return;
    const course = this.#course(key[1] ?? '', key[3]);
    const { effectiveFrom } = event.data;
    const value: StatedValueAnswer = {
      value: fact.value,
      shown: fact.shown,
      ...(as === 'amended' && typeof effectiveFrom === 'string' && { effectiveFrom }),
      stated: statedBy(event),
    };
    if (as === 'promised') course.promised = value;
    else course.amended.push(value);
  }

  /** The snapshot says each target and weight once more, as they were scored: also where nothing of them changed. */
  #score(index: number, event: ToldEvent, { round, revision, indicators }: EvaluationRoundClosed['data']): void {
    for (const { indicatorId, target } of indicators) {
      const scored = (what: string, course: Course): void => {
        const fact = this.#fact(index, ['round', round, 'indicator', indicatorId, what]);
        if (!fact) return;
        course.scored.push({ round, revision, value: fact.value, shown: fact.shown, stated: statedBy(event) });
      };
      scored('weight', this.#course(indicatorId));
      if (target) scored('target', this.#course(indicatorId, target.span));
    }
  }

  /** What stood after an event. */
  #fact(index: number, key: readonly string[]): Fact | undefined {
    return this.timeline.factAfter(index + 1, key);
  }

  #course(indicatorId: string, span?: string): Course {
    const indicator = this.#indicators.get(indicatorId) ?? { weight: newCourse(), targets: new Map<string, Course>() };
    this.#indicators.set(indicatorId, indicator);
    if (span === undefined) return indicator.weight;
    const course = indicator.targets.get(span) ?? newCourse();
    indicator.targets.set(span, course);
    return course;
  }
}

function statedBy({ eventId, position, recordedAt }: ToldEvent) {
  return { eventId, position, recordedAt: dateTime(recordedAt) };
}
