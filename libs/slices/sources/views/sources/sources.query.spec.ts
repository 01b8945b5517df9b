import { eventSchema, NATIVE, streamName, type DomainEvent, type Provenance, type StreamName } from '@khamrap/kernel';
import { CommandSalts, EventCodec, ledgerEventDeclarations, type DecodedEvent } from '@khamrap/platform/event-store';
import { EvidenceFiles, type EvidenceFile } from '@khamrap/platform/files';
import { encodeCursor, writeCsv, type Page } from '@khamrap/platform/http';
import { actor, commandContext } from '@khamrap/testing';
import {
  FoldingTables,
  freshStreamOf,
  ProjectionBench,
  rowsAt,
  type ProjectionInstance,
} from '../../../../testing/projection';
import { sourceDocumentEventDeclarations } from '../../domain/source-document.events';
import { sourceDocumentDescribed, sourceDocumentRegistered } from '../../domain/source-document.examples';
import { SOURCES, sourcesProjection } from './sources.projection';
import {
  ListSourceDocuments,
  ListSourceDocumentsHandler,
  ListSourceFacts,
  ListSourceFactsHandler,
  ReadSourceDocument,
  ReadSourceDocumentHandler,
  SOURCE_DOCUMENT_COLUMNS,
  SOURCE_FACT_COLUMNS,
  type SourceDocumentsQuery,
  type SourceFactsQuery,
} from './sources.query';
import { sourceDocumentTable } from './sources.tables';

// Events of other slices, of which this one knows nothing but their names.
const FACT: DomainEvent = { type: 'FactStated', data: {} };
const UNHEARD: DomainEvent = { type: 'UnheardFactStated', data: {} };
const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...sourceDocumentEventDeclarations,
  ...[FACT, UNHEARD].map(({ type }) => ({ versions: [eventSchema(type, 1, {})], upcasters: [] })),
]);
const projection = sourcesProjection(codec.types.filter((type) => type !== UNHEARD.type));

const [A, B, NOWHERE] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
const transcribed = (sourceDocument: string, passage: string): Provenance => ({
  kind: 'transcribed',
  sourceDocument,
  passage,
});
const documentStream = (sha256: string): StreamName => streamName('source-document', sha256);
const silent = { publisher: 'notStated', publishedOn: 'notStated', tellsOf: [], addresses: [] } as const;

interface Told {
  readonly stream: StreamName;
  readonly event: DomainEvent;
  readonly provenance?: Provenance;
  readonly role?: string;
}

const scheme = freshStreamOf('scheme');
const award = freshStreamOf('award');
const { descriptionEn: _descriptionEn, title: _title, ...plain } = sourceDocumentRegistered(silent).data;

/** What is told in this spec, in this order. */
const TOLD: readonly Told[] = [
  { stream: documentStream(A), event: sourceDocumentRegistered({ sha256: A }) },
  { stream: scheme, event: FACT, provenance: transcribed(A, 'ย่อหน้าที่ ๓') },
  { stream: scheme, event: FACT },
  { stream: award, event: FACT, provenance: transcribed(B, 'paragraph 1'), role: 'governor' },
  { stream: award, event: UNHEARD, provenance: transcribed(A, 'unheard') },
  { stream: documentStream(B), event: { type: 'SourceDocumentRegistered', data: { ...plain, sha256: B } } },
  { stream: scheme, event: FACT, provenance: transcribed(A, 'paragraph 1') },
  {
    stream: documentStream(A),
    event: sourceDocumentDescribed({ publisher: 'หน่วยงานที่ถูกต้อง', titleEn: 'Corrected 100%_' }),
  },
  { stream: award, event: FACT, provenance: transcribed(A, 'paragraph 9') },
];

class OneFile extends EvidenceFiles {
  has(sha256: string): Promise<boolean> {
    return Promise.resolve(sha256 === A);
  }
  info(sha256: string): Promise<EvidenceFile | undefined> {
    const file = { sha256: A, byteCount: 7, mediaType: 'text/plain', uploadedAtMs: 0 };
    return Promise.resolve(sha256 === A ? file : undefined);
  }
}

