import { randomUUID } from 'node:crypto';
import { isoDate, streamName } from '@khamrap/kernel';
import { grant, type Grant, type Requester, type RoleName, type Scope } from '@khamrap/platform/access';
import { EventCodec, Ledger } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { ProjectionBench } from '../../../testing/projection';
import { assignmentEventDeclarations } from '../../inspections/domain/assignments/assignment.events';
import { inspectorAssigned } from '../../inspections/domain/assignments/assignment.examples';
import {
  inspectionStreamDeclarations,
  type InspectionEvent,
  type InspectionRoundOpened,
} from '../../inspections/domain/inspection.events';
import { agreementEventDeclarations, type AgreementEvent } from '../domain/agreement.events';
import {
  agreed,
  drafted,
  FIRST_HALF_KEY,
  IN_EFFECT,
  indicatorAdded,
  MAKER,
  MONITORED,
  READY_DRAFT,
  RECEIVER,
  sign,
  stateAfter,
  targetSet,
  TRANSCRIBED,
} from '../domain/agreement.examples';
import { REPORTED } from '../domain/figures/actuals.examples';
import { refusalOfAccess, refusalOfActing, refusalOfTerms } from './agreement-access';
import { ExamineActual, ExamineActualHandler } from './examine-actual';
import { InspectionFacts } from './inspection-facts';
import { refusalOfStating } from './figure-access';
import { OfficeFacts } from './office-facts';
import { SetTarget, SetTargetHandler } from './set-target';
import { SignAgreement, SignAgreementHandler, type SignAgreementBody } from './sign-agreement';

// Under which grant somebody acts, and how far each kind of scope reaches.

const PHRAE = 'TH-54';
const NATION = { kind: 'nation' } as const;
const NATIVE = { kind: 'native' } as const;
const office = (id: string, ...below: readonly string[]): Scope => ({
  kind: 'office',
  office: id,
  below: new Map(below.map((each) => [each, undefined])),
});
const zone = (...provinces: readonly string[]): Scope => ({ kind: 'zone', zone: '16', provinces });
const ofIndicator = (indicator: string): Scope => ({ kind: 'indicator', indicator });

function someone(...grants: readonly Grant[]): Requester {
  const [first] = grants;
  const of = first?.scope.kind === 'office' && { office: first.scope.office };
  return {
    issuer: 'spec',
    subject: 'subject',
    actor: { id: randomUUID(), role: first?.role ?? 'keeper', ...of },
    grants,
  };
}
const as = (role: RoleName, scope: Scope): Requester => someone(grant(role, scope));

const inPhrae = (history: readonly AgreementEvent[]) => ({ ...stateAfter(history), province: PHRAE });
const RUNNING = inPhrae(IN_EFFECT);
const DRAFT = inPhrae(READY_DRAFT);

describe('how far a grant reaches', () => {
  test.each<[string, Requester, string | undefined]>([
    ['the office itself', as('keeper', office(MAKER.officeId)), undefined],
    ['an office above it', as('keeper', office('department', MAKER.officeId)), undefined],
    ['the zone', as('inspector', zone('TH-55', PHRAE)), undefined],
    ['the indicator', as('keeper', ofIndicator('income')), 'agreement.notYours'],
    ['another zone', as('inspector', zone('TH-90')), 'agreement.notDrafted'],
    ['another indicator', as('keeper', ofIndicator('other')), 'agreement.notDrafted'],
    ['another office', as('keeper', office('district-7')), 'agreement.notDrafted'],
    [
      'another office of the province',
      as('keeper', { kind: 'office', office: 'x', province: PHRAE }),
      'agreement.notYours',
    ],
  ])('%s, of the whole', (_whose, requester, code) => {
    expect(refusalOfAccess(requester, 'agreement.read', RUNNING)?.code).toBe(code);
  });

  test('one indicator is that one and no other', () => {
    const keeper = as('keeper', ofIndicator('income'));
    const report = (indicatorId: string) =>
      refusalOfStating(keeper, { permission: 'agreement.report', indicatorId, officeId: undefined }, NATIVE, RUNNING)
        ?.code;
    expect([report('income'), report('other')]).toEqual([undefined, 'agreement.notYours']);
  });

  test('an office above acts for those below it, and for no other', () => {
    const act = (officeId: string) =>
      refusalOfActing(
        as('officeHead', office('department', MAKER.officeId)),
        { permission: 'agreement.sign', side: 'maker', officeId, office: undefined, isBroughtIn: false },
        RUNNING,
      )?.code;
    expect([act(MAKER.officeId), act(RECEIVER.officeId)]).toEqual([undefined, 'agreement.notYours']);
  });

  test('who transcribes for the nation states no terms of a draft without the document; what is followed they set up', () => {
    const recorder = as('recorder', NATION);
    const terms = (provenance: typeof NATIVE | typeof TRANSCRIBED, state: typeof DRAFT) =>
      refusalOfTerms(recorder, 'agreement.draft', provenance, state)?.code;
    expect(terms(NATIVE, DRAFT)).toBe('agreement.notYours');
    expect(terms(TRANSCRIBED, DRAFT)).toBeUndefined();
    expect(terms(NATIVE, inPhrae(MONITORED))).toBeUndefined();
  });
});

