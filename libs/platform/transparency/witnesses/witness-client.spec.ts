import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '@khamrap/testing';
import { parseNote, verifiedSignatures, verifierKeyText } from '../proof';
import { logKey } from '../signing/spec/signer-under-test';
import { ORIGIN } from '../spec/plain-signer';
import { WitnessHealth } from './witness-health';
import { cosignersOf } from './witness-policy';
import { WitnessStates } from './witness-states';
import { WitnessProcess } from './spec/witness-process';
import { WitnessedLog } from './spec/witnessed-log';

const key = logKey();
const keys = [key];
const logKeys = [key.verifierKey(ORIGIN)];
const witnesses = ['nacc', 'sao', 'nan'].map((name) => new WitnessProcess(name, logKeys.map(verifierKeyText)));
const [nacc, sao, nan] = witnesses as [WitnessProcess, WitnessProcess, WitnessProcess];
const policy = (): string =>
  [...witnesses.map(({ policyLine }) => policyLine), 'group outside 2 nacc sao nan', 'quorum outside'].join('\n');

let log: WitnessedLog;

beforeAll(async () => {
  await Promise.all(witnesses.map((witness) => witness.start()));
  log = await WitnessedLog.open(keys, policy());
}, 60_000);

afterAll(async () => {
  await log?.dispose();
  await Promise.all(witnesses.map((witness) => witness.remove()));
});

/** The names of those who have cosigned the first checkpoint with a quorum that covers so many events. */
async function witnessed(size: number): Promise<readonly string[]> {
  const checkpoint = await log.below.log.waitFor(size - 1, 'witnessed', 20_000);
  const note = parseNote(checkpoint?.note ?? '');
  expect(verifiedSignatures(note, logKeys)).toHaveLength(1);
  return cosignersOf(log.policy, note).map(({ name }) => name);
}

async function allHaveCosigned(size: number): Promise<void> {
  await eventually(`${size} events, cosigned by all`, async () =>
    (await log.states()).every(({ cosigned }) => cosigned?.size === size) ? true : undefined,
  );
}

test('what is published is witnessed when two of three have cosigned it, whoever is away', async () => {
  expect(await nan.stop()).toBe(0);
  log.sign();
  log.ask();
  await log.growTo(10);
  expect(await witnessed(10)).toEqual(['nacc', 'sao']);
  // The checkpoint that everybody reads shows it too.
  const shown = await log.below.log.latest();
  expect(cosignersOf(log.policy, parseNote(shown?.note ?? ''))).toHaveLength(2);
  const [first, , away] = await log.standsSo('cosigning', 'cosigning', 'silent');
  expect(first?.cosigned).toMatchObject({ origin: ORIGIN, size: shown?.size });
  expect(away?.cosigned).toBeNull();
  await log.growTo(300);
  expect(await witnessed(300)).toEqual(['nacc', 'sao']);
  // Once, however often it is asked.
  expect(log.told.filter((message) => message.includes('nan has not'))).toEqual([
    'witness nan has not cosigned: it cannot be reached (ECONNREFUSED)',
  ]);

  await nan.start();
  await log.standsSo('cosigning', 'cosigning', 'cosigning');
  await log.toldOf(/nan cosigns again/);
  expect(await witnessed(300)).toEqual(['nacc', 'sao', 'nan']);
}, 60_000);

test('one that is not enough makes no quorum, and is shown all the same', async () => {
  await Promise.all([sao.stop(), nan.stop('SIGKILL')]);
  await log.growTo(320);
  await log.standsSo('cosigning', 'silent', 'silent');
  const [kept] = await eventually('320 events, cosigned by one', async () => {
    const found = await log.below.log.heldCheckpointsOf(320);
    return found[0]?.note.includes('nacc.test') ? found : undefined;
  });
  expect(kept?.witnessed).toBe(false);
  expect(await log.below.log.waitFor(319, 'witnessed', 1)).toBeUndefined();
  await Promise.all([sao.start(), nan.start()]);
  expect((await witnessed(320)).length).toBeGreaterThan(1);
}, 60_000);

