import { randomUUID } from 'node:crypto';
import { actualBody, CDD, PROVINCE, signatureBody } from './bodies';
import {
  AMENDED_TARGET,
  amendmentBody,
  CUT_OFF_ON,
  DRAFT,
  FISCAL_YEAR,
  GOAL_SET,
  HIGHER_TARGET,
  INDICATORS,
  INSPECTION,
  PUBLICATIONS,
  SCHEME_ID,
  SPANS,
  TARGETS,
  type Number as IndicatorNumber,
  type Round,
} from './whole-year/bodies-of-the-year';
import { closingOf, replayedTotal } from './whole-year/outcomes';
import type { Person } from './whole-year/persons';
import { YearOverHttp } from './whole-year/year-over-http';

// A whole year of one agreement, over HTTP and by everybody who takes part in it. Each test goes on where the one before
// ended; after every command it is kept what the service told, and at the end it has to tell all of it again.

let year: YearOverHttp;
const ids: Record<string, string> = {};

beforeAll(async () => {
  year = await YearOverHttp.begin();
}, 60_000);

afterAll(async () => {
  await year?.end();
});

const indicator = (number: IndicatorNumber, rest: string): string => `…/indicators/${ids[number]}${rest}`;
const keyOf = (round: Round): string => `${SPANS[round].from}..${SPANS[round].to}`;
const figure = (number: IndicatorNumber, round: Round, rest: string): string =>
  indicator(number, `/actuals/${keyOf(round)}${rest}`);
const reported = (round: Round, value: string, changes = {}) =>
  actualBody({ span: SPANS[round], value, asOf: SPANS[round].to, ...changes });
const forbidden = '403 notPermitted';
const notYours = '403 agreement.notYours';

async function report(number: IndicatorNumber, round: Round, value: string, changes = {}): Promise<void> {
  const unit = number === '9' ? 'percent' : 'millionBaht';
  await year.accept('keeper', indicator(number, '/actuals'), reported(round, value, { unit, ...changes }));
}

async function certify(number: IndicatorNumber, round: Round): Promise<void> {
  await year.accept('supervisor', figure(number, round, '/certifications'), { step: 'supervisor' });
  await year.accept('unit', figure(number, round, '/certifications'), { step: 'performanceUnit' });
}

const closing = (round: Round) => closingOf(year, round);

describe('before the year: terms', () => {
  test('the rules are published, the goals are set', async () => {
    year.on('2025-08-20');
    for (const [path, body] of PUBLICATIONS) await year.accept('recorder', path, body);
    await year.refuse('governor', '/v1/schemes', PUBLICATIONS[0]?.[1], forbidden);
    await year.accept('governor', '/v1/goal-sets', GOAL_SET);
    await year.refuse('governor', '/v1/goal-sets', GOAL_SET, '409 goalSet.alreadyPublished');
  });

  test('the head drafts from the goals, and states what each of them is measured by', async () => {
    year.on('2025-09-20');
    await year.refuse(
      'head',
      '/v1/agreements',
      { ...DRAFT, fromGoalSet: 'phrae-2570' },
      '422 agreement.sourceOfTermsUnknown',
      { pointer: '/fromGoalSet' },
    );
    const { id } = await year.accept('head', '/v1/agreements', DRAFT);
    year.isAbout(id);
    const drafted = (await year.agreement()).indicators.map(({ terms }) => terms);
    expect(drafted.map(({ goalNumber, name, weight, unit }) => [goalNumber, name, weight, unit])).toEqual(
      GOAL_SET.goals.map(({ number, nameTh }) => [number, nameTh, 'notStated', 'notStated']),
    );
    for (const number of ['6', '8'] as const) {
      ids[number] = drafted.find(({ goalNumber }) => goalNumber === Number(number))?.indicatorId as string;
      await year.accept('head', indicator(number, '/revision'), INDICATORS[number]);
    }
    ids['9'] = (await year.accept('head', '…/indicators', INDICATORS['9'])).id;
  });

  test('nothing is put to the governor while targets are missing', async () => {
    await year.refuse('head', '…/proposal', { officeId: CDD.officeId }, '409 draft.targetMissing', {
      facts: { indicatorIds: [ids['6'], ids['8'], ids['9']] },
    });
    for (const number of ['6', '8', '9'] as const) {
      for (const target of Object.values(TARGETS[number])) {
        await year.accept('head', indicator(number, '/target'), target);
      }
    }
    expect(Object.keys(await year.standings('6m'))).toEqual([]);
  });
});