describe('the grant under which somebody acts', () => {
  let bench: ProjectionBench;
  let ledger: Ledger;
  beforeAll(async () => {
    const codec = new EventCodec([
      ...agreementEventDeclarations,
      ...inspectionStreamDeclarations,
      ...assignmentEventDeclarations,
    ]);
    bench = await ProjectionBench.open(codec);
    ledger = new Ledger(bench.store, codec, { keep: () => Promise.resolve() });
  });
  afterAll(() => bench.close());

  async function recorded(events: readonly AgreementEvent[]): Promise<string> {
    const agreementId = randomUUID();
    await bench.record(events.map((event) => ({ stream: streamName('agreement', agreementId), event })));
    return agreementId;
  }
  const contextOf = ({ actor }: Requester) => commandContext({ actor, decidedAt: '2027-03-31T02:00:00.000Z' });
  const lastOf = async (agreementId: string) =>
    (await ledger.history(streamName('agreement', agreementId))).findLast(({ type }) => type !== 'AgreementTookEffect');
  const signing = (
    agreementId: string,
    past: readonly AgreementEvent[],
    changes: Partial<SignAgreementBody>,
    by: Requester,
  ) => {
    const { capture: _click, ...body } = sign('maker', past).data;
    return new SignAgreementHandler(ledger, new OfficeFacts(ledger)).execute(
      new SignAgreement({ agreementId }, { ...body, ...changes }, by, contextOf(by)),
    );
  };

  test('is that of the delegation, in which nobody is the holder', async () => {
    const agreementId = await recorded(agreed(READY_DRAFT));
    const delegate = someone(grant('keeper', office('elsewhere')), grant('delegate', office(MAKER.officeId)));
    await expect(signing(agreementId, READY_DRAFT, {}, delegate)).rejects.toMatchObject({
      rejection: { code: 'signature.notTheHolder', pointer: '/capacity' },
    });
    await signing(agreementId, READY_DRAFT, { capacity: 'delegated', authority: 'คำสั่งที่ 1/2570' }, delegate);
    const actor = { id: delegate.actor.id, role: 'delegate', office: MAKER.officeId };
    expect(await lastOf(agreementId)).toMatchObject({ type: 'AgreementSigned', actor });
  });

  test('reaches no other office than that of the delegation', async () => {
    const agreementId = await recorded(agreed(READY_DRAFT));
    const delegate = as('delegate', office('district-7', 'district-8'));
    await expect(
      signing(agreementId, READY_DRAFT, { capacity: 'delegated', authority: 'ก' }, delegate),
    ).rejects.toMatchObject({
      rejection: { code: 'agreement.notDrafted' },
    });
  });

  type Round = Omit<InspectionRoundOpened['data'], 'openedBy'>;
  const round = (inspectors: Round['inspectors'], changes: Partial<Round> = {}): Round => ({
    number: { printed: '1/2570' },
    level: 'primeMinisterOffice',
    inspectingBody: { name: 'สำนักนายกรัฐมนตรี' },
    aims: [],
    provinces: [
      { province: PHRAE, isInspected: true },
      { province: 'TH-55', isInspected: false },
    ],
    provincesStatedBy: 'reference',
    days: { from: 'notStated', to: 'notStated' },
    places: [],
    inspectedUnits: [],
    inspectors,
    ...changes,
  });
  const roundOpened = (inspectors: Round['inspectors'], changes: Partial<Round> = {}): InspectionEvent => ({
    type: 'InspectionRoundOpened',
    data: { ...round(inspectors, changes), openedBy: 'somebody' },
  });
  const roundOf = async (...events: readonly InspectionEvent[]): Promise<string> => {
    const roundId = randomUUID();
    await bench.record(events.map((event) => ({ stream: streamName('inspection', roundId), event })));
    return roundId;
  };
  const examine = (agreementId: string, inspectionRound: string, inspector: Requester): Promise<object> =>
    new ExamineActualHandler(ledger, new InspectionFacts(ledger)).execute(
      new ExamineActual(
        { agreementId, indicatorId: 'income', period: FIRST_HALF_KEY },
        { inspectionRound, verdict: 'agrees', comment: 'ตรง' },
        inspector,
        contextOf(inspector),
      ),
    );

  test('is the one that reaches, whatever the route took them for', async () => {
    const examined = await recorded([drafted({ province: PHRAE }), ...REPORTED.slice(1)]);
    const abroad = grant('inspector', { kind: 'office', office: 'nan-office', province: 'TH-55' });
    const inspector = someone(abroad, grant('inspector', zone(PHRAE)));
    const roundId = await roundOf(roundOpened([{ inspectorId: inspector.actor.id }]));
    await examine(examined, roundId, inspector);
    expect((await lastOf(examined))?.actor).toEqual({ id: inspector.actor.id, role: 'inspector' });
    const basis = [{ stream: `inspection-${roundId}`, revision: 0 }];
    expect(await lastOf(examined)).toMatchObject({ data: { inspectionRound: roundId }, basis });

    const draft = await recorded([drafted({ province: PHRAE }), indicatorAdded(), targetSet()]);
    const both = someone(
      grant('governor', { kind: 'province', province: 'TH-55' }),
      grant('officeHead', office(MAKER.officeId)),
    );
    await new SetTargetHandler(ledger).execute(
      new SetTarget(
        { agreementId: draft, indicatorId: 'income' },
        { span: { from: '2026-10-01', to: '2027-03-31' }, value: '9', unit: 'baht' } as never,
        both,
        contextOf(both),
      ),
    );
    expect((await lastOf(draft))?.actor).toEqual({ id: both.actor.id, role: 'officeHead', office: MAKER.officeId });
  });

  describe('an examination', () => {
    const inspector = as('inspector', zone(PHRAE, 'TH-55'));
    const self = { inspectorId: inspector.actor.id };
    const closed: InspectionEvent = {
      type: 'InspectionRoundClosed',
      data: { closing: 1, closedBy: 'x', closedOn: isoDate('2027-04-01'), resolved: [], fulfilled: [] },
    };
    const reopened: InspectionEvent = {
      type: 'InspectionRoundReopened',
      data: { closing: 1, reason: 'ก', reopenedBy: 'x' },
    };
    const revised = (inspectors: Round['inspectors']): InspectionEvent => ({
      type: 'InspectionRoundRevised',
      data: { ...round(inspectors), reason: 'ก', revisedBy: 'x' },
    });
    const assignmentId = randomUUID();
    const elsewhere = { provinces: [{ province: 'TH-55', isInspected: true }] };
    const ofOffice = { ...elsewhere, inspectedUnits: [{ officeId: MAKER.officeId }] };

    beforeAll(async () => {
      const event = inspectorAssigned({ assignmentId, inspector: inspector.actor.id });
      await bench.record([{ stream: streamName('inspection-assignment', assignmentId), event }]);
    });

    test.each<[string, readonly InspectionEvent[], string | undefined]>([
      ['in a round that there is not', [], 'examination.roundUnknown'],
      ['in an open round of one’s own', [roundOpened([self])], undefined],
      ['by an assignment that the round names', [roundOpened([{ assignmentId }])], undefined],
      ['by one that there is not', [roundOpened([{ assignmentId: randomUUID() }])], 'examination.notInspector'],
      ['in a round of somebody else', [roundOpened([{ inspectorId: 'other' }])], 'examination.notInspector'],
      ['in a round that is now somebody else’s', [roundOpened([self]), revised([])], 'examination.notInspector'],
      ['in a round that is closed', [roundOpened([self]), closed], 'examination.roundClosed'],
      ['in a round that is open again', [roundOpened([self]), closed, reopened], undefined],
      ['outside the provinces of the round', [roundOpened([self], elsewhere)], 'examination.outsideRound'],
      ['at an office that the round inspects', [roundOpened([self], ofOffice)], undefined],
    ])('%s', async (_where, events, code) => {
      const examined = await recorded([drafted({ province: PHRAE }), ...REPORTED.slice(1)]);
      const outcome = examine(examined, await roundOf(...events), inspector);
      if (code === undefined) expect(await outcome).toHaveProperty('revision');
      else await expect(outcome).rejects.toMatchObject({ rejection: { code, pointer: '/inspectionRound' } });
    });
  });

  test('one person clicks for one side', async () => {
    const agreementId = await recorded(agreed(READY_DRAFT));
    const both = someone(grant('officeHead', office(MAKER.officeId)), grant('officeHead', office(RECEIVER.officeId)));
    await signing(agreementId, READY_DRAFT, {}, both);
    const other = { side: 'receiver', officeId: RECEIVER.officeId } as const;
    await expect(signing(agreementId, READY_DRAFT, other, both)).rejects.toMatchObject({
      rejection: { code: 'signature.bothSides', facts: { side: 'maker' } },
    });
  });
});