test('a process that starts anew, and one that has forgotten what witnesses said, goes on from what they say', async () => {
  await log.standsSo('cosigning', 'cosigning', 'cosigning');
  await log.stopAsking();
  await log.below.asOwner('DELETE FROM transparency.witness');
  await log.growTo(600);
  log.ask();
  expect((await witnessed(600)).length).toBeGreaterThan(1);
  await allHaveCosigned(600);
  expect(await log.records.refusedBranches()).toEqual([]);
});

test('a witness that has got an old copy of its folder back is told of', async () => {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'khamrap-witness-'));
  cpSync(nacc.folder, copy, { recursive: true });
  await log.growTo(700);
  await allHaveCosigned(700);
  await nacc.stop();
  rmSync(path.join(nacc.folder, 'logs'), { recursive: true });
  cpSync(path.join(copy, 'logs'), path.join(nacc.folder, 'logs'), { recursive: true });
  rmSync(copy, { recursive: true });
  await nacc.start();
  await log.growTo(720);
  await log.toldOf(/witness nacc has forgotten what it cosigned: it goes on from 600 events/);
  await log.standsSo('cosigning', 'cosigning', 'cosigning');
});

describe('a copy that was restored together with an equally old memory of its signer', () => {
  let restored: WitnessedLog;
  beforeEach(async () => {
    restored = await WitnessedLog.open(keys, `${nacc.policyLine}\nquorum nacc`);
  });
  afterEach(() => restored.dispose());

  const refusals = async () =>
    (await restored.records.refusedBranches()).map(({ status, witnessSize }) => [status, witnessSize]);

  test.each([
    [
      'has fewer events than witnesses know',
      50,
      /720 events .* signed before, as witness nacc knows: events are missing/,
    ],
    ['has other events than witnesses know', 900, /do not begin with the 720 events .* as witness nacc knows/],
  ])('signs nothing where it %s', async (_what, size, told) => {
    await restored.growTo(size);
    restored.sign();
    await restored.toldOf(told);
    expect(await restored.below.log.latest()).toBeUndefined();
    // Where the newer copy is lost for good, an operator says so, and the log goes on under another name.
    expect((await restored.openEpoch('the copy of Sunday is all there is')).kind).toBe('opened');
    const latest = await restored.below.log.waitFor(size, 'included', 20_000);
    expect(latest?.origin).toBe(`${ORIGIN}/epoch-1`);
  });

  test.each([
    ['fewer', 409, 50],
    ['other', 422, 900],
  ] as const)(
    'that found no witness when it started, and has %s events: %i',
    async (_what, status, size) => {
      await nacc.stop();
      await restored.growTo(size);
      restored.sign();
      await restored.below.published(size);
      await restored.toldOf(/What witness nacc has cosigned is not known before the first signature/);
      await nacc.start();
      restored.ask();
      await restored.standsSo('refusing');
      expect(await refusals()).toEqual([[status, 720]]);
      await restored.toldOf(/REFUSED BRANCH: witness nacc refuses the log/);
      // Both notes are signed by the log: whoever has the two needs nobody's word.
      const [branch] = await restored.records.refusedBranches();
      for (const note of [branch?.refusedNote, branch?.cosignedNote])
        expect(verifiedSignatures(parseNote(note ?? ''), logKeys)).toHaveLength(1);
      expect(await new WitnessHealth(new WitnessStates(restored.policy, restored.records)).check()).toMatchObject({
        ok: false,
      });
      // And from now on it signs no more.
      await restored.growTo(size + 1);
      await restored.toldOf(/signing was refused: .* as witness \w+ knows/);
      expect((await restored.below.log.latest())?.size).toBe(size);
      if (status === 422) expect(nacc.output()).toMatch(/ALARM: .* has signed 900 events without a proof/);
    },
    60_000,
  );
});
