import { randomUUID } from 'node:crypto';
import { NATIVE, streamName, type DomainEvent, type Provenance, type StreamName } from '@khamrap/kernel';
import { grant, type Grant, type GrantReader, type Requester } from '@khamrap/platform/access';
import { CommandSalts, EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import type { EvidenceStore } from '@khamrap/platform/files';
import { actor, commandContext } from '@khamrap/testing';
import { FoldingTables, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import { agreementEventDeclarations } from '../../../agreements/domain/agreement.events';
import {
  actualReported,
  amendmentRequested,
  drafted,
  indicatorAdded,
  MAKER,
  RECEIVER,
  signed,
  targetSet,
  tookEffect,
  withdrawn,
} from '../../../agreements/domain/agreement.examples';
import { officeStreamDeclarations } from '../../../offices/domain/office.events';
import { sourceDocumentEventDeclarations } from '../../domain/source-document.events';
import { sourceDocumentRegistered } from '../../domain/source-document.examples';
import { SOURCES, sourcesProjection } from '../sources/sources.projection';
import {
  ListSourceFacts,
  ListSourceFactsHandler,
  ReadSourceDocument,
  ReadSourceDocumentHandler,
} from '../sources/sources.query';
import { FindEvidence, FindEvidenceHandler } from './evidence.query';

// Who may have which file, and who is told of which fact: of an agreement in effect in Phrae, of a draft there, and of one in Nan.

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...officeStreamDeclarations,
  ...sourceDocumentEventDeclarations,
]);
const projection = sourcesProjection(codec.types);
const [RUNNING, DRAFT, ABROAD] = [1, 2, 3].map(() => streamName('agreement', randomUUID())) as [
  StreamName,
  StreamName,
  StreamName,
];
const INDICATOR = randomUUID();
const hash = (digit: string): string => digit.repeat(64);
const FIGURE = hash('1');
const SCAN = hash('2');
const PAPER = hash('3');
const DOCUMENT = hash('4');
const FOREIGN = hash('5');
const UNUSED = hash('6');
const OLD = hash('7');
const ERASED = hash('8');
const KEEPER = 'person-keeper';
const NEIGHBOUR = 'person-neighbour';
const UPLOADERS: Readonly<Record<string, readonly string[]>> = {
  [FIGURE]: [KEEPER],
  [SCAN]: [KEEPER],
  [PAPER]: [KEEPER],
  [DOCUMENT]: ['person-recorder'],
  [FOREIGN]: [NEIGHBOUR],
  [UNUSED]: [KEEPER],
  [OLD]: [],
  [ERASED]: [KEEPER],
};
const STATED: Provenance = { kind: 'transcribed', sourceDocument: DOCUMENT, passage: 'paragraph 1' };

const files: Pick<EvidenceStore, 'info' | 'uploadersOf'> = {
  info: (sha256) =>
    Promise.resolve(
      UPLOADERS[sha256] && {
        sha256,
        byteCount: 1,
        mediaType: 'text/plain',
        uploadedAtMs: 0,
        ...(sha256 === ERASED && { erasedAtMs: 1 }),
      },
    ),
  uploadersOf: (sha256) => Promise.resolve(UPLOADERS[sha256] ?? []),
};

const evidence = (...hashes: readonly string[]) =>
  hashes.map((sha256) => ({ sha256, mediaType: 'text/plain', name: 'หลักฐาน' }));
const figure = (...hashes: readonly string[]) =>
  actualReported({ indicatorId: INDICATOR, evidence: evidence(...hashes) });
const indicator = indicatorAdded({
  indicatorId: INDICATOR,
  keepers: [{ officeId: 'keeping-office', officeName: 'ผู้จัดเก็บ' }],
});
const terms = [drafted({ province: 'TH-54' }), indicator, targetSet({ indicatorId: INDICATOR })] as const;
const abroad = drafted({ province: 'TH-55', parties: [{ ...MAKER, officeId: 'nan-office' }, RECEIVER] });

