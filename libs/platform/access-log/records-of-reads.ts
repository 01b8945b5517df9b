import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Json } from '@khamrap/kernel';
import { SubjectRecords } from '@khamrap/platform/vault';
import { AccessReview } from './access-review';

const COUNT_MAX = 500;

/** Tells people, when they ask what is kept about them, which of their reads are. */
@Injectable()
export class RecordsOfReads implements OnModuleInit {
  constructor(
    private readonly records: SubjectRecords,
    private readonly review: AccessReview,
  ) {}

  onModuleInit(): void {
    this.records.register({
      name: 'accesses',
      title: { th: 'การเปิดดูข้อมูลที่ไม่เผยแพร่', en: 'Reads of what is not published' },
      explanation: {
        th:
          `การเปิดดูข้อมูลส่วนบุคคลหรือข้อมูลที่ยังไม่เผยแพร่ ${COUNT_MAX} ครั้งล่าสุด เก็บไว้ตรวจสอบย้อนหลังตลอดไป ` +
          'โดยรู้จักผู้ดูด้วยนามแฝงเท่านั้น ไม่เก็บเนื้อหาที่เห็น คำที่ค้นหา หรือที่อยู่ไอพี',
        en:
          `Your newest ${COUNT_MAX} reads of what is private or not published, kept for good so that they can be reviewed: ` +
          'under your pseudonym alone, without what you saw, the words you searched for or your address',
      },
      recordsOf: async (pseudonym): Promise<Json> =>
        (await this.review.of(pseudonym, COUNT_MAX)).map(({ number, atMs, access }) => ({
          number,
          at: new Date(atMs).toISOString(),
          kind: access.kind,
          route: access.route,
          parameters: access.parameters,
        })),
    });
  }
}
