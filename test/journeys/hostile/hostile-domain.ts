import { calendarBody, CDD, goalSetBody, PROVINCE, scoringRuleBody, signatureBody } from '../bodies';
import { command, invalid, type HostileRequest } from './hostile-request';
import type { Situation } from './situation';

type Changes = Readonly<Record<string, unknown>>;
type Send = HostileRequest['send'];

const HEAD = { as: 'head-of-phrae-cdd' };
const GOVERNOR = { as: 'governor-of-phrae' };
const KEEPER = { as: 'keeper-of-phrae-cdd' };
const SUPERVISOR = { as: 'supervisor-of-phrae-cdd' };
const UNIT = { as: 'performance-unit-of-phrae' };
const RECORDER = { as: 'recorder' };
const INSPECTOR = { as: 'inspector-zone-16' };
const ADMINISTRATOR = { as: 'administrator' };
const DASHBOARD = { as: 'dashboard' };
const TERMS = { termsHash: 'ab'.repeat(32), termsRevision: 2 };
const PERIOD = '2021-10-01..2022-03-31';

/** A command on the agreement that is in effect. */
const on =
  (path: string, body: unknown): Send =>
  ({ inEffect }) =>
    command(`${inEffect.agreement}${path}`, body);
const onIndicator =
  (path: string, body: unknown): Send =>
  ({ inEffect }) =>
    command(`${inEffect.indicator}${path}`, body);
const to =
  (path: string, body: unknown): Send =>
  () =>
    command(path, body);
const refused = (what: string, send: Send, status: number, code: string, more: Partial<HostileRequest>) => ({
  what,
  send,
  status,
  code,
  ...more,
});

const amendment = (changes: Changes): Send =>
  on('/amendments', {
    officeId: CDD.officeId,
    changes: [{ change: 'weight', indicatorId: '0f8fad5b-d9cb-469f-a165-70867728950e', weight: '1' }],
    reason: 'เหตุ',
    effectiveFrom: '2022-04-01',
    ...changes,
  });
const certification = (changes: Changes, period = PERIOD): Send =>
  onIndicator(`/actuals/${period}/certifications`, { step: 'supervisor', ...changes });
const examination = (changes: Changes): Send =>
  onIndicator(`/actuals/${PERIOD}/examinations`, {
    inspectionRound: '0f8fad5b-d9cb-469f-a165-70867728950e',
    verdict: 'agrees',
    comment: 'ตรง',
    ...changes,
  });
const signature = (changes: Changes): Send => on('/signatures', signatureBody(TERMS, changes));
const paper = { scanSha256: 'ab'.repeat(32), signedOn: '2021-10-12' };
const certificate = { documentSha256: 'ab'.repeat(32), certificateSha256: 'cd'.repeat(32), signedOn: '2021-10-12' };

const AGREEMENTS: readonly HostileRequest[] = [
  invalid('no revision of the terms', signature({ termsRevision: undefined }), 'isInt', { pointer: '/termsRevision' }),
  invalid('a revision below all', signature({ termsRevision: -1 }), 'min', { pointer: '/termsRevision' }),
  invalid('a revision as text', signature({ termsRevision: '2' }), 'isInt', { pointer: '/termsRevision' }),
  invalid('a paper and a certificate', signature({ paper, certificate }), 'excludes', { pointer: '/paper' }),
  invalid('no comments', on('/return', { officeId: 'x', termsHash: TERMS.termsHash }), 'isArray', {
    pointer: '/comments',
    ...GOVERNOR,
  }),
  invalid('an agreement to copy and a goal set', to('/v1/agreements', copiedTwice()), 'excludes', {
    pointer: '/copyFrom',
  }),
  invalid('nothing that changes', amendment({ changes: undefined }), 'isArray', { pointer: '/changes' }),
  invalid('a change of nothing', amendment({ changes: [null] }), 'nothing', { pointer: '/changes/0' }),
  invalid('too many changes', amendment({ changes: Array.from({ length: 501 }, () => ({})) }), 'arrayMaxSize', {
    pointer: '/changes',
  }),
  invalid('an unknown change', amendment({ changes: [{ change: 'rename', indicatorId: 'x' }] }), 'isIn', {
    pointer: '/changes/0/change',
  }),
  invalid('effect on a day that there is not', amendment({ effectiveFrom: '31 กุมภาพันธ์ 2565' }), 'isDateText', {
    pointer: '/effectiveFrom',
  }),
  refused(
    'effect before the year',
    amendment({ effectiveFrom: '2020-01-01' }),
    422,
    'amendment.effectiveOutsidePeriod',
    {
      ...HEAD,
      pointer: '/effectiveFrom',
    },
  ),
  refused(
    'terms anew of what is in effect',
    on('/proposal', { officeId: CDD.officeId }),
    409,
    'agreement.termsFixed',
    HEAD,
  ),
  refused('an amendment by who receives', amendment({}), 403, 'agreement.notYours', GOVERNOR),
  refused('an amendment by who only keeps', amendment({}), 403, 'notPermitted', KEEPER),
];