describe('October: negotiation and signatures', () => {
  test('nobody signs what was neither proposed nor accepted', async () => {
    year.on('2025-10-03');
    const early = signatureBody({ termsHash: '0'.repeat(64), termsRevision: 0 });
    await year.refuse('head', '…/signatures', early, '409 terms.notProposed');
    await year.refuse('governor', '…/proposal', { officeId: CDD.officeId }, notYours);
    await year.accept('head', '…/proposal', { officeId: CDD.officeId });
    await year.refuse('head', '…/signatures', signatureBody(await year.terms()), '409 terms.notAccepted', {
      facts: { waitingFor: [PROVINCE.officeId] },
    });
    const { termsHash } = await year.terms();
    await year.refuse('head', '…/acceptance', { officeId: PROVINCE.officeId, termsHash }, notYours);
  });

  test('the governor returns the terms, the head raises a target, the governor accepts', async () => {
    const { officeId } = PROVINCE;
    const { termsHash } = await year.terms();
    const comments = [{ indicatorId: ids['8'], comment: 'ค่าเป้าหมายปลายปีต่ำไป' }];
    const noComments = { officeId, termsHash, comments: [] };
    await year.refuse('governor', '…/return', noComments, '422 terms.commentsMissing');
    await year.accept('governor', '…/return', { officeId, termsHash, comments });
    await year.accept('head', indicator('8', '/target'), HIGHER_TARGET);
    await year.accept('head', '…/proposal', { officeId: CDD.officeId, note: 'ปรับตามข้อสังเกต' });
    const proposed = await year.terms();
    await year.refuse('governor', '…/acceptance', { officeId, termsHash }, '409 agreement.termsHashDiffers', {
      facts: { currentTermsHash: proposed.termsHash },
    });
    await year.accept('governor', '…/acceptance', { officeId, termsHash: proposed.termsHash });
    expect((await year.agreement()).negotiation).toMatchObject({
      proposal: { ...proposed },
      acceptances: [{ officeId }],
      returns: [{ officeId, comments }],
    });
  });

  test('one signs under delegated authority, the other on paper, and it takes effect on the later day', async () => {
    year.on('2025-10-10');
    const terms = await year.terms();
    const delegated = { signatoryName: 'ตัวอย่าง รักษ์งาน', position: 'นักวิชาการพัฒนาชุมชน', capacity: 'delegated' };
    const authority = 'คำสั่งสำนักงานพัฒนาชุมชนจังหวัดแพร่ เรื่องมอบอำนาจ';
    const click = (changes = {}) => signatureBody({ ...terms, ...changes }, { ...delegated, authority });
    await year.refuse('head', '…/signatures', click({ termsHash: '0'.repeat(64) }), '409 agreement.termsHashDiffers', {
      facts: { currentTermsHash: terms.termsHash },
      pointer: '/termsHash',
    });
    await year.refuse(
      'head',
      '…/signatures',
      click({ termsRevision: terms.termsRevision - 1 }),
      '409 agreement.termsRevisionDiffers',
      { pointer: '/termsRevision' },
    );
    await year.refuse('head', '…/signatures', signatureBody(terms, delegated), '422 signature.authorityMissing', {
      pointer: '/authority',
    });
    await year.refuse('keeper', '…/signatures', click(), forbidden);
    await year.accept('head', '…/signatures', click());
    await year.refuse('head', '…/signatures', click(), '409 agreement.alreadySignedBySide');

    const governor = { signatoryName: 'ชุติเดช มีจันทร์', position: 'ผู้ว่าราชการจังหวัดแพร่' };
    const ofGovernor = { side: 'receiver', officeId: PROVINCE.officeId, ...governor };
    await year.refuse('recorder', '…/signatures', signatureBody(terms, ofGovernor), notYours);
    const paper = { scanSha256: 'cd'.repeat(32), signedOn: '12 ตุลาคม ๒๕๖๘' };
    const onPaper = signatureBody(terms, { ...ofGovernor, paper });
    await year.refuse('recorder', '…/signatures', onPaper, '422 signature.inTheFuture', { pointer: '/paper/signedOn' });
    year.on('2025-10-14');
    await year.accept('recorder', '…/signatures', onPaper);
    const told = await year.agreement('inspector');
    expect(told).toMatchObject({ status: 'inEffect', effectiveOn: '2025-10-12' });
    expect(told.signatures).toMatchObject([
      { capture: 'click', capacity: 'delegated', authority, signedOn: '2025-10-10' },
      { capture: 'paper', capacity: 'holder', signedOn: '2025-10-12' },
    ]);
  });

  test('from then on terms change by amendment only', async () => {
    await year.refuse('head', indicator('8', '/target'), TARGETS['8']['12m'], '409 agreement.termsFixed');
    await year.refuse(
      'head',
      '…/withdrawal',
      { officeId: CDD.officeId, reason: 'เปลี่ยนใจ' },
      '409 agreement.termsFixed',
    );
    await year.refuse('head', '/v1/agreements', DRAFT, '409 agreement.alreadyDrafted');
    const standings = Object.values(await year.standings('6m'));
    expect(standings.map(({ status, score }) => `${status} ${score}`)).toEqual(Array(3).fill('notReported 1.0000'));
  });
});

