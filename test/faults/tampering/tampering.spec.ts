import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  checkConsistency,
  checkLog,
  checkReceipt,
  severityOf,
  verdict,
  type Finding,
} from '@khamrap/platform/transparency/proof';
import { digest, MadeLog, MadeSigner } from '../../../libs/testing/verifiable-log/made-log';
import { ATTACKS, type Attack } from './attacks';
import {
  holdings,
  KEPT_SIZE,
  KEY_POLICY,
  LOG_KEY,
  logOf,
  receiptIn,
  RECEIPT_POSITION,
  Served,
  SIZE,
  type HolderName,
  type Holdings,
} from './honest-log';

// Each way of changing the past, against what somebody has in hand who looks at the result: table.md says what finds it, cell by
// cell, also where nothing can. UPDATE_TAMPERING=1 writes it anew, to be read line by line.

const TABLE = path.join(__dirname, 'table.md');
const HOLDERS: readonly HolderName[] = ['the log alone', 'an earlier receipt', 'an earlier checkpoint', 'witnesses'];
const NOTHING = 'nothing can';
const INTRODUCTION = `# Changing the past, and what finds it

Each row is one way of changing the past of a log: with the database alone, or with the key of the log as well. Each column is
what somebody has in hand who checks what is served then: the log alone (with its vkey), a receipt or a checkpoint from before,
or the vkeys of two witnesses, both of whom are needed. The words are those of
\`libs/platform/transparency/proof/verify/finding-catalogue.ts\`. Written by \`tampering.spec.ts\`, which fails when a cell changes.

What the signer refuses, before anything is shown: \`libs/platform/transparency/signing/log-signer.spec.ts\` and
\`test/journeys/signing.spec.ts\`. What witnesses refuse: \`apps/cli/witness\`, \`libs/platform/transparency/witnesses\`. What an
operator finds by comparing rows with leaves: \`libs/platform/transparency/check-log.spec.ts\`.
`;

const honest = logOf(SIZE);
let held: Readonly<Record<HolderName, Holdings>>;
/** One line for each attack: its name, what it takes, and what finds it for each holder. */
let lines: readonly (readonly string[])[];

beforeAll(async () => {
  held = await holdings(honest);
  lines = await Promise.all(ATTACKS.map(lineOf));
  if (process.env['UPDATE_TAMPERING'] === '1') fs.writeFileSync(TABLE, tableOf(lines));
});

async function lineOf(attack: Attack): Promise<readonly string[]> {
  const served = await attack.make(honest);
  const cells = await Promise.all(HOLDERS.map((holder) => detectorsOf(served, held[holder])));
  return [attack.name, attack.takes, ...cells];
}

/** The codes of what keeps a verifier from saying that all is well. */
async function detectorsOf(served: Served, holding: Holdings): Promise<string> {
  const withBodies = [...served.files.files.keys()].some((name) => name.startsWith('disclosures/'));
  const { findings } = await checkLog(served.source, { digest, withBodies, ...holding });
  const found = findings.filter(isAgainst);
  expect(verdict(findings).outcome === 'verified').toBe(found.length === 0);
  return found.length === 0 ? NOTHING : [...new Set(found.map(({ code }) => code))].sort().join(', ');
}

function isAgainst(finding: Finding): boolean {
  return ['broken', 'unchecked'].includes(severityOf(finding));
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const head = ['what is done', 'takes', ...HOLDERS.map((holder) => `found with ${holder} by`)];
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [INTRODUCTION, row(head), row(head.map(() => '---')), ...rows.map(row), ''].join('\n');
}