let bench: ProjectionBench;
let instance: ProjectionInstance;
const events: DecodedEvent[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([projection]);
  const revisions = new Map<StreamName, number>();
  for (const { stream, event, provenance = NATIVE, role = 'recorder' } of TOLD) {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const context = commandContext({ provenance, actor: actor({ role }) });
    const encoded = codec.encode({ event, index: 0, stream, revision, context, salts: new CommandSalts() });
    const outcome = await bench.store.append({ stream, expectedRevision: revision - 1, events: [encoded.event] });
    if (outcome.kind !== 'appended') throw new Error(outcome.kind);
    events.push(bench.decode((await bench.store.readLog(outcome.firstPosition!, 1))[0]!));
  }
  expect(await instance.projections.waitFor(SOURCES, await bench.head(), 10_000)).toBe(true);
});
afterAll(() => bench.close());

const at = (index: number): number => events[index]!.position;
const list = (query: Partial<SourceDocumentsQuery> = {}) =>
  new ListSourceDocumentsHandler(instance.readModels).execute(new ListSourceDocuments({ limit: 100, ...query }));
const read = (sha256: string, asOfPosition?: number) =>
  new ReadSourceDocumentHandler(instance.readModels, new OneFile()).execute(
    new ReadSourceDocument(sha256, asOfPosition === undefined ? {} : { asOfPosition }),
  );
const facts = (sha256: string, query: Partial<SourceFactsQuery> = {}) =>
  new ListSourceFactsHandler(instance.readModels, { grantsOf: () => [] }).execute(
    new ListSourceFacts(sha256, { limit: 100, ...query }, undefined),
  );

async function allPages<Item>(ask: (cursor: string | undefined) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await ask(cursor);
    items.push(...page.items);
    if (!page.next) return items;
    cursor = encodeCursor(page.next);
  }
}

describe('a document', () => {
  test('is told as it was corrected last, with the file that was uploaded', async () => {
    expect(await read(A)).toEqual({
      sha256: A,
      title: 'พิธีลงนามคำรับรองตัวอย่าง',
      titleEn: 'Corrected 100%_',
      publisher: 'หน่วยงานที่ถูกต้อง',
      publishedOn: '2026-10-12',
      tellsOf: ['2026-10-12', '2026-10-13'],
      addresses: ['https://example.test/news/1', 'https://example.test/ข่าว/๑'],
      language: 'th',
      mediaType: 'text/plain',
      description: 'ข่าวการลงนามของสำนักงานตัวอย่าง',
      descriptionEn: 'News of a signing by an example office',
      factCount: 3,
      revision: 1,
      registeredAtPosition: at(0),
      changedAtPosition: at(7),
      recordedAt: new Date(events[7]!.recordedAtMs).toISOString(),
      position: at(8),
      file: {
        sha256: A,
        byteCount: 7,
        mediaType: 'text/plain',
        uploadedAt: '1970-01-01T00:00:00.000Z',
        erasedAt: null,
      },
    });
  });

  test('of which little is stated says so', async () => {
    expect(await read(B)).toMatchObject({ ...silent, title: null, descriptionEn: null, factCount: 1, file: null });
  });

  test('is told of the past as it was told then', async () => {
    expect(await read(A, at(6))).toMatchObject({ publisher: 'สำนักงานตัวอย่าง', factCount: 2, revision: 0 });
    expect(await read(A, at(0))).toMatchObject({ factCount: 0, position: at(0) });
  });

  test('that is not registered, or was not yet, is not there', async () => {
    const unregistered = { rejection: { code: 'sourceDocument.notRegistered' } };
    await expect(read(NOWHERE)).rejects.toMatchObject(unregistered);
    await expect(read(B, at(4))).rejects.toMatchObject(unregistered);
  });
});

