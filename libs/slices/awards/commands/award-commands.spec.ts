import { randomUUID } from 'node:crypto';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { streamName, type Rejection } from '@khamrap/kernel';
import { grant, type Requester, type Scope } from '@khamrap/platform/access';
import { EventCodec, Ledger, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import type { CommandOutcome, RequestedCommand } from '@khamrap/platform/http';
import { actor, commandContext } from '@khamrap/testing';
import { ProjectionBench } from '../../../testing/projection';
import { agreementEventDeclarations } from '../../agreements/domain/agreement.events';
import { awardEventDeclarations } from '../domain/award.events';
import { ReadAward, ReadAwardHandler } from '../views/award/award.query';
import { officeStreamDeclarations } from '../../offices/domain/office.events';
import { AnnounceAwards, AnnounceAwardsHandler, type AnnounceAwardsBody } from './announce-awards';
import { CorrectAward, CorrectAwardBody, CorrectAwardHandler } from './correct-award';
import { GrantAward, GrantAwardBody, GrantAwardHandler } from './grant-award';
import { OfficePlaces } from './office-places';
import { RevokeAward, RevokeAwardHandler } from './revoke-award';

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...awardEventDeclarations,
  ...officeStreamDeclarations,
]);
const SOURCE = { document: 'ab'.repeat(32), passage: 'paragraph 2' };

let bench: ProjectionBench;
let ledger: Ledger;
let offices: OfficePlaces;
beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  ledger = new Ledger(bench.store, codec, { keep: () => Promise.resolve() });
  offices = new OfficePlaces(ledger);
  for (const [officeId, kind, province] of REGISTERED) {
    const data = { nameTh: officeId, kind, ...(province !== undefined && { province }) };
    await bench.record([{ stream: streamName('office', officeId), event: { type: 'OfficeRegistered', data } }]);
  }
});
afterAll(() => bench.close());

function requester(role: 'governor' | 'recorder', scope: Scope): Requester {
  const office = scope.kind === 'office' ? { office: scope.office } : { office: undefined };
  return { issuer: 'issuer', subject: 'subject', actor: actor({ role, ...office }), grants: [grant(role, scope)] };
}
/** Where the offices of this spec stand. */
const REGISTERED = [
  ['phrae-province', 'province', 'TH-54'],
  ['phrae-land', 'provincialOffice', 'TH-54'],
  ['nan-land', 'provincialOffice', 'TH-55'],
  ['prime-minister', 'department', undefined],
] as const;
const GRANTOR = { name: 'จังหวัดแพร่', officeId: 'phrae-province' };

const governor = requester('governor', { kind: 'province', province: 'TH-54' });
const neighbour = requester('governor', { kind: 'province', province: 'TH-55' });
const recorder = requester('recorder', { kind: 'nation' });
/** Acts for an office of the province. */
const officer: Requester = { ...governor, actor: actor({ office: 'phrae-land' }) };
/** Heads the same office by another of their grants than the one that lets them grant awards. */
const alsoHead: Requester = {
  ...governor,
  grants: [...governor.grants, grant('officeHead', { kind: 'office', office: 'phrae-land', province: 'TH-54' })],
};

const grantBody = (changes: Partial<GrantAwardBody> = {}): GrantAwardBody => ({
  category: 'gecc',
  grantors: [GRANTOR],
  recipients: [{ name: 'สำนักงานที่ดินจังหวัดแพร่', officeId: 'phrae-land', province: 'TH-54' }],
  awardYear: { year: 2566 },
  forms: ['plaque'],
  ...changes,
});
const announcementBody = (changes: Partial<AnnounceAwardsBody> = {}): AnnounceAwardsBody => ({
  category: 'gecc',
  grantors: [{ name: 'สำนักนายกรัฐมนตรี' }],
  statedCount: 14,
  awardYear: { notStated: true },
  province: 'TH-54',
  source: SOURCE,
  ...changes,
});
const { source: _source, ...announced } = announcementBody();
const inNan = { name: 'จังหวัดน่าน', province: 'TH-55' };

type About<Command> = Command extends RequestedCommand<infer Body, unknown> ? Body : never;
const context = () => commandContext({ decidedAt: '2027-10-01T02:00:00.000Z' });

