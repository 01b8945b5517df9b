import { Inject, Injectable } from '@nestjs/common';
import { Rejection, streamName, type Revision, type ScoringRule, type StreamName } from '@khamrap/kernel';
import { CommandRejected, EVENT_STORE, Ledger, type Basis, type EventStore } from '@khamrap/platform/event-store';
import { LRUCache } from 'lru-cache';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState, Scheme } from '../domain/agreement.state';
import { calendarKey, schemeView, type PublishedBands, type PublishedCalendar, type SchemeView } from './scheme-view';

/** The published rules by which one agreement is scored and reported, in the versions that it agreed on. */
export interface SchemeFact extends PublishedCalendar {
  readonly rule: ScoringRule;
  readonly bands?: PublishedBands;
  /** The scheme's stream as it was read: for `basis` of the command request. */
  readonly basis: readonly [Basis];
}

interface ReadScheme {
  readonly revision: Revision;
  readonly view: SchemeView;
}

const CACHED_SCHEME_COUNT_MAX = 200;

/** Reads what schemes publish from their own streams: always current, folded anew only when a scheme has said more. */
@Injectable()
export class SchemeFacts {
  readonly #read = new LRUCache<StreamName, ReadScheme>({ max: CACHED_SCHEME_COUNT_MAX });

  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /**
   * The facts for a command on an agreement; undefined where there is no agreement, or none that names a scheme: the decider
   * says what that means. Leave to act is asked first, so that nobody learns by the refusals what an agreement holds: who has
   * none gets no facts, and the refusal from the ledger, which knows whether the command is only a repeat.
   * @param authorise as in the command request
   * @throws CommandRejected `agreement.schemeUnknown`
   */
  async ofAgreement(
    agreementId: string,
    authorise: (state: AgreementState) => Rejection | undefined,
  ): Promise<SchemeFact | undefined> {
    const { state } = await this.ledger.stateOf(agreementDecider, streamName('agreement', agreementId));
    if (state.status === 'notDrafted' || !state.scheme || authorise(state)) return undefined;
    return this.of(state.scheme, state.fiscalYear);
  }

  /**
   * The facts of a scheme in the versions that are named, the calendar for a fiscal year; bands are the newest.
   * @throws CommandRejected `agreement.schemeUnknown` when the scheme or one of the versions was never published
   */
  async of({ schemeId, ruleVersion, calendarVersion }: Scheme, fiscalYear: number): Promise<SchemeFact> {
    const stream = streamName('scheme', schemeId);
    const scheme = await this.#schemeIn(stream);
    const rule = scheme?.view.rules.get(ruleVersion);
    const calendar = scheme?.view.calendars.get(calendarKey(fiscalYear, calendarVersion));
    if (!scheme || !rule || !calendar) {
      throw new CommandRejected(
        new Rejection('agreement.schemeUnknown', { schemeId, ruleVersion, calendarVersion, fiscalYear }, '/scheme'),
      );
    }
    const { bands } = scheme.view;
    return { rule, ...calendar, ...(bands && { bands }), basis: [{ stream, revision: scheme.revision }] };
  }

  /** Undefined when nothing was ever published under the name. */
  async #schemeIn(stream: StreamName): Promise<ReadScheme | undefined> {
    const cached = this.#read.get(stream);
    // One event is enough to tell that there are more than those that were folded.
    const news = await this.store.readRecorded(stream, cached === undefined ? 0 : cached.revision + 1, 1);
    if (news.length === 0) return cached;
    const events = await this.ledger.history(stream);
    const revision = events.at(-1)?.revision;
    if (revision === undefined) return undefined;
    const read = { revision, view: schemeView(events) };
    this.#read.set(stream, read);
    return read;
  }
}