describe('the list', () => {
  test.each<[what: string, query: Partial<SourceDocumentsQuery>, found: readonly string[]]>([
    ['of all, in the order of their registration', {}, [A, B]],
    ['by publisher', { publisher: 'หน่วยงานที่ถูกต้อง' }, [A]],
    ['by a publisher of before', { publisher: 'สำนักงานตัวอย่าง' }, []],
    ['without publisher', { publisher: 'notStated' }, [B]],
    ['by a part of the title, whatever the case', { text: 'cORRECTED' }, [A]],
    ['by what would be a pattern elsewhere', { text: '100%_' }, [A]],
    ['by a part of the description', { text: 'ข่าวการลงนาม' }, [A, B]],
    ['by what stands nowhere', { text: '%x' }, []],
    ['by both', { publisher: 'notStated', text: 'ข่าว' }, [B]],
  ])('%s', async (_what, query, found) => {
    expect((await list(query)).items.map(({ sha256 }) => sha256)).toEqual(found);
  });

  test('of the past has the documents of then, found by what was told then', async () => {
    expect((await list({ asOfPosition: at(4) })).items.map(({ sha256 }) => sha256)).toEqual([A]);
    expect((await list({ asOfPosition: at(6), publisher: 'สำนักงานตัวอย่าง' })).items).toHaveLength(1);
    expect(await list({ asOf: '2020-01-01T00:00:00Z' })).toEqual({ items: [], position: -1 });
  });

  test('comes page by page', async () => {
    const paged = await allPages((cursor) => list({ limit: 1, ...(cursor !== undefined && { cursor }) }));
    expect(paged).toEqual((await list()).items);
    await expect(list({ cursor: encodeCursor(['x']) })).rejects.toMatchObject({ name: 'RequestRefused' });
  });

  test('can be had as a table', async () => {
    const lines = writeCsv((await list()).items, SOURCE_DOCUMENT_COLUMNS)
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('2026-10-12; 2026-10-13');
  });
});

describe('facts', () => {
  test('are all events that were transcribed from the document, in the order of the log', async () => {
    const { items, position } = await facts(A);
    expect(position).toBe(at(8));
    expect(items.map((item) => [item.position, item.passage])).toEqual([
      [at(1), 'ย่อหน้าที่ ๓'],
      [at(6), 'paragraph 1'],
      [at(8), 'paragraph 9'],
    ]);
    expect(items[0]).toEqual({
      position: at(1),
      recordedAt: new Date(events[1]!.recordedAtMs).toISOString(),
      eventId: events[1]!.eventId,
      type: 'FactStated',
      stream: scheme,
      passage: 'ย่อหน้าที่ ๓',
      recorderRole: 'recorder',
    });
  });

  test('are told of documents that were registered later, or never', async () => {
    expect((await facts(B, { asOfPosition: at(4) })).items).toMatchObject([{ recorderRole: 'governor' }]);
    expect((await facts(NOWHERE)).items).toEqual([]);
  });

  test('of the past are those of then', async () => {
    expect((await facts(A, { asOfPosition: at(5) })).items.map((item) => item.position)).toEqual([at(1)]);
  });

  test('come page by page, and as a table', async () => {
    const paged = await allPages((cursor) => facts(A, { limit: 2, ...(cursor !== undefined && { cursor }) }));
    expect(paged).toEqual((await facts(A)).items);
    expect(writeCsv(paged, SOURCE_FACT_COLUMNS).trimEnd().split('\r\n')).toHaveLength(4);
  });
});

test('rows do not depend on the batches that events come in, and history tells the latest state', async () => {
  const tables = await FoldingTables.make(bench.pool, projection);
  const log = (await bench.store.readLog(0, 100)).map((event) => bench.decode(event));
  const rows = await tables.foldAlike(log, 1);
  expect([rows['source_document']?.length, rows['source_document_history']?.length]).toEqual([2, 3]);
  expect(rows['source_fact']).toHaveLength(4);
  const latest = rowsAt(rows, sourceDocumentTable, at(8));
  expect(latest).toEqual(rows['source_document']!.map(({ first_position: _first, ...row }) => row));
});