describe('April: the first round', () => {
  test('the keeper reports, and reports nothing of days to come', async () => {
    year.on('2026-03-20');
    await year.refuse('keeper', indicator('8', '/actuals'), reported('6m', '35'), '422 actual.inTheFuture', {
      pointer: '/asOf',
    });
    await year.refuse('head', indicator('8', '/actuals'), reported('6m', '35'), forbidden);
    const over = { facts: { endsOn: SPANS['6m'].to } };
    await year.refuse('unit', '…/evaluation-rounds/6m/closure', undefined, '409 round.notOver', over);
    year.on('2026-04-02');
    await report('8', '6m', '35', { finality: 'final' });
    await year.refuse('keeper', indicator('8', '/actuals'), reported('6m', '36'), '409 actual.alreadyReported');
    await year.refuse(
      'keeper',
      indicator('8', '/actuals'),
      reported('9m', '36', { unit: 'baht' }),
      '422 actual.unitDiffers',
      { pointer: '/unit' },
    );
    await report('6', '6m', '170');
  });

  test('what was not reported in time is late, until when it was due', async () => {
    year.on('2026-04-20');
    const due = await year.read<{ items: readonly Record<string, unknown>[]; onDate: string }>(
      'dashboard',
      '/v1/standings/due?office=phrae-cdd&round=6m',
    );
    expect(due.onDate).toBe('2026-04-20');
    expect(
      due.items.map(({ displayNumber, step, dueOn, lateSince }) => [displayNumber, step, dueOn, lateSince]),
    ).toEqual([
      ['6', 'supervisor', '2026-04-25', null],
      ['8', 'supervisor', '2026-04-25', null],
      ['9', 'report', '2026-04-15', '2026-04-16'],
    ]);
  });

  test('a figure is certified step by step, by somebody else each time', async () => {
    const of8 = figure('8', '6m', '/certifications');
    await year.refuse('unit', of8, { step: 'performanceUnit' }, '409 actual.stepOutOfOrder');
    await year.refuse('keeper', of8, { step: 'supervisor' }, notYours);
    await year.refuse('unit', of8, { step: 'supervisor' }, notYours);
    await year.refuse('supervisor', of8, { step: 'performanceUnit' }, notYours);
    await year.refuse('inspector', of8, { step: 'supervisor' }, forbidden);
    expect((await year.standings('6m'))['8']).toMatchObject({ status: 'unverified', isCertified: false });
    await certify('8', '6m');
    await year.refuse('supervisor', of8, { step: 'supervisor' }, '409 actual.stepDone');
    expect((await year.standings('6m'))['8']).toMatchObject({ status: 'onTrack', isCertified: true, score: '3.5000' });
  });

  test('the supervisor returns a figure, the keeper corrects it and says why', async () => {
    const returned = { step: 'supervisor', comment: 'ยอดไม่ตรงกับบัญชีผู้พัก' };
    await year.accept('supervisor', figure('6', '6m', '/returns'), returned);
    await year.refuse('supervisor', figure('6', '6m', '/returns'), returned, '409 actual.alreadyReturned');
    const correction = { ...reported('6m', '175'), span: undefined, reason: 'รวมอำเภอวังชิ้น' };
    await year.accept('keeper', figure('6', '6m', '/corrections'), correction);
    await year.refuse('keeper', figure('6', '6m', '/corrections'), correction, '422 actual.unchanged');
    await certify('6', '6m');
    const { indicators } = await year.agreement('keeper');
    const [actual] = indicators.find(({ terms }) => terms.indicatorId === ids['6'])?.actuals ?? [];
    expect(actual).toMatchObject({ value: '175', reason: 'รวมอำเภอวังชิ้น', earlier: [{ value: '170' }] });
  });

  test('the inspector looks into a figure, which changes nothing but what is known', async () => {
    const before = await year.standings('6m');
    const { id } = await year.accept('inspector', '/v1/inspections', INSPECTION);
    const found = { inspectionRound: id, verdict: 'differs', observedValue: '174.5', comment: 'นับซ้ำหนึ่งแห่ง' };
    const [examinations, elsewhere] = [figure('6', '6m', '/examinations'), { ...found, inspectionRound: randomUUID() }];
    await year.refuse('supervisor', examinations, found, forbidden);
    await year.refuse('inspector', examinations, elsewhere, '422 examination.roundUnknown');
    await year.accept('inspector', examinations, found);
    const { changedAtPosition: _at, changedAt: _when, ...figureOf6 } = before['6'] ?? {};
    expect((await year.standings('6m'))['6']).toMatchObject(figureOf6);
  });

  test('the round closes once it is over, with silence at the floor', async () => {
    await year.refuse('unit', '…/evaluation-rounds/3m/closure', undefined, '404 round.unknown');
    await year.refuse('unit', '…/evaluation-rounds/9m/closure', undefined, '409 round.earlierOpen', {
      facts: { round: '6m' },
    });
    await year.refuse('head', '…/evaluation-rounds/6m/closure', undefined, forbidden);
    year.on('2026-04-26');
    await year.accept('unit', '…/evaluation-rounds/6m/closure');
    // (3.5 × 50 + 4 × 30 + 1 × 20) ÷ 100
    expect(await closing('6m')).toEqual({
      revision: 1,
      total: '3.1500',
      band: 'middle',
      counted: '100.0000',
      scores: ['6 scored 30 4.0000 -', '8 scored 50 3.5000 -', '9 floored 20 1.0000 notReported'],
    });
    await year.refuse('unit', '…/evaluation-rounds/6m/closure', undefined, '409 round.closed');
  });

  test('what was judged is locked, and says by whom and since when', async () => {
    const locked = ['409 round.closed', { facts: { round: '6m', closedOn: '2026-04-26' } }] as const;
    const late = reported('6m', '7', { unit: 'percent' });
    await year.refuse('keeper', indicator('9', '/actuals'), late, ...locked);
    const correction = { ...reported('6m', '50'), span: undefined, reason: 'พบเพิ่ม' };
    await year.refuse('keeper', figure('8', '6m', '/corrections'), correction, ...locked);
    await year.refuse('supervisor', figure('8', '6m', '/returns'), { step: 'supervisor', comment: 'ดูใหม่' }, ...locked);
  });
});

