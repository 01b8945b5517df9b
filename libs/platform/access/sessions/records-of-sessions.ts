import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SubjectRecords } from '@khamrap/platform/vault';
import { timesOf } from './session-answer';
import { SessionStore } from './session-store';

/** Tells people, when they ask what is kept about them, of their sessions. */
@Injectable()
export class RecordsOfSessions implements OnModuleInit {
  constructor(
    private readonly records: SubjectRecords,
    private readonly sessions: SessionStore,
  ) {}

  onModuleInit(): void {
    this.records.register({
      name: 'sessions',
      title: { th: 'การเข้าสู่ระบบด้วยเบราว์เซอร์', en: 'Sessions of browsers' },
      explanation: {
        th: 'เวลาที่เข้าสู่ระบบ ใช้งานล่าสุด และสิ้นสุด เก็บไม่เกิน 12 ชั่วโมง ไม่เก็บที่อยู่ไอพีหรือชื่อเบราว์เซอร์',
        en: 'When you signed in, were last there and will be signed out, kept 12 hours at the most; no addresses, no browsers',
      },
      recordsOf: async (pseudonym) =>
        (await this.sessions.sessionsOf(pseudonym)).map((session) => ({ ...timesOf(session) })),
    });
  }
}