/** What happens, in this order, and who says so. */
const HAPPENED: readonly (readonly [StreamName, DomainEvent, string?, Provenance?])[] = [
  [RUNNING, terms[0], KEEPER, STATED],
  [RUNNING, terms[1]],
  [RUNNING, signed('maker', terms, { capture: 'paper', scanSha256: SCAN })],
  [RUNNING, tookEffect(terms)],
  [RUNNING, figure(FIGURE, OLD, ERASED)],
  [RUNNING, amendmentRequested({ basisDocument: { reference: 'หนังสือ', sha256: PAPER } })],
  [DRAFT, drafted({ province: 'TH-54' }), KEEPER, STATED],
  [DRAFT, withdrawn()],
  [streamName('source-document', DOCUMENT), sourceDocumentRegistered({ sha256: DOCUMENT })],
  [ABROAD, abroad],
  [ABROAD, indicatorAdded({ indicatorId: INDICATOR })],
  [ABROAD, tookEffect([abroad])],
  // In Nan they name, besides their own file, whose hash they have seen: that leads them nowhere.
  [ABROAD, figure(FOREIGN, FIGURE, OLD), NEIGHBOUR],
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
const positions: number[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([projection]);
  const revisions = new Map<StreamName, number>();
  for (const [stream, event, by = KEEPER, provenance = NATIVE] of HAPPENED) {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const context = commandContext({ provenance, actor: actor({ id: by }) });
    const encoded = codec.encode({ event, index: 0, stream, revision, context, salts: new CommandSalts() });
    const outcome = await bench.store.append({ stream, expectedRevision: revision - 1, events: [encoded.event] });
    if (outcome.kind !== 'appended') throw new Error(outcome.kind);
    positions.push(outcome.firstPosition as number);
  }
});
afterAll(() => bench.close());

function someone(id: string, ...grants: readonly Grant[]): Requester {
  return { issuer: 'spec', subject: id, actor: { id, role: grants[0]?.role ?? 'none' }, grants };
}
/** Who knows the grants of one person. */
const holding = (requester: Requester | undefined): GrantReader => ({ grantsOf: () => requester?.grants ?? [] });
const inProvince = (province: string) => ({ kind: 'province', province }) as const;
const inOffice = (office: string) => ({ kind: 'office', office, province: 'TH-54' }) as const;
/** The code of a party, registered in another province. */
const CLAIMED = { kind: 'office', office: MAKER.officeId, province: 'TH-57' } as const;
const ZONE = { kind: 'zone', zone: '16', provinces: ['TH-54'] } as const;
const NATION = { kind: 'nation' } as const;

const OF_RUNNING = [FIGURE, SCAN, PAPER, OLD];
test.each<[string, Requester, readonly string[]]>([
  ['who uploaded them', someone(KEEPER, grant('keeper', inOffice('elsewhere'))), [FIGURE, SCAN, PAPER, UNUSED]],
  ['a party', someone('a', grant('officeHead', inOffice(MAKER.officeId))), OF_RUNNING],
  ['an office that keeps an indicator', someone('b', grant('keeper', inOffice('keeping-office'))), OF_RUNNING],
  ['a department', someone('l', grant('officeHead', { kind: 'office', office: MAKER.officeId })), OF_RUNNING],
  ['another office that has claimed the code of a party', someone('m', grant('officeHead', CLAIMED)), []],
  ['another office of the province', someone('c', grant('keeper', inOffice('another'))), []],
  [
    'an office above',
    someone('d', grant('officeHead', { ...inOffice('x'), below: new Map([[MAKER.officeId, undefined]]) })),
    OF_RUNNING,
  ],
  ['the province', someone('e', grant('governor', inProvince('TH-54'))), OF_RUNNING],
  ['the zone', someone('f', grant('inspector', ZONE)), OF_RUNNING],
  [
    'the indicator',
    someone('g', grant('supervisor', { kind: 'indicator', indicator: INDICATOR })),
    [FIGURE, OLD, FOREIGN],
  ],
  ['another province', someone('h', grant('governor', inProvince('TH-55'))), [FOREIGN]],
  ['who may not read evidence', someone('i', grant('dashboard', NATION)), []],
  ['the nation', someone('j', grant('naccOfficer', NATION)), [...OF_RUNNING, FOREIGN]],
  ['who transcribes documents', someone('k', grant('recorder', NATION)), [...OF_RUNNING, DOCUMENT, FOREIGN]],
])('%s may have what is named within reach', async (_who, requester, expected) => {
  const handler = new FindEvidenceHandler(files as EvidenceStore, bench.store, instance.readModels, holding(requester));
  const codes = new Set<string>();
  const had: string[] = [];
  for (const sha256 of Object.keys(UPLOADERS)) {
    const found = handler.execute(new FindEvidence(sha256, requester));
    await found.then(
      () => had.push(sha256),
      (error: { readonly rejection: { readonly code: string } }) => codes.add(`${error.rejection.code} ${sha256[0]}`),
    );
  }
  expect(had.sort()).toEqual([...expected].sort());
  // That a file was erased is told to those only who might have had it.
  const knowsOfErased = expected.includes(FIGURE) && !_who.startsWith('another');
  expect(codes.has(knowsOfErased ? 'evidence.erased 8' : 'evidence.unknown 8')).toBe(true);
});