const granting = (body: GrantAwardBody, by = governor): Promise<CommandOutcome> =>
  new GrantAwardHandler(ledger, offices).execute(new GrantAward(undefined, body, by, context()));
const announcing = (body = announcementBody(), by = recorder): Promise<CommandOutcome> =>
  new AnnounceAwardsHandler(ledger, offices).execute(new AnnounceAwards(undefined, body, by, context()));
const correcting = (awardId: string, body: About<CorrectAward>, by = governor, within = context()) =>
  new CorrectAwardHandler(ledger, offices).execute(new CorrectAward({ awardId }, body, by, within));
const revoking = (awardId: string, changes: Partial<About<RevokeAward>> = {}, by = governor) => {
  const body = { reason: 'คุณสมบัติไม่ครบ', revokedOn: '2027-09-30', ...changes } as About<RevokeAward>;
  return new RevokeAwardHandler(ledger, offices).execute(new RevokeAward({ awardId }, body, by, context()));
};
const reading = (awardId: string, freshness: ReadAward['freshness'] = {}) =>
  new ReadAwardHandler(ledger, bench.store).execute(new ReadAward(awardId, freshness));

async function refusalOf(outcome: Promise<unknown>): Promise<Rejection | undefined> {
  return outcome.then(
    () => undefined,
    (error: { readonly rejection?: Rejection }) => error.rejection,
  );
}
async function expectRefused(code: string, outcome: Promise<unknown>, pointer?: string): Promise<void> {
  expect(await refusalOf(outcome)).toMatchObject({ code, ...(pointer !== undefined && { pointer }) });
}
const reason = 'พิมพ์ชื่อผิด';

describe('an award that is part of an announcement', () => {
  test('is recorded with the revision up to which the announcement was read', async () => {
    const { id: partOf } = await announcing();
    await correcting(partOf, { announced: { ...announced, statedCount: 13 }, reason, source: SOURCE }, recorder);
    const { id, position } = await granting(grantBody({ partOf }));
    expect((await reading(id)).statement).toMatchObject({ partOf });
    const [recorded] = await bench.store.readLog(position!, 1);
    expect(codec.decode(recorded!).basis).toEqual([{ stream: `award-${partOf}`, revision: 1 }]);
  });

  test('is refused where nothing was announced, where it was revoked, and where it is an award itself', async () => {
    const { id: revoked } = await announcing();
    await revoking(revoked, { source: SOURCE }, recorder);
    const { id: named } = await granting(grantBody());
    for (const partOf of [randomUUID(), revoked, named])
      await expectRefused('award.announcementUnknown', granting(grantBody({ partOf })), '/partOf');
    const granted = grantBody({ partOf: revoked });
    await expectRefused('award.announcementUnknown', correcting(named, { granted, reason }), '/granted/partOf');
    await expectRefused('award.partOfItself', correcting(named, { granted: grantBody({ partOf: named }), reason }));
  });
});

test('an award rests on an agreement that there is, and that is published', async () => {
  const stream = `agreement-${randomUUID()}` as const;
  const agreementId = stream.slice('agreement-'.length);
  const basisAgreement = { agreementId, round: '12', closureRevision: 1 };
  await expectRefused('award.agreementUnknown', granting(grantBody({ basisAgreement })));
  const data = { round: '12', revision: 1, reason: 'ตัวเลขผิด', reopenedBy: 'person-1' };
  const say = async (type: string, told: Readonly<Record<string, string | number>>) =>
    (await bench.record([{ stream: stream as never, event: { type, data: told } }]))[0];
  const withdrawn = { officeId: 'phrae-cdd', reason: 'จัดทำใหม่' };
  await say('AgreementWithdrawn', withdrawn);
  // Of a draft nobody learns by naming it.
  await expectRefused('award.agreementUnknown', granting(grantBody({ basisAgreement })));
  await say('AgreementTookEffect', { effectiveOn: '2022-10-12', termsHash: 'ab'.repeat(32) });
  const reopened = await say('EvaluationRoundReopened', data);
  const { id, position } = await granting(grantBody({ basisAgreement }));
  const [recorded] = await bench.store.readLog(position!, 1);
  expect(codec.decode(recorded!).basis).toEqual([{ stream, revision: 2 }]);
  expect((await reading(id)).basisSuperseded).toEqual({
    eventId: reopened!.eventId,
    position: reopened!.position,
    type: 'EvaluationRoundReopened',
  });
});

