import { NATIVE, streamName, type Provenance } from '@khamrap/kernel';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { ProjectionBench } from '../../testing/projection';
import { evidenceDecider } from './domain/evidence.decider';
import { registerSourceDocument, SHA256 } from './domain/source-document.examples';
import { sourceDocumentDecider } from './domain/source-document.decider';
import { LedgerOfRegisteredSources, sourceEventDeclarations, sourceRefusals } from './index';

const codec = new EventCodec([...ledgerEventDeclarations, ...sourceEventDeclarations]);
const DOCUMENT = streamName('source-document', SHA256);

let bench: ProjectionBench;
let ledger: LedgerOfRegisteredSources;
beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  ledger = new LedgerOfRegisteredSources(bench.store, codec, { keep: () => Promise.resolve() });
});
afterAll(() => bench.close());

/** Some command of some stream: what it says is nothing to what it was taken from. */
const saying = (digit: string, provenance: Provenance, context = commandContext({ provenance })) =>
  ledger.execute({
    decider: evidenceDecider,
    stream: streamName('evidence', digit.repeat(64)),
    command: { type: 'EraseEvidence', sha256: digit.repeat(64), reason: 'ตัวอย่าง' },
    context,
    basis: [{ stream: streamName('evidence', 'other'), revision: 7 }],
  });

test('what is transcribed names a document that was registered, and rests on it', async () => {
  const provenance: Provenance = { kind: 'transcribed', sourceDocument: SHA256, passage: 'paragraph 1' };
  await expect(saying('1', provenance)).rejects.toMatchObject({
    name: 'CommandRejected',
    rejection: { code: 'sourceDocument.unknown', facts: { sha256: SHA256 }, pointer: '/source/document' },
  });
  expect(sourceRefusals).toHaveProperty(['sourceDocument.unknown', 'kind'], 'unprocessable');
  expect((await saying('2', NATIVE)).revision).toBe(0);

  await ledger.execute({
    decider: sourceDocumentDecider,
    stream: DOCUMENT,
    command: registerSourceDocument(),
    context: commandContext({}),
  });
  const context = commandContext({ provenance });
  const accepted = await saying('1', provenance, context);
  const [recorded] = await bench.store.readLog(accepted.position!, 1);
  expect(codec.decode(recorded!)).toMatchObject({
    provenance,
    basis: [
      { stream: 'evidence-other', revision: 7 },
      { stream: DOCUMENT, revision: 0 },
    ],
  });
  expect(await saying('1', provenance, context)).toEqual({ ...accepted, replayed: true });
});