describe('May: amendments', () => {
  const amended = [
    { change: 'target', target: AMENDED_TARGET },
    { change: 'weight', weight: '25' },
    { change: 'weight', weight: '25' },
  ];
  const changes = () =>
    amended.map((change, index) => ({ ...change, indicatorId: ids[(['8', '6', '9'] as const)[index] ?? '8'] }));
  const receiver = { officeId: PROVINCE.officeId };
  let amendment: string;

  test('one is requested, and approved by somebody else', async () => {
    year.on('2026-05-10');
    await year.refuse('head', '…/amendments', amendmentBody('2026-03-01', changes()), '409 round.closed', {
      pointer: '/effectiveFrom',
    });
    await year.refuse('head', '…/amendments', amendmentBody('2026-05-15', []), '422 amendment.nothingChanged');
    await year.refuse('keeper', '…/amendments', amendmentBody('2026-05-15', changes()), forbidden);
    await year.refuse('governor', '…/amendments', amendmentBody('2026-05-15', changes()), notYours);
    amendment = (await year.accept('head', '…/amendments', amendmentBody('2026-05-15', changes()))).id;
    await year.refuse('head', `…/amendments/${amendment}/approval`, receiver, notYours);
    await year.accept('governor', `…/amendments/${amendment}/approval`, receiver);
    await year.refuse('governor', `…/amendments/${amendment}/approval`, receiver, '409 amendment.alreadyDecided');
  });

  test('what was promised stays beside what was amended, each on its days', async () => {
    const weightOn = async (day: string) => {
      const { items } = await year.read<{ items: readonly { displayNumber: string; weight: string }[] }>(
        'dashboard',
        `/v1/standings?agreement=${year.agreementId}&round=12m&effectiveOn=${day}`,
      );
      return items.map(({ displayNumber, weight }) => `${displayNumber} ${weight}`);
    };
    expect(await weightOn('2026-05-14')).toEqual(['6 30', '8 50', '9 20']);
    expect(await weightOn('2026-05-15')).toEqual(['6 25', '8 50', '9 25']);
    expect(await weightOn('2025-10-11')).toEqual([]);
    expect((await year.agreement()).amendments).toMatchObject([
      { amendmentId: amendment, status: 'approved', approvals: [receiver], effectiveFrom: '2026-05-15' },
    ]);
  });

  test('another is rejected, and after the cut-off none is heard', async () => {
    const cancel = amendmentBody('2026-06-01', [
      { change: 'cancelIndicator', indicatorId: ids['9'], fromRound: '12m' },
    ]);
    const { id } = await year.accept('head', '…/amendments', cancel);
    const rejection = { ...receiver, reason: 'ยังเก็บข้อมูลได้' };
    await year.accept('governor', `…/amendments/${id}/rejection`, rejection);
    await year.refuse('governor', `…/amendments/${id}/rejection`, rejection, '409 amendment.alreadyDecided');
    year.on('2026-06-01');
    await year.refuse('head', '…/amendments', cancel, '409 amendment.afterCutOff', { facts: { cutOffOn: CUT_OFF_ON } });
  });
});