describe('who may', () => {
  test('a grant, a correction and a revocation reach the place of every recipient, before and after', async () => {
    const { id } = await granting(grantBody());
    const abroad = grantBody({ recipients: [inNan] });
    await expectRefused('award.notYours', granting(abroad));
    await expectRefused('award.notYours', correcting(id, { granted: abroad, reason }));
    await expectRefused('award.notRecorded', correcting(id, { granted: abroad, reason }, neighbour));
    await expectRefused('award.notRecorded', revoking(id, {}, neighbour));
    const { id: announcedId } = await announcing(announcementBody({ province: undefined }));
    await expectRefused('award.notYours', revoking(announcedId));
    expect((await reading(id)).revision).toBe(0);
  });

  test.each([
    ['for which they act', officer],
    ['that is theirs by another grant', alsoHead],
  ])('nobody grants, corrects or revokes an award of the office %s', async (_whose, own) => {
    const { id } = await granting(grantBody());
    const other = grantBody({ recipients: [{ name: 'อื่น', province: 'TH-54' }] });
    await expectRefused('award.grantorIsRecipient', granting(grantBody(), own));
    await expectRefused('award.grantorIsRecipient', correcting(id, { granted: grantBody(), reason }, own));
    await expectRefused('award.ofOwnOffice', correcting(id, { granted: other, reason }, own));
    await expectRefused('award.ofOwnOffice', revoking(id, {}, own));
  });

  test.each([
    ['a body that is no office', { name: 'มูลนิธิ' }],
    ['an office of another province', { name: 'สำนักงานที่ดินจังหวัดน่าน', officeId: 'nan-land' }],
    ['an office above the province', { name: 'สำนักงานปลัด', officeId: 'prime-minister' }],
  ])('nobody grants natively in the name of %s; a document may tell of it', async (_whose, grantor) => {
    const grantors = [GRANTOR, grantor];
    await expectRefused('award.notYours', granting(grantBody({ grantors })), '/grantors/1');
    const { id } = await granting(grantBody({ grantors, source: SOURCE }), recorder);
    await expectRefused('award.notYours', revoking(id));
    await expectRefused('award.notYours', correcting(id, { granted: grantBody({ level: 'basic' }), reason }));
    await revoking(id, { source: SOURCE }, recorder);
  });

  test('who records documents grants, corrects and revokes nothing without one', async () => {
    const { id } = await granting(grantBody());
    await expectRefused('award.notYours', granting(grantBody(), recorder), '/grantors/0');
    await expectRefused('award.notYours', correcting(id, { granted: grantBody({ level: 'basic' }), reason }, recorder));
    await expectRefused('award.notYours', revoking(id, {}, recorder));
  });

  test('a registered office stands where it was registered, whatever the body says', async () => {
    const claimed = grantBody({
      recipients: [{ name: 'สำนักงานที่ดินจังหวัดน่าน', officeId: 'nan-land', province: 'TH-54' }],
    });
    await expectRefused('award.notYours', granting(claimed));
    const moved = grantBody({
      recipients: [{ name: 'สำนักงานที่ดินจังหวัดแพร่', officeId: 'phrae-land', province: 'TH-55' }],
    });
    await expectRefused('award.provinceDiffers', granting(moved), '/recipients/0/province');
  });

  test('whoever holds several grants acts under the one that reaches', async () => {
    const both: Requester = { ...neighbour, grants: [...neighbour.grants, grant('recorder', { kind: 'nation' })] };
    const { position } = await granting(grantBody({ source: SOURCE }), both);
    const [recorded] = await bench.store.readLog(position!, 1);
    expect(codec.decode(recorded!).actor.role).toBe('recorder');
  });

  test('what a document says, only those transcribe who may', async () => {
    const { id } = await granting(grantBody());
    for (const attempt of [
      granting(grantBody({ source: SOURCE })),
      correcting(id, { granted: grantBody({ level: 'basic' }), reason, source: SOURCE }),
      revoking(id, { source: SOURCE }),
    ])
      await expect(attempt).rejects.toMatchObject({ name: 'NotPermitted' });
  });

  test.each(['correcting', 'revoking'])('%s what is not there finds nothing', async (what) => {
    const attempt =
      what === 'correcting' ? correcting(randomUUID(), { granted: grantBody(), reason }) : revoking(randomUUID());
    await expectRefused('award.notRecorded', attempt);
  });
});

