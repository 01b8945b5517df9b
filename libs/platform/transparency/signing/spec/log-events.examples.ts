import type { LogEvent } from '../log-events';

const ORIGIN = 'recorded.test/log';
const EPOCH_ORIGIN = `${ORIGIN}/epoch-1`;
/** Of a key whose private half nobody kept. */
const KEY = 'AbQ3WsCaQpO6rmYIlmNLlmYqbqDWZpqmn5Vwj8MBRQoN';
const ROOT = 'c4d1f8ab7c6a4f8e2d9f0a4e19c5d6b7a8e9f0112233445566778899aabbccdd';
const ANOTHER_ROOT = '0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0';

/** Every event on the stream `ledger` besides its opening, with every field. */
export const WHOLE_LOG_ANNALS: readonly LogEvent[] = [
  { type: 'LogKeyAdopted', data: { vkey: `${ORIGIN}+0c2a6d3e+${KEY}`, size: 0 } },
  { type: 'LogKeyRetired', data: { vkey: `${ORIGIN}+0c2a6d3e+${KEY}`, size: 120 } },
  {
    type: 'LogEpochOpened',
    data: {
      epoch: 1,
      origin: EPOCH_ORIGIN,
      lastSignedSize: 119,
      lastSignedRoot: ROOT,
      foundSize: 100,
      foundRoot: ANOTHER_ROOT,
      reason: 'กู้คืนจากสำเนาสำรอง คำสั่งจังหวัดที่ 12/2570',
    },
  },
  {
    type: 'StreamHeadsRecorded',
    data: {
      size: 104,
      streamCount: 17,
      root: ANOTHER_ROOT,
      cosigned: `${EPOCH_ORIGIN}\n104\nDx4tPEtaaXiHlqW0w9Lh8AARIjNEVWZ3iJmqu8zd7v8=\n\n\u2014 nacc.test/witness c2lnbmF0dXJl\n`,
    },
  },
];

/** The seal of the access log, with every field. */
export const ACCESS_LOG_SEALED: LogEvent = {
  type: 'AccessLogSealed',
  data: { size: 42, root: ROOT, firstAt: '2026-11-27T02:00:00.000Z', lastAt: '2026-11-27T02:59:59.999Z' },
};
