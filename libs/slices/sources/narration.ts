import type { AnyNarrations, Fact, Narration } from '@khamrap/audit/events';
import { NOT_STATED, toldAlike, toldDay, toldList, UNSTATED, type BothLanguages, type Json } from '@khamrap/kernel';
import type { EvidenceErased, EvidenceEvent } from './domain/evidence.events';
import type { SourceDescription, SourceDocumentEvent } from './domain/source-document.events';

interface ToldDocument {
  /** Of its bytes, in hexadecimal. */
  readonly sha256?: string;
  readonly described?: SourceDescription;
}

const sourceDocument: Narration<ToldDocument, SourceDocumentEvent> = {
  begin: {},
  evolve: (state, event) => {
    if (event.type === 'SourceDocumentRegistered') {
      const { sha256, ...described } = event.data;
      return { sha256, described };
    }
    const { reason: _reason, ...described } = event.data;
    return { ...state, described };
  },
  facts: ({ sha256, described }) => [
    ...(sha256 === undefined ? [] : [factOfBytes(sha256)]),
    ...(described ? factsOf(described) : []),
  ],
  tells: {
    SourceDocumentRegistered: {
      act: { th: 'ลงทะเบียนเอกสารต้นทาง', en: 'Source document registered' },
      sentence: ({ data }) => {
        const [title, by, day] = [titleOf(data), publisherOf(data), toldDay(data.publishedOn)];
        const on = data.publishedOn === NOT_STATED ? undefined : day;
        return {
          th: `ลงทะเบียนเอกสาร “${title.th}” ของ${by.th}${on ? ` ลงวันที่ ${on.th}` : ' ไม่ระบุวันที่'}`,
          en: `The document “${title.en}” by ${by.en} was registered, ${on ? `published on ${on.en}` : 'its day not stated'}.`,
        };
      },
      evidence: ({ sha256, title, mediaType }) => [
        { sha256, ...(title !== undefined && { name: title }), ...(mediaType !== undefined && { mediaType }) },
      ],
    },
    SourceDocumentDescribed: {
      act: { th: 'แก้ไขคำอธิบายเอกสารต้นทาง', en: 'Description of a source document corrected' },
      sentence: ({ data }) => {
        const [title, by] = [titleOf(data), publisherOf(data)];
        return {
          th: `แก้ไขคำอธิบายเอกสารเป็น “${title.th}” ของ${by.th}`,
          en: `What is told of the document was corrected: “${title.en}” by ${by.en}.`,
        };
      },
      why: ({ reason }) => ({ text: reason }),
    },
  },
};

const evidence: Narration<readonly EvidenceErased['data'][], EvidenceEvent> = {
  begin: [],
  evolve: (_state, { data }) => [data],
  facts: (erased) =>
    erased.map(({ sha256 }) => ({
      key: ['erased'],
      label: { th: 'สถานะของไฟล์หลักฐาน', en: 'State of the file of evidence' },
      value: { sha256, erased: true },
      shown: { th: 'ลบเนื้อไฟล์แล้ว เหลือเพียงค่าแฮช', en: 'its bytes are erased, only the hash is left' },
    })),
  tells: {
    EvidenceErased: {
      act: { th: 'ลบไฟล์หลักฐาน', en: 'File of evidence erased' },
      sentence: ({ data: { sha256 } }) => ({
        th: `ลบเนื้อไฟล์หลักฐาน SHA-256 ${sha256} คงไว้เพียงค่าแฮช`,
        en: `The bytes of the file of evidence with SHA-256 ${sha256} were erased; its hash stays.`,
      }),
      why: ({ reason }) => ({ text: reason }),
    },
  },
};

function titleOf({ title, titleEn, description, descriptionEn }: SourceDescription): BothLanguages {
  const [th, en] = [title ?? description, titleEn ?? title ?? descriptionEn ?? description];
  return { th, en };
}

function publisherOf({ publisher }: SourceDescription): BothLanguages {
  return publisher === NOT_STATED
    ? { th: 'ผู้เผยแพร่ที่ไม่ระบุ', en: 'a publisher that is not stated' }
    : toldAlike(publisher);
}

function factOfBytes(sha256: string): Fact {
  return { key: ['sha256'], label: { th: 'SHA-256', en: 'SHA-256' }, value: sha256, shown: toldAlike(sha256) };
}

type FactOfDocument = readonly [key: string, label: BothLanguages, value: Json | undefined, shown: BothLanguages];

function factsOf(described: SourceDescription): readonly Fact[] {
  const { title, titleEn, publisher, publishedOn, tellsOf, addresses, language, mediaType } = described;
  const { description, descriptionEn } = described;
  const facts: readonly FactOfDocument[] = [
    [
      'title',
      { th: 'ชื่อเอกสาร', en: 'Title' },
      title && { title, ...(titleEn !== undefined && { titleEn }) },
      titleOf(described),
    ],
    [
      'publisher',
      { th: 'ผู้เผยแพร่', en: 'Publisher' },
      publisher,
      publisher === NOT_STATED ? UNSTATED : toldAlike(publisher),
    ],
    ['publishedOn', { th: 'วันที่เผยแพร่', en: 'Published on' }, publishedOn, toldDay(publishedOn)],
    ['tellsOf', { th: 'วันที่เอกสารกล่าวถึง', en: 'Days of which it tells' }, tellsOf, toldList(tellsOf.map(toldDay))],
    ['addresses', { th: 'แหล่งที่อยู่', en: 'Addresses' }, addresses, toldAlike(addresses.join(', '))],
    ['language', { th: 'ภาษา', en: 'Language' }, language, toldAlike(language)],
    ['mediaType', { th: 'ชนิดของไฟล์', en: 'Media type' }, mediaType, toldAlike(mediaType ?? '')],
    [
      'description',
      { th: 'คำอธิบาย', en: 'Description' },
      { description, ...(descriptionEn !== undefined && { descriptionEn }) },
      { th: description, en: descriptionEn ?? description },
    ],
  ];
  return facts.flatMap(([key, label, value, shown]) =>
    value === undefined ? [] : [{ key: [key], label, value, shown }],
  );
}

/** How source documents and files of evidence are told. */
export const sourceNarrations = { 'source-document': sourceDocument, evidence } satisfies AnyNarrations;
