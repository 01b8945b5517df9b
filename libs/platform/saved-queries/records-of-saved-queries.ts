import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Json } from '@khamrap/kernel';
import { SubjectRecords } from '@khamrap/platform/vault';
import { SavedQueries } from './saved-queries';

/** Tells people, when they ask what is kept about them, of the queries that they have saved. */
@Injectable()
export class RecordsOfSavedQueries implements OnModuleInit {
  constructor(
    private readonly records: SubjectRecords,
    private readonly queries: SavedQueries,
  ) {}

  onModuleInit(): void {
    this.records.register({
      name: 'savedQueries',
      title: { th: 'คำค้นที่บันทึกไว้', en: 'Saved queries' },
      explanation: {
        th: 'ชื่อและที่อยู่ของคำค้นที่ท่านบันทึกไว้ใช้ซ้ำ เก็บจนกว่าท่านจะลบ หรือตัวตนของท่านถูกลบ',
        en: 'Titles and addresses of the queries that you saved for using them again, until you end them or your identity is erased',
      },
      recordsOf: async (pseudonym): Promise<Json> =>
        (await this.queries.ofOwner(pseudonym)).map(({ queryId, title, address, shared, savedAtMs }) => ({
          queryId,
          title,
          address,
          shared,
          savedAt: new Date(savedAtMs).toISOString(),
        })),
    });
  }
}
