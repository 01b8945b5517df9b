import { isoDate, streamName } from '@khamrap/kernel';
import { CommandSalts, EventCodec } from '@khamrap/platform/event-store';
import { commandContext, specification } from '@khamrap/testing';
import type { PersonalDataRequestCommand } from './personal-data-request.commands';
import { personalDataRequestDecider } from './personal-data-request.decider';
import {
  personalDataEventDeclarations,
  REFUSAL_GROUNDS,
  type PersonalDataRequestEvent,
  type RefusalGround,
  type RequestKind,
} from './personal-data-request.events';
import {
  dataErased,
  ERASED_HISTORY,
  fileRequest,
  fulfilRequest,
  OFFICER,
  REFUSED_HISTORY,
  refuseRequest,
  requestFiled,
  requestFulfilled,
  requestRefused,
  SUBJECT,
} from './personal-data-request.examples';
import { personalDataRefusals, type PersonalDataRequestRefusal } from './personal-data-request.refusals';
import { daysLeft } from './personal-data-request.terms';

const { given } = specification(personalDataRequestDecider);

test.each<[RequestKind, string]>([
  ['access', '2026-12-02'],
  ['erasure', '2027-01-31'],
  ['correction', '2026-12-02'],
])('a request of the kind %s is filed, and is due on %s', (kind, dueOn) => {
  given().when(fileRequest({ kind })).then(requestFiled({ kind, dueOn }));
});

test('the term runs from the day on which it came in, on paper too, over the end of February', () => {
  const onPaper = { receivedOn: '2026-02-10', filedBy: OFFICER };
  given()
    .when(fileRequest({ ...onPaper, kind: 'access' }))
    .then(requestFiled({ ...onPaper, kind: 'access', dueOn: '2026-03-12' }));
  expect(daysLeft(isoDate('2026-03-12'), isoDate('2026-03-12'))).toBe(0);
  expect(daysLeft(isoDate('2026-03-12'), isoDate('2026-03-13'))).toBe(-1);
});

test('to fulfil a request to erase is to decide what is erased', () => {
  given(requestFiled()).when(fulfilRequest()).then(requestFulfilled(), dataErased());
  given(requestFiled({ kind: 'access' }))
    .when(fulfilRequest())
    .then(requestFulfilled());
});

test.each([
  ['privateValues', { identity: false }, {}, { fromVault: { commitments: dataErased().data.fromVault.commitments } }],
  ['identity', {}, { commitments: [] }, { fromVault: { commitments: [], pseudonym: SUBJECT } }],
] as const)('of what was found and named alone, such as %s', (category, scope, found, erased) => {
  given(requestFiled({ scope: { ...requestFiled().data.scope, ...scope } }))
    .when(fulfilRequest({ evidence: [], ...found }))
    .then(requestFulfilled(), dataErased({ categories: [category], evidence: [], ...erased }));
});

const GROUNDS: Record<RequestKind, readonly RefusalGround[]> = {
  access: ['lawOrCourtOrder', 'rightsOfOthers'],
  erasure: ['archivesOrStatistics', 'publicTask', 'legalDuty', 'freedomOfExpression', 'legalClaims'],
  correction: ['dataAreCorrect'],
};
const kindsAndGrounds = (Object.keys(GROUNDS) as RequestKind[]).flatMap((kind) =>
  REFUSAL_GROUNDS.map((ground) => [kind, ground, GROUNDS[kind].includes(ground)] as const),
);
test.each(kindsAndGrounds)('a request of the kind %s is refused on the ground %s: %s', (kind, ground, may) => {
  const refusal = given(requestFiled({ kind })).when(refuseRequest({ ground }));
  if (may) refusal.then(requestRefused({ ground }));
  else refusal.thenRejected('personalDataRequest.groundOfAnotherKind');
});

interface Refused {
  readonly given?: readonly PersonalDataRequestEvent[];
  readonly when: PersonalDataRequestCommand;
}
const byBoth = (by: string, ...history: readonly PersonalDataRequestEvent[]): readonly Refused[] => [
  { given: history, when: fulfilRequest({}, by) },
  { given: history, when: refuseRequest({}, by) },
];

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<PersonalDataRequestRefusal, readonly Refused[]> = {
  'personalDataRequest.alreadyFiled': [
    { given: [requestFiled()], when: fileRequest() },
    { given: ERASED_HISTORY, when: fileRequest() },
  ],
  'personalDataRequest.notFiled': byBoth(OFFICER),
  'personalDataRequest.alreadyDecided': [...byBoth(OFFICER, ...ERASED_HISTORY), ...byBoth(OFFICER, ...REFUSED_HISTORY)],
  'personalDataRequest.receivedInTheFuture': [{ when: fileRequest({ receivedOn: '2026-11-03' }) }],
  'personalDataRequest.nothingNamed': [{ when: fileRequest({ scope: { identity: false, values: [], evidence: [] } }) }],
  'personalDataRequest.scopeOnlyForErasure': (['access', 'correction'] as const).map((kind) => ({
    when: fileRequest({ kind, scope: { identity: true, values: [], evidence: [] } }),
  })),
  'personalDataRequest.decidedByTheSame': [
    ...byBoth(SUBJECT, requestFiled()),
    ...byBoth(OFFICER, requestFiled({ filedBy: OFFICER })),
    ...byBoth(SUBJECT, requestFiled({ filedBy: OFFICER })),
    ...byBoth(SUBJECT, ...ERASED_HISTORY),
  ],
  'personalDataRequest.groundOfAnotherKind': [
    { given: [requestFiled()], when: refuseRequest({ ground: 'dataAreCorrect' }) },
  ],
  'personalDataRequest.nothingFound': [
    {
      given: [requestFiled({ scope: { ...requestFiled().data.scope, identity: false } })],
      when: fulfilRequest({ commitments: [], evidence: [] }),
    },
  ],
  'personalDataRequest.tooMuchAtOnce': [
    {
      given: [requestFiled()],
      when: fulfilRequest({ commitments: Array.from({ length: 1_001 }, (_, index) => String(index)) }),
    },
  ],
};

describe.each(Object.entries(refused))('%s', (refusal, cases) => {
  test.each(cases)('%#', ({ given: history = [], when: command }) => {
    given(...history)
      .when(command)
      .thenRejected(refusal);
  });
});

test('every refusal is explained in both languages', () => {
  for (const refusal of Object.keys(refused)) expect(personalDataRefusals).toHaveProperty([refusal]);
  for (const { title } of Object.values(personalDataRefusals)) {
    expect(title.th).toMatch(/[ก-๙]/);
    expect(title.en).toMatch(/^[A-Z]/);
  }
});

test('of the words of people the record holds commitments only', () => {
  const codec = new EventCodec(personalDataEventDeclarations);
  const encode = (event: PersonalDataRequestEvent) =>
    codec.encode({
      event,
      index: 0,
      stream: streamName('personal-data-request', 'one'),
      revision: 0,
      context: commandContext(),
      salts: new CommandSalts(),
    });
  const hidden = [...ERASED_HISTORY, requestRefused()].map((event) => [
    event.type,
    encode(event).disclosures.map(({ path }) => path),
  ]);
  expect(hidden).toEqual([
    ['PersonalDataRequestFiled', ['/explanation']],
    ['PersonalDataRequestFulfilled', ['/explanation']],
    ['PersonalDataErased', []],
    ['PersonalDataRequestRefused', ['/explanation']],
  ]);
  expect(codec.decode(encode(dataErased()).event).data).toEqual(dataErased().data);
});
