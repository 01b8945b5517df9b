import { ledgerPublication } from '@khamrap/audit';
import { eventCodec } from './infrastructure';
import { publicationRules, SLICES } from './slices';

test('of every event that there is, a rule says who may have it and why; and of no event twice', () => {
  const rules = publicationRules();
  expect(eventCodec().types.filter((type) => !Object.hasOwn(rules, type))).toEqual([]);
  for (const [type, { because }] of Object.entries(rules))
    expect([type, because]).toEqual([type, expect.stringMatching(/\.$/)]);
  const stated = SLICES.flatMap(({ publication = {} }) => Object.keys(publication));
  expect(stated).toHaveLength(Object.keys(rules).length);
});

test('each slice states the rules of its own events, and of no others', () => {
  for (const { events, publication = {} } of SLICES) {
    const types = (events ?? []).map(({ versions }) => versions[0]?.type ?? '');
    if (publication !== ledgerPublication) expect(Object.keys(publication).sort()).toEqual(types.sort());
  }
});

test('what nobody outside is ever given, and what depends on what it says or on what follows, is listed here by hand', () => {
  const rules = Object.entries(publicationRules());
  expect(rules.flatMap(([type, { publish }]) => (publish === 'never' ? [type] : [])).sort()).toEqual([
    'ActualExamined',
    'ActualReturned',
    'AgreementWithdrawn',
    'EvidenceErased',
    'FindingWithdrawn',
    'FindingsCarried',
    'InspectorAssigned',
    'InspectorAssignmentEnded',
    'NoFindingsVoided',
    'PersonalDataErased',
    'PersonalDataRequestFiled',
    'PersonalDataRequestFulfilled',
    'PersonalDataRequestRefused',
    'QuestionExplained',
    'QuestionExplanationAccepted',
    'QuestionExplanationReturned',
    'QuestionOpened',
    'QuestionReopened',
    'RetentionApplied',
    'RoleEnded',
    'RoleGranted',
    'SignaturesVoided',
    'SourceDocumentDescribed',
    'TermsAccepted',
    'TermsProposed',
    'TermsReturned',
  ]);
  expect(rules.flatMap(([type, { publish }]) => (typeof publish === 'string' ? [] : [type])).sort()).toEqual([
    'ActualCertified',
    'ActualCorrected',
    'ActualReported',
    'AgreementDrafted',
    'AgreementSigned',
    'AgreementTookEffect',
    'AmendmentApproved',
    'AmendmentRequested',
    'AppealFiled',
    'DelegationGranted',
    'DueDateExtended',
    'FindingCorrected',
    'FindingEscalated',
    'FindingRecorded',
    'FindingReopened',
    'FindingResolved',
    'FindingResponded',
    'IndicatorAdded',
    'IndicatorRemoved',
    'IndicatorRevised',
    'InspectionRoundOpened',
    'InspectionRoundRevised',
    'NoFindingsStated',
    'RecommendationMade',
    'ResponseJudged',
    'ScoreDetermined',
    'TargetSet',
  ]);
});
