import type { BothLanguages } from '@khamrap/kernel';

/** One kind of problem: its status and its title, the same for every occurrence. */
export interface ProblemDescription {
  readonly status: number;
  readonly title: BothLanguages;
}

/** The problems of the protocol itself. Those of the domain come from the slices' rejection catalogues. */
export const HTTP_PROBLEMS = {
  invalidRequest: { status: 400, title: { th: 'คำขอไม่ถูกต้อง', en: 'The request is not valid' } },
  malformedJson: { status: 400, title: { th: 'เนื้อหาไม่ใช่ JSON ที่อ่านได้', en: 'The body is not JSON' } },
  malformedRequest: { status: 400, title: { th: 'คำขอผิดรูปแบบ HTTP', en: 'The request is not well-formed HTTP' } },
  foreignHost: {
    status: 400,
    title: { th: 'ส่วนหัว Host ไม่ใช่ชื่อของระบบนี้', en: 'The Host header is not a name of this service' },
  },
  idempotencyKeyMissing: {
    status: 400,
    title: { th: 'ต้องระบุส่วนหัว Idempotency-Key', en: 'The Idempotency-Key header is required' },
  },
  idempotencyKeyMalformed: {
    status: 400,
    title: { th: 'ส่วนหัว Idempotency-Key ผิดรูปแบบ', en: 'The Idempotency-Key header is malformed' },
  },
  ifMatchMalformed: { status: 400, title: { th: 'ส่วนหัว If-Match ผิดรูปแบบ', en: 'The If-Match header is malformed' } },
  notAuthenticated: { status: 401, title: { th: 'ต้องยืนยันตัวตน', en: 'Authentication is required' } },
  notPermitted: { status: 403, title: { th: 'ไม่มีสิทธิ์ทำรายการนี้', en: 'Not permitted' } },
  csrfTokenMissing: {
    status: 403,
    title: { th: 'ต้องระบุส่วนหัว X-CSRF-Token ของเซสชันนี้', en: 'The X-CSRF-Token header of this session is required' },
  },
  csrfTokenInvalid: {
    status: 403,
    title: { th: 'ส่วนหัว X-CSRF-Token ไม่ใช่ของเซสชันนี้', en: 'The X-CSRF-Token header is not that of this session' },
  },
  crossSiteRequest: {
    status: 403,
    title: { th: 'คำขอมาจากหน้าเว็บของเว็บไซต์อื่น', en: 'The request comes from a page of another site' },
  },
  signInFailed: { status: 400, title: { th: 'เข้าสู่ระบบไม่สำเร็จ', en: 'Signing in did not succeed' } },
  notFound: { status: 404, title: { th: 'ไม่พบสิ่งที่ร้องขอ', en: 'Not found' } },
  requestTimeout: { status: 408, title: { th: 'คำขอใช้เวลานานเกินไป', en: 'The request took too long to arrive' } },
  revisionMismatch: {
    status: 412,
    title: { th: 'ข้อมูลถูกแก้ไขไปแล้วหลังจากที่ท่านอ่าน', en: 'It has changed since it was read' },
  },
  bodyTooLarge: { status: 413, title: { th: 'เนื้อหามีขนาดใหญ่เกินไป', en: 'The body is too large' } },
  addressTooLong: { status: 414, title: { th: 'ที่อยู่ยาวเกินไป', en: 'The address is too long' } },
  unsupportedMediaType: {
    status: 415,
    title: { th: 'รับเฉพาะเนื้อหาชนิด application/json', en: 'Only application/json is accepted here' },
  },
  rangeNotSatisfiable: {
    status: 416,
    title: { th: 'ช่วงไบต์ที่ขออยู่นอกไฟล์', en: 'The requested range of bytes lies outside the file' },
  },
  idempotencyKeyReused: {
    status: 422,
    title: { th: 'Idempotency-Key นี้เคยใช้กับคำขออื่นแล้ว', en: 'The Idempotency-Key was used for another request' },
  },
  quotaExceeded: {
    status: 429,
    title: { th: 'ส่งคำขอถี่เกินไป โปรดรอแล้วส่งใหม่', en: 'Too many requests; wait and send it again' },
  },
  headersTooLarge: { status: 431, title: { th: 'ส่วนหัวมีขนาดใหญ่เกินไป', en: 'The header fields are too large' } },
  internalError: { status: 500, title: { th: 'ระบบขัดข้อง', en: 'Internal error' } },
  storeUnavailable: {
    status: 503,
    title: { th: 'ระบบจัดเก็บไม่พร้อมให้บริการชั่วคราว ไม่มีการบันทึก', en: 'The store is unavailable; nothing was recorded' },
  },
  outcomeUnknown: {
    status: 503,
    title: {
      th: 'ไม่ทราบผลการบันทึก โปรดส่งคำขอเดิมซ้ำด้วย Idempotency-Key เดิม',
      en: 'The outcome is unknown; send the same request again with the same Idempotency-Key',
    },
  },
  issuerUnavailable: {
    status: 503,
    title: { th: 'ตรวจสอบตัวตนไม่ได้ชั่วคราว', en: 'Tokens cannot be verified at the moment' },
  },
  grantsUnavailable: {
    status: 503,
    title: { th: 'ตรวจสอบสิทธิ์ไม่ได้ชั่วคราว', en: 'Who may do what cannot be told at the moment' },
  },
  positionNotReached: {
    status: 503,
    title: { th: 'ข้อมูลที่แสดงยังตามไม่ทันตำแหน่งที่ขอ', en: 'What can be read has not reached the requested position yet' },
  },
  stopping: { status: 503, title: { th: 'ระบบกำลังปิดเพื่อเริ่มใหม่', en: 'The service is restarting' } },
} as const satisfies Record<string, ProblemDescription>;

export type HttpProblemCode = keyof typeof HTTP_PROBLEMS;