function copiedTwice(): Changes {
  return { copyFrom: { agreementId: '0f8fad5b-d9cb-469f-a165-70867728950e' }, fromGoalSet: 'phrae-2566' };
}

const FIGURES: readonly HostileRequest[] = [
  invalid('an unknown step', certification({ step: 'governor' }), 'isIn', { pointer: '/step', ...SUPERVISOR }),
  invalid('the name of a method for a step', certification({ step: 'constructor' }), 'isIn', {
    pointer: '/step',
    ...SUPERVISOR,
  }),
  invalid('a comment of directions', certification({ comment: 'ก\u202eข' }), 'isPlainText', {
    pointer: '/comment',
    ...SUPERVISOR,
  }),
  refused('a period that is none', certification({}, '2022'), 404, 'notFound', SUPERVISOR),
  refused('a period the wrong way round', certification({}, '2022-03-31..2021-10-01'), 404, 'notFound', SUPERVISOR),
  refused(
    'a period without figure',
    certification({}, '2021-10-01..2021-10-31'),
    404,
    'actual.notReported',
    SUPERVISOR,
  ),
  refused('a step of another role', certification({ step: 'performanceUnit' }), 403, 'agreement.notYours', SUPERVISOR),
  refused('an own figure', certification({}), 403, 'agreement.notYours', KEEPER),
  invalid('a number for what was observed', examination({ observedValue: 5 }), 'isDecimalText', {
    pointer: '/observedValue',
    ...INSPECTOR,
  }),
  refused(
    'a difference without what was observed',
    examination({ verdict: 'differs' }),
    422,
    'actual.observedValueUnfit',
    {
      ...INSPECTOR,
      pointer: '/observedValue',
    },
  ),
  invalid('an exemption from nothing', onIndicator('/exemptions', { officeId: 'x', reason: 'x' }), 'isIdentifier', {
    pointer: '/round',
    ...GOVERNOR,
  }),
  refused(
    'an exemption from a round that there is not',
    onIndicator('/exemptions', { round: '3m', officeId: PROVINCE.officeId, reason: 'เหตุ' }),
    422,
    'exemption.roundUnknown',
    { ...GOVERNOR, pointer: '/round' },
  ),
];

const ROUNDS: readonly HostileRequest[] = [
  invalid('words with what takes none', on('/closure', { reason: 'สิ้นปี' }), 'unknownField', {
    pointer: '/reason',
    ...UNIT,
  }),
  invalid('words with what closes a round', on('/evaluation-rounds/6m/closure', { '~/': 1 }), 'unknownField', {
    pointer: '/~0~1',
    ...UNIT,
  }),
  refused('a round that is no code', on('/evaluation-rounds/%20/closure', {}), 404, 'notFound', UNIT),
  refused('a round that there is not', on('/evaluation-rounds/3m/closure', {}), 404, 'round.unknown', UNIT),
  invalid(
    'a score with an exponent',
    on('/evaluation-rounds/6m/scores', { assessor: 'evaluator', score: '1e1' }),
    'isDecimalText',
    { pointer: '/score', ...UNIT },
  ),
  invalid('a score of nobody', on('/evaluation-rounds/6m/scores', { assessor: 'me', score: '1' }), 'isIn', {
    pointer: '/assessor',
    ...UNIT,
  }),
  invalid('an appeal without grounds', on('/appeals', { round: '6m', officeId: CDD.officeId }), 'isPlainText', {
    pointer: '/grounds',
  }),
  refused(
    'an appeal against an open round',
    on('/appeals', { round: '6m', officeId: CDD.officeId, grounds: 'เหตุ' }),
    409,
    'round.notClosed',
    { ...HEAD, pointer: '/round' },
  ),
  refused(
    'an appeal that there is not',
    on('/appeals/0f8fad5b-d9cb-469f-a165-70867728950e/decision', { outcome: 'dismissed', reason: 'เหตุ' }),
    404,
    'appeal.unknown',
    UNIT,
  ),
];

