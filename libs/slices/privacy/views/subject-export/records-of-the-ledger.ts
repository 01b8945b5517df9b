import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Json } from '@khamrap/kernel';
import { FULL_SIGHT, GrantReader, type Grant } from '@khamrap/platform/access';
import { EvidenceStore } from '@khamrap/platform/files';
import { ReadModels } from '@khamrap/platform/projections';
import { SubjectRecords, type Subject } from '@khamrap/platform/vault';
import { PERSONAL_DATA_REQUESTS } from '../requests/requests.projection';
import { requestTable } from '../requests/requests.table';

/** Registers what the ledger itself keeps about people; capabilities beside it register their own. */
@Injectable()
export class RecordsOfTheLedger implements OnModuleInit {
  constructor(
    private readonly records: SubjectRecords,
    private readonly grants: GrantReader,
    private readonly files: EvidenceStore,
    private readonly readModels: ReadModels,
  ) {}

  onModuleInit(): void {
    this.records.register({
      name: 'identity',
      title: { th: 'ตัวตน', en: 'Identity' },
      explanation: {
        th: 'ผู้ออกบัตรผ่านและรหัสของท่านที่ผู้ออกใช้ เก็บไว้เพื่อจับคู่กับนามแฝงในบัญชี จนกว่าจะมีการลบ',
        en: 'The issuer of your tokens and your name with it, kept to know the pseudonym in the ledger, until it is erased',
      },
      recordsOf: (_pseudonym, identity) =>
        Promise.resolve(identity ? { issuer: identity.issuer, subject: identity.subject } : null),
    });
    this.records.register({
      name: 'roles',
      title: { th: 'บทบาทที่มีในวันนี้', en: 'Roles held today' },
      explanation: {
        th: 'บทบาทและขอบเขตที่ได้รับมอบ การมอบและการสิ้นสุดอยู่ในรายการเหตุการณ์',
        en: 'Roles and where they hold; how each was granted and ended is among the events',
      },
      recordsOf: (pseudonym, identity) => this.#rolesOf(pseudonym, identity),
    });
    this.records.register({
      name: 'evidence',
      title: { th: 'ไฟล์หลักฐานที่อัปโหลด', en: 'Files of evidence uploaded' },
      explanation: {
        th: 'ไฟล์ที่ท่านเป็นผู้ส่ง เก็บไว้ตราบที่ตัวเลขที่อ้างอิงไฟล์ยังใช้เป็นหลักฐาน หรือจนกว่าจะมีการลบ',
        en: 'Files that you sent, kept as long as the figures that rest on them, or until they are erased',
      },
      recordsOf: async (pseudonym) =>
        (await this.files.filesUploadedBy(pseudonym)).map(
          ({ sha256, byteCount, mediaType, uploadedAtMs, erasedAtMs }) => ({
            sha256,
            byteCount,
            mediaType,
            uploadedAt: new Date(uploadedAtMs).toISOString(),
            erasedAt: erasedAtMs === undefined ? null : new Date(erasedAtMs).toISOString(),
          }),
        ),
    });
    this.records.register({
      name: 'requests',
      title: { th: 'คำขอเกี่ยวกับข้อมูลส่วนบุคคล', en: 'Requests about personal data' },
      explanation: {
        th: 'คำขอที่เกี่ยวกับข้อมูลของท่าน และผลการพิจารณา เก็บไว้เป็นบันทึกตามมาตรา 39',
        en: 'Requests about your data and what came of them, kept as the record that section 39 asks for',
      },
      recordsOf: (pseudonym) => this.#requestsOf(pseudonym),
    });
  }

  async #rolesOf(pseudonym: string, identity: Subject | undefined): Promise<Json> {
    if (!identity) return [];
    return (await this.grants.grantsOf({ ...identity, pseudonym })).map(roleIn);
  }

  async #requestsOf(pseudonym: string): Promise<Json> {
    const { result } = await this.readModels.read(
      PERSONAL_DATA_REQUESTS,
      {},
      (manager) =>
        manager.query<{ [column: string]: string | null }[]>(
          `SELECT request_id AS "requestId", kind, received_on AS "receivedOn", due_on AS "dueOn", status, ground
           FROM read_model.${requestTable.name} WHERE subject = $1 ORDER BY received_on, request_id`,
          [pseudonym],
        ),
      FULL_SIGHT,
    );
    return result;
  }
}

function roleIn({ role, scope }: Grant): Json {
  switch (scope.kind) {
    case 'nation':
      return { role, scope: { kind: scope.kind } };
    case 'province':
      return { role, scope: { kind: scope.kind, province: scope.province } };
    case 'zone':
      return { role, scope: { kind: scope.kind, zone: scope.zone } };
    case 'office':
      return { role, scope: { kind: scope.kind, office: scope.office } };
    case 'indicator':
      return { role, scope: { kind: scope.kind, indicator: scope.indicator } };
  }
}
