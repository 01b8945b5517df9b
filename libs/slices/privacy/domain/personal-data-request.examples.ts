import { isoDate } from '@khamrap/kernel';
import type {
  FilePersonalDataRequest,
  FulfilPersonalDataRequest,
  RefusePersonalDataRequest,
} from './personal-data-request.commands';
import type {
  PersonalDataErased,
  PersonalDataRequestEvent,
  PersonalDataRequestFiled,
  PersonalDataRequestFulfilled,
  PersonalDataRequestRefused,
} from './personal-data-request.events';

// Requests for specs; each can be changed in the one respect that it is about.

export const SUBJECT = '0b7f6a4e-2f0c-4d35-9c53-51b6b1a7c001';
export const OFFICER = '0b7f6a4e-2f0c-4d35-9c53-51b6b1a7c002';
const COMMITMENT = 'X7s1Yq0xq0m2x3c4v5b6n7m8k9j0h1g2f3d4s5a6p7o';
const EVIDENCE = 'cd'.repeat(32);
const NOTHING = { identity: false, values: [], evidence: [] };
const SCOPE = {
  identity: true,
  values: [{ stream: 'agreement-one', eventId: '0b7f6a4e-2f0c-5d35-9c53-51b6b1a7c003', path: '/note' }],
  evidence: [EVIDENCE],
};

export function requestFiled(changes: Partial<PersonalDataRequestFiled['data']> = {}): PersonalDataRequestFiled {
  const kind = changes.kind ?? 'erasure';
  return {
    type: 'PersonalDataRequestFiled',
    data: {
      kind,
      subject: SUBJECT,
      filedBy: SUBJECT,
      receivedOn: '2026-11-02',
      dueOn: kind === 'erasure' ? '2027-01-31' : '2026-12-02',
      scope: kind === 'erasure' ? SCOPE : NOTHING,
      explanation: 'ขอให้ลบหมายเลขโทรศัพท์',
      ...changes,
    },
  };
}
export function requestFulfilled(
  changes: Partial<PersonalDataRequestFulfilled['data']> = {},
): PersonalDataRequestFulfilled {
  return { type: 'PersonalDataRequestFulfilled', data: { explanation: 'ดำเนินการแล้ว', ...changes } };
}
export function requestRefused(changes: Partial<PersonalDataRequestRefused['data']> = {}): PersonalDataRequestRefused {
  return {
    type: 'PersonalDataRequestRefused',
    data: {
      ground: 'publicTask',
      reason: 'จำเป็นต้องเก็บไว้เพื่อปฏิบัติภารกิจของรัฐ',
      explanation: 'รายละเอียดถึงผู้ยื่นคำขอ',
      ...changes,
    },
  };
}
export function dataErased(changes: Partial<PersonalDataErased['data']> = {}): PersonalDataErased {
  return {
    type: 'PersonalDataErased',
    data: {
      categories: ['privateValues', 'identity', 'evidence'],
      fromVault: { commitments: [COMMITMENT], pseudonym: SUBJECT },
      evidence: [EVIDENCE],
      ...changes,
    },
  };
}

/** A request to erase, fulfilled: all that can happen to it, with every field that it can hold. */
export const ERASED_HISTORY: readonly PersonalDataRequestEvent[] = [requestFiled(), requestFulfilled(), dataErased()];
/** One that is refused. */
export const REFUSED_HISTORY: readonly PersonalDataRequestEvent[] = [requestFiled(), requestRefused()];

export function fileRequest(changes: Partial<PersonalDataRequestFiled['data']> = {}): FilePersonalDataRequest {
  const { dueOn: _dueOn, receivedOn, ...data } = requestFiled(changes).data;
  return {
    type: 'FilePersonalDataRequest',
    data: { ...data, receivedOn: isoDate(receivedOn) },
    today: isoDate('2026-11-02'),
  };
}
export function fulfilRequest(
  found: Partial<FulfilPersonalDataRequest['found']> = {},
  by = OFFICER,
): FulfilPersonalDataRequest {
  return {
    type: 'FulfilPersonalDataRequest',
    data: requestFulfilled().data,
    by,
    found: { commitments: [COMMITMENT], evidence: [EVIDENCE], ...found },
  };
}
export function refuseRequest(
  changes: Partial<PersonalDataRequestRefused['data']> = {},
  by = OFFICER,
): RefusePersonalDataRequest {
  return { type: 'RefusePersonalDataRequest', data: requestRefused(changes).data, by };
}