describe('changing the past', () => {
  test.each(HOLDERS)('of an honest log is found with %s nowhere', async (holder) => {
    expect(await detectorsOf(await Served.of(honest, { isWitnessed: true }), held[holder])).toBe(NOTHING);
  });

  test('is found by what the table says, and by nothing where it says so', () => {
    expect(tableOf(lines)).toBe(fs.readFileSync(TABLE, 'utf8'));
  });

  test('without the key is found by everybody, but for the rows of what nobody has seen', () => {
    const unseen = lines.filter(([, takes, alone]) => takes === 'database' && alone === NOTHING).map(([name]) => name);
    expect(unseen).toEqual([
      // The leaf still commits to what it was: found as soon as the event is published, and by `khamrap check-log` at once.
      'an event that is not published changed in its row by a superuser',
      // It is an honest log, of some time ago.
      'the tail cut off, an older checkpoint shown again',
    ]);
  });

  test('with the key is found by witnesses in every case', () => {
    const withKey = lines.filter(([, takes]) => takes === 'key');
    expect(withKey.length).toBeGreaterThan(5);
    expect(withKey.filter((cells) => cells.at(-1) === NOTHING)).toEqual([]);
  });

  test('by showing an older checkpoint is found by asking a witness what it saw last', async () => {
    const older = await Served.of(logOf(KEPT_SIZE - 1), { isWitnessed: true });
    const lastSeen = { name: 'from the witness', note: Buffer.from(await honest.checkpoint([LOG_KEY])) };
    expect(await detectorsOf(older, { ...held.witnesses, held: [lastSeen] })).toBe('smallerThanHeld');
  });
});

describe('what two holders see when they compare', () => {
  const note = async (log: MadeLog, size: number): Promise<Uint8Array> =>
    Buffer.from(await log.checkpoint([LOG_KEY], { size }));
  const trust = { policy: KEY_POLICY, isGiven: true };

  test.each([
    ['another log of the same size', SIZE],
    ['another log, grown further', SIZE + 1],
  ])('%s: both notes together prove that the log has shown two pasts', async (_what, size) => {
    const forged = logOf(size, (leaf) => (leaf.position === 40 ? { ...leaf, body: '0'.repeat(64) } : leaf));
    const source = (await Served.of(forged)).source;
    const findings = await checkConsistency(
      [
        { name: 'one', note: await note(honest, SIZE) },
        { name: 'other', note: await note(forged, size) },
      ],
      { trust, digest, source },
    );
    expect(findings.map(({ code }) => code)).toContain('notConsistent');
  });
});

describe('the receipt of another log', () => {
  const options = { trust: { policy: KEY_POLICY, isGiven: true }, digest };
  const codesOf = async (receipt: Uint8Array): Promise<string[]> =>
    checkReceipt('receipt', receipt, options)
      .findings.filter(isAgainst)
      .map(({ code }) => code);

  test('is refused by its name, by its key and by its leaf', async () => {
    expect(await codesOf(await receiptIn(honest, RECEIPT_POSITION))).toEqual([]);
    const elsewhere = new MadeLog({ origin: 'elsewhere.example/khamrap' }).grow(SIZE);
    const itsKey = new MadeSigner('elsewhere.example/khamrap');
    expect(await codesOf(await receiptIn(elsewhere, RECEIPT_POSITION, itsKey))).toEqual(['originDiffers']);
    const strangeKey = new MadeSigner(LOG_KEY.key.name, undefined, 'somebody else');
    expect(await codesOf(await receiptIn(honest, RECEIPT_POSITION, strangeKey))).toEqual(['noTrustedSignature']);
    // Whoever has the key can sign a foreign tree under the own name; its leaves say whose they are.
    expect(await codesOf(await receiptIn(elsewhere, RECEIPT_POSITION))).toEqual(['logDiffers']);
  });

  test('of another event proves nothing of this one', async () => {
    const receipt = Buffer.from(await receiptIn(honest, RECEIPT_POSITION)).toString();
    const moved = Buffer.from(receipt.replace(`index ${RECEIPT_POSITION}`, `index ${RECEIPT_POSITION - 7}`));
    expect(await codesOf(moved)).toEqual(['proofWrong']);
  });
});