describe('July: an exemption, and a round that is closed twice', () => {
  test('the governor lets one indicator out of the round', async () => {
    year.on('2026-07-02');
    const exemption = { round: '9m', officeId: PROVINCE.officeId, reason: 'เลื่อนการสำรวจครัวเรือน' };
    await year.refuse('head', indicator('9', '/exemptions'), exemption, notYours);
    await year.refuse('governor', indicator('9', '/exemptions'), { ...exemption, round: '6m' }, '409 round.closed');
    await year.accept('governor', indicator('9', '/exemptions'), exemption);
    await year.refuse('governor', indicator('9', '/exemptions'), exemption, '409 exemption.alreadyGranted');
    expect((await year.standings('9m'))['9']).toMatchObject({ status: 'notApplicable' });
  });

  test('it does not close over a figure that waits for certification', async () => {
    await report('8', '9m', '90');
    await report('6', '9m', '120');
    await certify('8', '9m');
    await year.refuse('unit', '…/evaluation-rounds/9m/closure', undefined, '409 round.notCertified', {
      facts: { indicatorIds: [ids['6']] },
    });
    await certify('6', '9m');
    await year.accept('unit', '…/evaluation-rounds/9m/closure');
    // (4.5 × 50 + 1.8 × 25) ÷ 75: what is exempt is in neither.
    expect(await closing('9m')).toMatchObject({ revision: 1, total: '3.6000', counted: '75.0000' });
  });

  test('it is reopened for a reason, corrected and closed again; the first closing stays readable', async () => {
    year.on('2026-07-28');
    const reason = { reason: 'พบรายได้ที่ยังไม่ได้นับ' };
    await year.refuse('unit', '…/evaluation-rounds/6m/reopening', reason, '409 round.laterClosed', {
      facts: { round: '9m' },
    });
    await year.refuse('supervisor', '…/evaluation-rounds/9m/reopening', reason, forbidden);
    await year.accept('unit', '…/evaluation-rounds/9m/reopening', reason);
    await year.refuse('unit', '…/evaluation-rounds/9m/reopening', reason, '409 round.notClosed');
    const correction = { ...reported('9m', '140'), span: undefined, reason: 'นับรายได้เดือนมิถุนายนครบ' };
    await year.accept('keeper', figure('6', '9m', '/corrections'), correction);
    await year.refuse('unit', '…/evaluation-rounds/9m/closure', undefined, '409 round.notCertified');
    await certify('6', '9m');
    await year.accept('unit', '…/evaluation-rounds/9m/closure');
    // (4.5 × 50 + 2.6 × 25) ÷ 75
    expect(await closing('9m')).toMatchObject({ revision: 2, total: '3.8667', counted: '75.0000' });
    const { rounds } = await year.agreement();
    const told = rounds.find(({ round }) => round === '9m')?.revisions;
    expect(told?.map(({ total, reopened }) => [total, reopened?.reason])).toEqual([
      ['3.6000', reason.reason],
      ['3.8667', undefined],
    ]);
  });
});