describe('an award with its history', () => {
  test('is told as it is and as it was', async () => {
    const granted = await granting(grantBody());
    const { id } = granted;
    const correction = context();
    const better = grantBody({ level: 'advanced', score: '99.15' });
    const corrected = await correcting(id, { granted: better, reason }, governor, correction);
    // Sent again it is the same command, though the award now is as it asks.
    expect(await correcting(id, { granted: better, reason }, governor, correction)).toEqual({
      ...corrected,
      replayed: true,
    });
    await expectRefused('award.nothingCorrected', correcting(id, { granted: better, reason }));
    const revoked = await revoking(id, { revokedOn: undefined, source: SOURCE }, recorder);

    const now = await reading(id);
    expect(now).toMatchObject({
      awardId: id,
      revision: 2,
      kind: 'granted',
      status: 'revoked',
      statement: { level: 'advanced', score: '99.15', awardYear: '2566' },
      asOfPosition: await bench.head(),
    });
    expect(now.history).toMatchObject([
      {
        type: 'AwardGranted',
        eventId: granted.eventIds[0],
        position: granted.position,
        provenance: { kind: 'native' },
      },
      { type: 'AwardCorrected', data: { reason, granted: { level: 'advanced' } } },
      {
        type: 'AwardRevoked',
        data: { revokedOn: 'notStated' },
        position: revoked.position,
        provenance: { kind: 'transcribed', sourceDocument: SOURCE.document, passage: SOURCE.passage },
      },
    ]);
    expect(await reading(id, { asOfPosition: granted.position! })).toEqual({
      awardId: id,
      revision: 0,
      kind: 'granted',
      status: 'stands',
      statement: now.history[0]!.data,
      asOfPosition: granted.position,
      history: now.history.slice(0, 1),
    });
    expect((await reading(id, { asOfPosition: corrected.position! })).statement).toEqual(now.statement);
    await expectRefused('award.notRecorded', reading(id, { asOfPosition: granted.position! - 1 }));
    await expect(reading(id, { minPosition: revoked.position! + 1 })).rejects.toMatchObject({
      name: 'NotProjectedYet',
    });
  });

  test('there is none of what was never recorded', async () => {
    await expectRefused('award.notRecorded', reading(randomUUID()));
  });
});

test('identifiers count as the same in capital letters', () => {
  const ids = [1, 2, 3, 4].map(() => randomUUID());
  const [agreementId, indicatorId, eventId, partOf] = ids.map((id) => id.toUpperCase());
  const figure = { indicatorId, span: 'notStated' };
  const body = plainToInstance(GrantAwardBody, { partOf, basisAgreement: { agreementId, figure, eventId } });
  const { basisAgreement: basis } = body;
  expect([basis?.agreementId, basis?.figure?.indicatorId, basis?.eventId, body.partOf]).toEqual(ids);
});

describe('the body of a correction', () => {
  test.each([
    ['an award by name', { granted: grantBody(), reason }, []],
    ['an announced number', { announced, reason }, []],
    ['both', { granted: grantBody(), announced, reason }, ['granted']],
    ['neither', { reason }, ['granted']],
    ['no reason', { announced }, ['reason']],
    ['half a statement', { announced: { ...announced, statedCount: undefined }, reason }, ['announced']],
    ['a source within the statement', { announced: { ...announced, source: SOURCE }, reason }, ['announced']],
    ['a score as a number', { granted: grantBody({ score: 99.15 as never }), reason }, ['granted']],
    [
      'a figure without its span',
      { granted: grantBody({ basisAgreement: { agreementId: randomUUID(), figure: {} as never } }), reason },
      ['granted'],
    ],
  ])('%s', async (_what, body, wrong) => {
    const errors = await validate(plainToInstance(CorrectAwardBody, body), {
      whitelist: true,
      forbidNonWhitelisted: true,
    });
    expect(errors.map(({ property }) => property)).toEqual(wrong);
  });
});
