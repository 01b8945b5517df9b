import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import { derivedId } from '@khamrap/platform/event-store';
import { AddIndicatorBody } from '../../../libs/slices/agreements/commands/add-indicator';
import { DraftAgreementBody } from '../../../libs/slices/agreements/commands/draft-agreement-body';
import { ReportActualBody } from '../../../libs/slices/agreements/commands/report-actual';
import { SetTargetBody } from '../../../libs/slices/agreements/commands/set-target';
import { AnnounceAwardsBody } from '../../../libs/slices/awards/commands/announce-awards';
import { GrantAwardBody } from '../../../libs/slices/awards/commands/grant-award';
import { PublishGoalSetBody } from '../../../libs/slices/goals/commands/publish-goal-set';
import { OpenInspectionRoundBody } from '../../../libs/slices/inspections/commands/open-round';
import { RecordVisitBody } from '../../../libs/slices/inspections/commands/record-visit';
import { AppointHolderBody } from '../../../libs/slices/offices/commands/appoint-holder';
import { EndHolderBody } from '../../../libs/slices/offices/commands/end-holder';
import { GrantDelegationBody } from '../../../libs/slices/offices/commands/grant-delegation';
import { RegisterOfficeBody } from '../../../libs/slices/offices/commands/register-office';
import { PublishBandsBody } from '../../../libs/slices/schemes/commands/publish-bands';
import { PublishSchemeBody } from '../../../libs/slices/schemes/commands/publish-scheme';
import { PublishScoringRuleBody } from '../../../libs/slices/schemes/commands/publish-scoring-rule';
import { PublishStatusRulesBody } from '../../../libs/slices/schemes/commands/publish-status-rules';
import { RegisterSourceDocumentBody } from '../../../libs/slices/sources/commands/source-document-bodies';
import { demonstrationSteps } from './steps';

/** What a user would send, for every command that the demonstration may use: none of them signs, scores or certifies. */
const BODIES: Readonly<Record<string, ClassConstructor<object>>> = {
  AddIndicator: AddIndicatorBody,
  AnnounceAwards: AnnounceAwardsBody,
  AppointHolder: AppointHolderBody,
  DraftAgreement: DraftAgreementBody,
  EndHolder: EndHolderBody,
  GrantAward: GrantAwardBody,
  GrantDelegation: GrantDelegationBody,
  OpenInspectionRound: OpenInspectionRoundBody,
  PublishBands: PublishBandsBody,
  PublishGoalSet: PublishGoalSetBody,
  PublishScheme: PublishSchemeBody,
  PublishScoringRule: PublishScoringRuleBody,
  PublishStatusRules: PublishStatusRulesBody,
  RecordVisit: RecordVisitBody,
  RegisterOffice: RegisterOfficeBody,
  RegisterSourceDocument: RegisterSourceDocumentBody,
  ReportActual: ReportActualBody,
  SetTarget: SetTargetBody,
};
/** These state nothing of a document. */
const WITHOUT_SOURCE = [
  'RegisterSourceDocument',
  'PublishScheme',
  'PublishScoringRule',
  'PublishStatusRules',
  'PublishBands',
];

interface AnyBody {
  readonly source?: { readonly document: string; readonly passage: string };
  readonly sha256?: string;
  readonly parties?: readonly unknown[];
  readonly weight?: string;
}

/** The steps as they are said one after the other; a step that names a later one fails. */
function said() {
  const keys = new Set<string>();
  return demonstrationSteps.map(({ key, knownOn, say }) => {
    const { type, body } = say((earlier) => {
      if (!keys.has(earlier)) throw new Error(`${key} names ${earlier}, which is not there yet`);
      return derivedId('step', earlier);
    });
    keys.add(key);
    const fields: AnyBody = body;
    return { key, knownOn, type, body: fields };
  });
}

const steps = said();

test('every step has a key of its own, and follows what it names and what was known before', () => {
  expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length);
  const days = steps.map(({ knownOn }) => knownOn);
  expect(days).toEqual(days.toSorted());
});

test('every body could be sent by a user', () => {
  for (const { key, type, body } of steps) {
    const kind = BODIES[type];
    if (!kind) throw new Error(`${key} is a ${type}, which the demonstration has no business to send`);
    const errors = validateSync(plainToInstance(kind, body), { whitelist: true, forbidNonWhitelisted: true });
    expect([key, errors]).toEqual([key, []]);
  }
  expect(new Set(steps.map(({ type }) => type))).toEqual(new Set(Object.keys(BODIES)));
});

test('every statement is taken from a passage of a document that is registered before it', () => {
  const registered = new Set<string>();
  for (const { key, type, body } of steps) {
    if (type === 'RegisterSourceDocument') registered.add(body.sha256 ?? '');
    if (WITHOUT_SOURCE.includes(type)) {
      expect([key, body.source]).toEqual([key, undefined]);
      continue;
    }
    expect([key, registered.has(body.source?.document ?? '')]).toEqual([key, true]);
    expect([key, body.source?.passage]).toEqual([key, expect.stringMatching(/^paragraphs? \d+(?: (?:and|to) \d+)?$/)]);
  }
  expect(registered.size).toBe(5);
});

test('nothing is said that the documents do not state', () => {
  const indicators = steps.filter(({ type }) => type === 'AddIndicator').map(({ body }) => body);
  expect(new Set(indicators.map(({ weight }) => weight))).toEqual(new Set(['notStated']));
  const drafts = steps.filter(({ type }) => type === 'DraftAgreement').map(({ body }) => body);
  expect(drafts.map(({ parties }) => parties)).toEqual([[], [], []]);
  expect(steps.filter(({ type }) => type === 'SetTarget').map(({ body }) => body)).toEqual([
    expect.objectContaining({ value: '1887', span: { notStated: true } }),
  ]);
  const posts = steps.filter(({ type }) => type === 'AppointHolder').map(({ body }) => body);
  expect(posts).toEqual(posts.map(() => expect.objectContaining({ from: { notStated: true } }) as unknown));
});