describe('October again: the end', () => {
  test('the last round: a figure above its target, one that is not available, one that is amended', async () => {
    year.on('2026-10-05');
    await report('8', '12m', '126', { finality: 'final' });
    await report('9', '12m', '4.2', { finality: 'final' });
    const unknown = { kind: 'notAvailable', value: undefined, notAvailableReason: 'ผู้สำรวจยังไม่เผยแพร่' };
    await report('6', '12m', '0', unknown);
    for (const number of ['6', '8', '9'] as const) await certify(number, '12m');
    await year.refuse('unit', '…/closure', undefined, '409 agreement.roundsOpen', { facts: { rounds: ['12m'] } });
    await year.accept('unit', '…/evaluation-rounds/12m/closure');
    // (4.5 × 50 + 1 × 25 + 5 × 25) ÷ 100: under the target that was promised it would have been 4.2.
    expect(await closing('12m')).toEqual({
      revision: 1,
      total: '3.7500',
      band: 'middle',
      counted: '100.0000',
      scores: ['6 floored 25 1.0000 notAvailable', '8 scored 50 4.5000 -', '9 scored 25 5.0000 -'],
    });
  });

  test('the score of the evaluator and the result stand beside what was computed', async () => {
    const result = { score: '3.80', band: 'middle', announcedOn: '2026-10-20' };
    await year.refuse('unit', '…/evaluation-rounds/12m/result', result, '422 result.inTheFuture', {
      pointer: '/announcedOn',
    });
    const evaluated = { assessor: 'evaluator', score: '3.8', reason: 'พิจารณาหลักฐานเพิ่ม' };
    await year.refuse('keeper', '…/evaluation-rounds/12m/scores', evaluated, notYours);
    await year.refuse('unit', '…/evaluation-rounds/12m/scores', { ...evaluated, score: '6' }, '422 score.outOfBounds', {
      facts: { least: '1', most: '5' },
      pointer: '/score',
    });
    await year.accept('keeper', '…/evaluation-rounds/12m/scores', { assessor: 'selfAssessment', score: '4' });
    await year.accept('unit', '…/evaluation-rounds/12m/scores', evaluated);
    year.on('2026-10-20');
    await year.accept('unit', '…/evaluation-rounds/12m/result', result);
    await year.refuse('unit', '…/evaluation-rounds/12m/result', result, '409 result.alreadyAnnounced');
    const league = await year.read<{ items: readonly Record<string, unknown>[] }>(
      'dashboard',
      `/v1/standings/league?fiscalYear=${FISCAL_YEAR}&round=12m&scheme=${SCHEME_ID}&by=agreement`,
    );
    expect(league.items).toMatchObject([{ key: year.agreementId, rank: 1, total: '3.7500', band: 'middle' }]);
  });

  test('the year is closed, and nothing of it changes any more', async () => {
    year.on('2026-09-30');
    await year.refuse('unit', '…/closure', undefined, '409 agreement.periodNotOver', {
      facts: { endsOn: '2026-09-30' },
    });
    year.on('2026-10-30');
    await year.accept('unit', '…/closure');
    const closed = '409 agreement.closed';
    const attempts: [Person, string, unknown][] = [
      ['keeper', figure('8', '12m', '/corrections'), { ...reported('12m', '127'), span: undefined, reason: 'พบเพิ่ม' }],
      ['supervisor', figure('8', '12m', '/returns'), { step: 'supervisor', comment: 'ดูใหม่' }],
      ['head', '…/amendments', amendmentBody('2026-09-01', [])],
      ['governor', indicator('8', '/exemptions'), { round: '12m', officeId: PROVINCE.officeId, reason: 'ขอยกเว้น' }],
      ['unit', '…/evaluation-rounds/12m/reopening', { reason: 'พบเพิ่ม' }],
      ['unit', '…/closure', undefined],
    ];
    for (const [person, path, body] of attempts) await year.refuse(person, path, body, closed);
    expect(await year.agreement()).toMatchObject({ status: 'closed', closed: { closedOn: '2026-10-30' } });
  });

  test('the office appeals, once; somebody else decides, once', async () => {
    year.on('2026-11-05');
    const appeal = { round: '12m', officeId: CDD.officeId, grounds: 'ตัวเลขท่องเที่ยวเผยแพร่แล้ว' };
    await year.refuse('governor', '…/appeals', appeal, notYours);
    await year.refuse('head', '…/appeals', { ...appeal, officeId: PROVINCE.officeId }, notYours);
    const { id } = await year.accept('head', '…/appeals', appeal);
    await year.refuse('head', '…/appeals', appeal, '409 appeal.alreadyOpen', { facts: { appealId: id } });
    const decision = { outcome: 'upheld', reason: 'หลักฐานครบ', score: '4.25' };
    await year.refuse('head', `…/appeals/${id}/decision`, decision, forbidden);
    await year.refuse('unit', `…/appeals/${id}/decision`, { ...decision, score: '5.01' }, '422 score.outOfBounds');
    await year.accept('unit', `…/appeals/${id}/decision`, decision);
    await year.refuse('unit', `…/appeals/${id}/decision`, decision, '409 appeal.alreadyDecided');
    expect((await year.agreement()).appeals).toMatchObject([{ appealId: id, decision: { ...decision } }]);
  });
});

describe('the past', () => {
  test('is told as it was known after every single step', async () => {
    expect(year.memory.stepCount).toBeGreaterThan(50);
    await year.memory.expectSameByPosition();
  }, 60_000);

  test('and at the moments of some', async () => {
    await year.memory.expectSameByMoment(5);
  }, 60_000);

  test('every number of it comes out anew from the events, and what was announced otherwise is found', async () => {
    const total = await replayedTotal(year, '12m');
    expect(total).toMatchObject({ result: '3.7500', expression: '375.0000 ÷ 100', shown: { equals: true } });
    expect(total?.published.map(({ kind, value, equals, differsBy }) => [kind, value, equals, differsBy])).toEqual([
      ['snapshot', '3.7500', true, '0.0000'],
      ['evaluator', '3.8', false, '0.0500'],
      ['selfAssessment', '4', false, '0.2500'],
      ['announced', '3.80', false, '0.0500'],
    ]);
  }, 60_000);
});