test.each<[string, Requester | undefined, readonly number[]]>([
  ['everybody', undefined, [0]],
  ['another office', someone('c', grant('keeper', inOffice('another'))), [0]],
  ['a party', someone('a', grant('officeHead', inOffice(MAKER.officeId))), [0, 6]],
  ['whoever has claimed its code elsewhere', someone('b', grant('officeHead', CLAIMED)), [0]],
  ['the province', someone('e', grant('governor', inProvince('TH-54'))), [0, 6]],
  ['another province', someone('h', grant('governor', inProvince('TH-55'))), [0]],
  ['the nation', someone('i', grant('dashboard', NATION)), [0, 6]],
])('%s is told of the facts of published agreements, and of others within reach', async (_who, requester, expected) => {
  const handler = new ListSourceFactsHandler(instance.readModels, holding(requester));
  const minPosition = positions.at(-1) as number;
  const asked = (query: object) => handler.execute(new ListSourceFacts(DOCUMENT, { limit: 100, ...query }, requester));
  expect((await asked({ minPosition })).items.map(({ position }) => position)).toEqual(
    expected.map((index) => positions[index]),
  );
  // Before it took effect, the agreement was a draft.
  const before = await asked({ asOfPosition: positions[2] });
  expect(before.items.length).toBe(expected.includes(6) ? 1 : 0);
});

test('whose role has ended while they wait has and is told nothing', async () => {
  const recorder = someone('k', grant('recorder', NATION));
  const nobody = holding(undefined);
  const evidenceHandler = new FindEvidenceHandler(files as EvidenceStore, bench.store, instance.readModels, nobody);
  for (const sha256 of [FIGURE, DOCUMENT])
    await expect(evidenceHandler.execute(new FindEvidence(sha256, recorder))).rejects.toMatchObject({
      rejection: { code: 'evidence.unknown' },
    });
  const facts = new ListSourceFactsHandler(instance.readModels, nobody);
  const { items } = await facts.execute(new ListSourceFacts(DOCUMENT, { limit: 100 }, recorder));
  expect(items.map(({ position }) => position)).toEqual([positions[0]]);
});

test('the count of facts is that of the published ones, and of the past that of then', async () => {
  const handler = new ReadSourceDocumentHandler(instance.readModels, files as EvidenceStore);
  const read = (asOfPosition?: number) =>
    handler.execute(new ReadSourceDocument(DOCUMENT, asOfPosition === undefined ? {} : { asOfPosition }));
  await instance.projections.waitFor(SOURCES, positions.at(-1) as number, 10_000);
  expect((await read()).factCount).toBe(1);
});

test('rows do not depend on the batches that events come in', async () => {
  const tables = await FoldingTables.make(bench.pool, projection);
  const log = (await bench.store.readLog(0, 100)).map((event) => bench.decode(event));
  const rows = await tables.foldAlike(log, 1);
  expect(rows['source_stream']?.map(({ published_at }) => published_at !== null)).toHaveLength(3);
  expect(rows['evidence_use']).toHaveLength(8);
});
