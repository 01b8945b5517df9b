import { isoDate, type IsoDate } from '@khamrap/kernel';
import type { SourceBody } from '@khamrap/platform/http';
import { RegisterSourceDocument } from '@khamrap/sources';
import { creationStep, type BodyOf, type Step } from './demonstration-step';

// Five public documents. The ledger holds their facts, their hashes and what we say of them, not their sentences. None states
// the day of its publication or an address of its own.

/** A source document of the demonstration. */
export interface DemonstrationDocument {
  /** Of the text as it was collected. */
  readonly sha256: string;
  /** The last day of which it tells: nobody could have known it earlier. */
  readonly knownOn: IsoDate;
  readonly described: Pick<BodyOf<typeof RegisterSourceDocument>, 'publisher' | 'tellsOf'> & {
    readonly description: string;
    readonly descriptionEn: string;
  };
}

export const INSPECTION_2562 = documentOf(
  '4133880f51d85c94357849a372c32ba3c4ef02fd93c4bfbf141d3431681c64a8',
  ['2019-08-22', '2019-08-23'],
  {
    publisher: 'สถานีข่าว พช. CNS',
    description: 'ข่าวการประชุมติดตามผลการดำเนินงานของหน่วยรับตรวจ กรมการพัฒนาชุมชน ครั้งที่ 2/2562 ในเขตตรวจราชการที่ 5',
    descriptionEn:
      'News of the meeting that followed up the inspected units of the Community Development Department, 2/2562, in inspection zone 5',
  },
);

export const MEETING_2564 = documentOf(
  '31d1dcd0d1bef5920ba81c196fd02816eb82d7a216bf295bcc52a13445ff5559',
  ['2021-04-29'],
  {
    publisher: 'สำนักงานพัฒนาชุมชนจังหวัดพระนครศรีอยุธยา',
    description:
      'ข่าวการประชุมคณะกรมการจังหวัดพระนครศรีอยุธยา ครั้งที่ 4/2564 ซึ่งมีการรายงานผล OTOP ไตรมาสที่ 1–2 ของปีงบประมาณ พ.ศ. 2564',
    descriptionEn:
      'News of meeting 4/2564 of the provincial committee of Phra Nakhon Si Ayutthaya, with the OTOP results of the first two quarters of fiscal year 2564',
  },
);

export const ANNOUNCEMENT_2565 = documentOf(
  'a700a7efae4a683f02ab067dc3f50b8eb2580a0a38fdb8082df93dd581229226',
  ['2021-10-12'],
  {
    publisher: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่',
    description: 'ข่าวพิธีลงนามคำรับรองของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565 พร้อมรายการเป้าหมายร่วมและตัวชี้วัดย่อยของเป้าหมายที่ 8',
    descriptionEn:
      'News of the signing ceremony of Phrae for fiscal year 2565, with its joint goals and the sub-indicators of goal 8',
  },
);

export const AWARDS_2565 = documentOf(
  '2347d220dfeee2faa34d821b40f85a569882b40ece598fdf6d1601311a95ff84',
  ['2022-09-20'],
  {
    description: 'ข่าวการแถลงผลสำเร็จและรางวัลของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565',
    descriptionEn: 'News of the success and the awards that Phrae announced for fiscal year 2565',
  },
);

export const RESULTS_2566 = documentOf(
  '22b04762cbf1daa75170f86a400516b7c2a688ca498f7f0245e22aa9f94af641',
  ['2023-09-18'],
  {
    description: 'ข่าวการแถลงผลงานของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2566 ก่อนสิ้นปีงบประมาณ 12 วัน',
    descriptionEn: 'News of the results that Phrae told of fiscal year 2566, twelve days before the year ended',
  },
);

export const documentSteps: readonly Step[] = [
  INSPECTION_2562,
  MEETING_2564,
  ANNOUNCEMENT_2565,
  AWARDS_2565,
  RESULTS_2566,
].map(({ sha256, knownOn, described }) =>
  creationStep(RegisterSourceDocument)({ key: `document/${sha256}`, knownOn }, () => ({
    sha256,
    language: 'th',
    mediaType: 'text/plain',
    ...described,
  })),
);

/** Where a statement was taken from. Paragraphs are the lines of a document that are not empty, counted from 1. */
export function from({ sha256 }: DemonstrationDocument, ...paragraphs: readonly [number, ...number[]]): SourceBody {
  const passage = paragraphs.length === 1 ? `paragraph ${paragraphs[0]}` : `paragraphs ${paragraphs.join(' and ')}`;
  return { document: sha256, passage };
}

/** The same of all paragraphs from one to another. */
export function fromAll({ sha256 }: DemonstrationDocument, first: number, last: number): SourceBody {
  return { document: sha256, passage: `paragraphs ${first} to ${last}` };
}

function documentOf(
  sha256: string,
  days: readonly [string, ...string[]],
  described: Omit<DemonstrationDocument['described'], 'tellsOf'>,
): DemonstrationDocument {
  const tellsOf = days.map(isoDate);
  return { sha256, knownOn: isoDate(days.at(-1) ?? days[0]), described: { ...described, tellsOf } };
}
