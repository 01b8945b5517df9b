import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { BEFORE_FIRST } from '@khamrap/kernel';
import { noteShown, type Requester } from '@khamrap/platform/access';
import { CommandRejected, Ledger } from '@khamrap/platform/event-store';
import { SubjectRecords, Vault } from '@khamrap/platform/vault';
import { requirePrivacyOfficer } from '../../commands/privacy-officer';
import { streamOfRequest } from '../../commands/request-target';
import { personalDataRequestDecider } from '../../domain/personal-data-request.decider';
import { refuse } from '../../domain/personal-data-request.refusals';
import { EventsOfPerson } from './events-of-person';
import type { SubjectExportAnswer, SubjectExportQuery } from './subject-export.answer';

/** Everything about the one who asks. */
export class ExportOwnData extends Query<SubjectExportAnswer> {
  constructor(
    readonly query: SubjectExportQuery,
    readonly requester: Requester,
  ) {
    super();
  }
}

/** Everything about the person of a request to see it: for the privacy officer, who hands it over. */
export class ExportDataOfRequest extends Query<SubjectExportAnswer> {
  constructor(
    readonly requestId: string,
    readonly query: SubjectExportQuery,
    readonly requester: Requester,
  ) {
    super();
  }
}

const TITLE = { th: 'ข้อมูลส่วนบุคคลที่ระบบเก็บไว้', en: 'The personal data that the service keeps' };
const EXPLANATION = {
  th:
    'เอกสารนี้แสดงทุกสิ่งที่ระบบเก็บไว้เกี่ยวกับบุคคลหนึ่งคน บัญชีรู้จักบุคคลด้วยนามแฝงที่สุ่มขึ้น ' +
    'เหตุการณ์ในบัญชีลบไม่ได้ แต่ข้อความส่วนตัวและตัวตนที่นามแฝงแทนอยู่นอกบัญชีและลบได้ตามกฎหมาย',
  en:
    'This document shows everything that the service keeps about one person. The ledger knows people by random pseudonyms. ' +
    'Its events cannot be erased; private texts and who a pseudonym stands for lie outside of it and can be, within the law.',
};

async function noteOpened(events: SubjectExportAnswer['events'], requester: Requester): Promise<void> {
  const opened = events.filter(({ privateValues }) => privateValues.length > 0);
  for (const stream of new Set(opened.map((event) => event.stream))) {
    const positions = opened.filter((event) => event.stream === stream).map(({ position }) => position);
    await noteShown(requester, { stream, positions, isPrivate: true });
  }
}

@QueryHandler(ExportOwnData)
export class ExportOwnDataHandler implements IQueryHandler<ExportOwnData> {
  constructor(
    private readonly vault: Vault,
    private readonly records: SubjectRecords,
    private readonly events: EventsOfPerson,
  ) {}

  execute({ query, requester }: ExportOwnData): Promise<SubjectExportAnswer> {
    return this.of(requester.actor.id, query, requester);
  }

  /** The document about somebody, by pseudonym. */
  async of(
    pseudonym: string,
    { after = BEFORE_FIRST }: SubjectExportQuery,
    requester: Requester,
  ): Promise<SubjectExportAnswer> {
    const identity = await this.vault.identityOf(pseudonym);
    const records = await Promise.all(
      this.records.kinds.map(async (kind) => ({
        name: kind.name,
        title: kind.title,
        explanation: kind.explanation,
        records: await kind.recordsOf(pseudonym, identity),
      })),
    );
    const told = await this.events.read(pseudonym, after);
    await noteOpened(told.events, requester);
    return {
      title: TITLE,
      explanation: EXPLANATION,
      pseudonym,
      records,
      ...told,
    };
  }
}

@QueryHandler(ExportDataOfRequest)
export class ExportDataOfRequestHandler implements IQueryHandler<ExportDataOfRequest> {
  constructor(
    private readonly ledger: Ledger,
    private readonly handler: ExportOwnDataHandler,
  ) {}

  async execute({ requestId, query, requester }: ExportDataOfRequest): Promise<SubjectExportAnswer> {
    requirePrivacyOfficer(requester);
    const { state } = await this.ledger.stateOf(personalDataRequestDecider, streamOfRequest(requestId));
    if (state.status === 'notFiled') throw new CommandRejected(refuse('personalDataRequest.notFiled'));
    // What somebody else has to decide, nobody opens for themselves on paper.
    if (state.filedBy === requester.actor.id && state.subject !== requester.actor.id)
      throw new CommandRejected(refuse('personalDataRequest.decidedByTheSame'));
    if (state.kind !== 'access' || state.status === 'refused')
      throw new CommandRejected(refuse('personalDataRequest.notForAccess'));
    return this.handler.of(state.subject, query, requester);
  }
}
