import { bangkokDateOf, toldAlike, toldDay, type BothLanguages } from '@khamrap/kernel';
import type { LogEvent } from '@khamrap/platform/transparency';
import type { AnyNarrations, Fact, Narration } from './narration-rule';

/** What the platform writes first of all. */
interface LedgerOpened {
  readonly type: 'LedgerOpened';
  readonly data: {
    readonly origin: string;
    readonly logId: string;
    readonly formatVersion: number;
    readonly clock: 'system' | 'simulated';
  };
}

type LedgerEvent = LedgerOpened | LogEvent;

interface ToldLedger {
  readonly opened?: LedgerOpened['data'];
  readonly keys: readonly Extract<LogEvent, { type: 'LogKeyAdopted' }>['data'][];
  readonly epochs: readonly Extract<LogEvent, { type: 'LogEpochOpened' }>['data'][];
  readonly heads?: Extract<LogEvent, { type: 'StreamHeadsRecorded' }>['data'];
  readonly seal?: Extract<LogEvent, { type: 'AccessLogSealed' }>['data'];
}

const CLOCKS: Readonly<Record<LedgerOpened['data']['clock'], BothLanguages>> = {
  system: { th: 'นาฬิกาจริง', en: 'a real clock' },
  simulated: { th: 'นาฬิกาจำลอง', en: 'a simulated clock' },
};

const ledger: Narration<ToldLedger, LedgerEvent> = {
  begin: { keys: [], epochs: [] },
  evolve: (state, event) => {
    switch (event.type) {
      case 'LedgerOpened':
        return { ...state, opened: event.data };
      case 'LogKeyAdopted':
        return { ...state, keys: [...state.keys, event.data] };
      case 'LogKeyRetired':
        return { ...state, keys: state.keys.filter(({ vkey }) => vkey !== event.data.vkey) };
      case 'LogEpochOpened':
        return { ...state, epochs: [...state.epochs, event.data] };
      case 'StreamHeadsRecorded':
        return { ...state, heads: event.data };
      case 'AccessLogSealed':
        return { ...state, seal: event.data };
    }
  },
  facts: factsOf,
  tells: {
    LedgerOpened: {
      act: { th: 'เปิดสมุดบันทึก', en: 'Ledger opened' },
      sentence: ({ data: { origin, clock } }) => ({
        th: `เปิดสมุดบันทึก ${origin} ด้วย${CLOCKS[clock].th}`,
        en: `The ledger ${origin} was opened with ${CLOCKS[clock].en}.`,
      }),
    },
    LogKeyAdopted: {
      act: { th: 'เริ่มใช้กุญแจลงนาม', en: 'Signing key adopted' },
      sentence: ({ data: { vkey, size } }) => ({
        th: `เริ่มใช้กุญแจ ${vkey} ลงนามสมุดบันทึกตั้งแต่ขนาด ${size} เหตุการณ์`,
        en: `The key ${vkey} signs the log from a size of ${size} events on.`,
      }),
    },
    LogKeyRetired: {
      act: { th: 'เลิกใช้กุญแจลงนาม', en: 'Signing key retired' },
      sentence: ({ data: { vkey, size } }) => ({
        th: `เลิกใช้กุญแจ ${vkey} ตั้งแต่ขนาด ${size} เหตุการณ์`,
        en: `The key ${vkey} signs nothing from a size of ${size} events on.`,
      }),
    },
    LogEpochOpened: {
      act: { th: 'เริ่มสมุดบันทึกช่วงใหม่', en: 'Epoch of the log opened' },
      sentence: ({ data: { epoch, origin, lastSignedSize, foundSize } }) => ({
        th: `เริ่มช่วงที่ ${epoch} ในชื่อ ${origin}: ลงนามไว้ล่าสุดที่ ${lastSignedSize} เหตุการณ์ แต่พบ ${foundSize} เหตุการณ์`,
        en: `Epoch ${epoch} began as ${origin}: ${lastSignedSize} events had been signed last, ${foundSize} were found.`,
      }),
      why: ({ reason }) => ({ text: reason }),
    },
    StreamHeadsRecorded: {
      act: { th: 'บันทึกยอดของทุกสาย', en: 'Stream heads recorded' },
      sentence: ({ data: { size, streamCount, root } }) => ({
        th: `บันทึกว่าเหตุการณ์ ${size} รายการแรกมี ${streamCount} สาย (ราก ${root})`,
        en: `The heads of ${streamCount} streams within the first ${size} events were recorded (root ${root}).`,
      }),
    },
    AccessLogSealed: {
      act: { th: 'ผนึกบันทึกการเข้าดูข้อมูล', en: 'Access log sealed' },
      sentence: ({ data: { size, root, firstAt, lastAt } }) => {
        const [first, last] = [dayIn(firstAt), dayIn(lastAt)];
        return {
          th: `ผนึกบันทึกการเข้าดูข้อมูล ${size} รายการแรก โดยรายการที่ผนึกเพิ่มเกิดระหว่างวันที่ ${first.th} ถึง ${last.th} (ราก ${root})`,
          en: `The first ${size} rows of the access log were sealed; those added were made from ${first.en} to ${last.en} (root ${root}).`,
        };
      },
    },
  },
};

/** The day in Bangkok of a moment. */
function dayIn(moment: string): BothLanguages {
  return toldDay(bangkokDateOf(Date.parse(moment)));
}

function factsOf({ opened, keys, epochs, heads, seal }: ToldLedger): readonly Fact[] {
  const facts: Fact[] = [];
  if (opened) {
    const { origin, logId, clock } = opened;
    facts.push(
      { key: ['origin'], label: { th: 'ชื่อสมุดบันทึก', en: 'Origin' }, value: origin, shown: toldAlike(origin) },
      {
        key: ['logId'],
        label: { th: 'รหัสสมุดบันทึก', en: 'Identifier of the log' },
        value: logId,
        shown: toldAlike(logId),
      },
      { key: ['clock'], label: { th: 'นาฬิกา', en: 'Clock' }, value: clock, shown: CLOCKS[clock] },
    );
  }
  for (const { epoch, origin } of epochs)
    facts.push({
      key: ['epoch', String(epoch)],
      label: { th: `ช่วงที่ ${epoch}`, en: `Epoch ${epoch}` },
      value: origin,
      shown: toldAlike(origin),
    });
  for (const { vkey, size } of keys)
    facts.push({
      key: ['key', vkey],
      label: { th: 'กุญแจที่ใช้ลงนาม', en: 'Key that signs' },
      value: { vkey, size },
      shown: { th: `${vkey} ตั้งแต่ ${size} เหตุการณ์`, en: `${vkey} from ${size} events on` },
    });
  if (heads) {
    const { size, streamCount, root } = heads;
    facts.push({
      key: ['heads'],
      label: { th: 'ยอดของทุกสายที่บันทึกล่าสุด', en: 'Heads of all streams, as last recorded' },
      value: { size, streamCount, root },
      shown: { th: `${streamCount} สายใน ${size} เหตุการณ์`, en: `${streamCount} streams in ${size} events` },
    });
  }
  if (seal) {
    const { size, root } = seal;
    facts.push({
      key: ['accessLogSeal'],
      label: { th: 'บันทึกการเข้าดูข้อมูลที่ผนึกล่าสุด', en: 'Access log, as last sealed' },
      value: { size, root },
      shown: { th: `${size} รายการ (ราก ${root})`, en: `${size} rows (root ${root})` },
    });
  }
  return facts;
}

/** How the log tells of itself. */
export const ledgerNarrations = { ledger } satisfies AnyNarrations;