const scheme = ({ names }: Situation): string => `/v1/schemes/${names['schemeId']}`;
const PUBLISHED: readonly HostileRequest[] = [
  refused(
    'a rule of no scheme',
    to('/v1/schemes/none/scoring-rules', scoringRuleBody()),
    404,
    'scheme.notPublished',
    RECORDER,
  ),
  refused('a scheme that is a path', to('/v1/schemes/..%2f/bands', { bands: [] }), 404, 'notFound', RECORDER),
  refused('a rule by who is judged', to('/v1/schemes/x/scoring-rules', scoringRuleBody()), 403, 'notPermitted', HEAD),
  invalid('days of grace below none', (situation) => command(`${scheme(situation)}/calendars`, withGrace(-1)), 'min', {
    pointer: '/rounds/0/graceDays',
    ...RECORDER,
  }),
  invalid(
    'too many rounds',
    (situation) => command(`${scheme(situation)}/calendars`, calendarBody(2565, { rounds: Array(51).fill({}) })),
    'arrayMaxSize',
    { pointer: '/rounds', ...RECORDER },
  ),
  invalid('too many goals', to('/v1/goal-sets', goalSetBody({ goals: Array(201).fill({}) })), 'arrayMaxSize', {
    pointer: '/goals',
    ...GOVERNOR,
  }),
  refused(
    'goals of another province',
    to('/v1/goal-sets', goalSetBody({ province: 'TH-57' })),
    403,
    'goalSet.notYours',
    GOVERNOR,
  ),
  invalid(
    'a role for no pseudonym',
    to('/v1/offices/phrae-land/role-grants', {
      grantee: '../somebody',
      role: 'keeper',
      scope: { kind: 'nation' },
      reason: 'เหตุ',
    }),
    'isUuid',
    { pointer: '/grantee', ...ADMINISTRATOR },
  ),
  refused(
    'a role by who registers offices only',
    to('/v1/offices/phrae-land/role-grants', {}),
    403,
    'notPermitted',
    RECORDER,
  ),
];

function withGrace(graceDays: number): Changes {
  const { rounds, ...calendar } = calendarBody(2565);
  return { ...calendar, rounds: (rounds as Changes[]).map((round) => ({ ...round, graceDays })) };
}

const question = (what: string, path: string, error: string, parameter: string): HostileRequest =>
  invalid(what, () => ({ path }), error, { parameter, ...DASHBOARD });

const QUESTIONS: readonly HostileRequest[] = [
  question('a league of nothing', '/v1/standings/league?fiscalYear=2565&round=6m&by=office', 'isIdentifier', 'scheme'),
  question('a league by colour', '/v1/standings/league?fiscalYear=2565&round=6m&scheme=x&by=colour', 'isIn', 'by'),
  question(
    'a minimum that is no number',
    '/v1/standings/league?fiscalYear=2565&round=6m&scheme=x&by=office&minimumCertifiedWeight=all',
    'isDecimalText',
    'minimumCertifiedWeight',
  ),
  question('what is due on no day', '/v1/standings/due?onDate=2023-02-29', 'isDateText', 'onDate'),
  question('a roll-up by nothing', '/v1/standings/roll-ups?fiscalYear=2565', 'isIn', 'by'),
  question(
    'a day and what the public knew',
    '/v1/standings?effectiveOn=2022-01-01&publishedBy=2022-01-01T00:00:00Z',
    'excludes',
    'effectiveOn',
  ),
  question('holders on no day', '/v1/offices?effectiveOn=yesterday', 'isDateText', 'effectiveOn'),
  question('a cursor of words among offices', `/v1/offices?cursor=${cursorOf(['x', 'y'])}`, 'isCursor', 'cursor'),
  question('a cursor of words among what is due', `/v1/standings/due?cursor=${cursorOf(['x'])}`, 'isCursor', 'cursor'),
  question('a cursor of words in a league', `${league()}&cursor=${cursorOf(['x'])}`, 'isCursor', 'cursor'),
  question('a cursor of words among documents', `/v1/source-documents?cursor=${cursorOf([{}])}`, 'isCursor', 'cursor'),
  question('a tally by moon', '/v1/awards/tallies?by=moon', 'isIn', 'by'),
];

function league(): string {
  return '/v1/standings/league?fiscalYear=2565&round=6m&scheme=x&by=office';
}

function cursorOf(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Acts on agreements of others: told apart by nobody who has no business in the province. */
const ELSEWHERE: readonly HostileRequest[] = (
  [
    ['a proposal', HEAD, '/proposal', { officeId: CDD.officeId }],
    ['an acceptance', GOVERNOR, '/acceptance', { officeId: PROVINCE.officeId, termsHash: TERMS.termsHash }],
    [
      'an amendment',
      HEAD,
      '/amendments',
      { officeId: CDD.officeId, changes: [], reason: 'x', effectiveFrom: '2022-10-01' },
    ],
    ['the end of a round', UNIT, '/evaluation-rounds/6m/closure', {}],
    ['the end of the year', UNIT, '/closure', {}],
    ['an appeal', HEAD, '/appeals', { round: '6m', officeId: CDD.officeId, grounds: 'x' }],
  ] as const
).map(([what, as, path, body]) =>
  refused(
    `${what} in another province`,
    ({ foreign }) => command(`${foreign.agreement}${path}`, body),
    404,
    'agreement.notDrafted',
    as,
  ),
);

/** What is wrong with the commands and questions of the domain in full. */
export const HOSTILE_DOMAIN: readonly HostileRequest[] = [
  ...AGREEMENTS,
  ...FIGURES,
  ...ROUNDS,
  ...PUBLISHED,
  ...QUESTIONS,
  ...ELSEWHERE,
];
