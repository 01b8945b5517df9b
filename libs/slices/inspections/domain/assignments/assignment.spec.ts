import { isoDate, streamName } from '@khamrap/kernel';
import { CommandSalts, EventCodec } from '@khamrap/platform/event-store';
import { commandContext, specification } from '@khamrap/testing';
import type { AssignmentCommand } from './assignment.commands';
import { assignmentDecider } from './assignment.decider';
import { assignmentEventDeclarations, type AssignmentEvent } from './assignment.events';
import {
  assignInspector,
  assignmentEnded,
  ASSIGNER,
  endAssignment,
  inspectorAssigned,
  TODAY,
  WHOLE_ASSIGNMENT,
} from './assignment.examples';
import { assignmentRefusals, type AssignmentRefusal } from './assignment.refusals';

const day = isoDate;
const { given } = specification(assignmentDecider);
const LATER = day('2027-06-30');
const ZONE = inspectorAssigned().data.zone;

test('somebody is assigned to a part of a zone', () => {
  given().when(assignInspector()).then(inspectorAssigned());
});

test('to all of it where no part is named, from today on where no day is', () => {
  given()
    .when(assignInspector({ provinces: undefined, from: undefined, to: undefined }))
    .then(inspectorAssigned({ provinces: ZONE.provinces, to: undefined }));
});

test.each<[string, readonly AssignmentEvent[], AssignmentCommand, AssignmentEvent]>([
  ['at once', [], endAssignment(), assignmentEnded()],
  ['on a day that lies ahead', [], endAssignment({ on: LATER }), assignmentEnded({ on: LATER })],
  ['earlier than was said', [assignmentEnded({ on: LATER })], endAssignment(), assignmentEnded()],
  [
    'at once on the day that was to be the last',
    [assignmentEnded({ on: LATER })],
    endAssignment({}, LATER),
    assignmentEnded({ on: LATER, endedOn: LATER }),
  ],
])('an assignment ends %s', (_when, before, command, ended) => {
  given(inspectorAssigned(), ...before)
    .when(command)
    .then(ended);
});

test('to end it with the day with which it ends changes nothing', () => {
  given(inspectorAssigned({ to: LATER }))
    .when(endAssignment({ on: LATER }))
    .thenNothing();
});

test('who assigns may end what was assigned to themselves', () => {
  given(inspectorAssigned({ inspector: ASSIGNER }))
    .when(endAssignment())
    .then(assignmentEnded());
});

interface Refused {
  readonly given?: readonly AssignmentEvent[];
  readonly when: AssignmentCommand;
  readonly pointer?: string;
}

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<AssignmentRefusal, readonly Refused[]> = {
  'assignment.alreadyAssigned': [
    { given: [inspectorAssigned()], when: assignInspector() },
    { given: WHOLE_ASSIGNMENT, when: assignInspector() },
  ],
  'assignment.toOneself': [{ when: assignInspector({ inspector: ASSIGNER }), pointer: '/inspector' }],
  'assignment.officeUnknown': [{ when: assignInspector({}, { isOfficeKnown: false }), pointer: '/officeId' }],
  'assignment.zoneUnknown': [{ when: assignInspector({}, { zone: undefined }), pointer: '/zoneId' }],
  'assignment.provinceMissing': [
    { when: assignInspector({ provinces: [] }), pointer: '/provinces' },
    { when: assignInspector({ provinces: undefined }, { zone: { ...ZONE, provinces: [] } }), pointer: '/provinces' },
  ],
  'assignment.provinceRepeated': [
    { when: assignInspector({ provinces: ['TH-84', 'TH-86', 'TH-84'] }), pointer: '/provinces/2' },
  ],
  'assignment.provinceOutsideZone': [
    { when: assignInspector({ provinces: ['TH-84', 'TH-54'] }), pointer: '/provinces/1' },
    { when: assignInspector({}, { zone: { ...ZONE, provinces: ['TH-84'] } }), pointer: '/provinces/1' },
  ],
  'assignment.fromInThePast': [{ when: assignInspector({ from: day('2027-03-30') }), pointer: '/from' }],
  'assignment.spanReversed': [{ when: assignInspector({ to: day('2027-03-30') }), pointer: '/to' }],
  'assignment.unknown': [{ when: endAssignment() }],
  'assignment.alreadyEnded': [
    { given: WHOLE_ASSIGNMENT, when: endAssignment() },
    { given: [inspectorAssigned()], when: endAssignment({}, day('2027-10-01')) },
    { given: [inspectorAssigned(), assignmentEnded({ on: LATER })], when: endAssignment({}, day('2027-07-01')) },
  ],
  'assignment.endInThePast': [
    { given: [inspectorAssigned()], when: endAssignment({ on: day('2027-03-30') }), pointer: '/on' },
  ],
  'assignment.endAfterLastDay': [
    { given: [inspectorAssigned()], when: endAssignment({ on: day('2027-10-01') }), pointer: '/on' },
    { given: [inspectorAssigned(), assignmentEnded({ on: LATER })], when: endAssignment({ on: day('2027-07-01') }) },
  ],
};

describe.each(Object.entries(refused))('%s', (code, cases) => {
  test.each(cases)('%#', ({ given: history = [], when: command, pointer }) => {
    given(...history)
      .when(command)
      .thenRejected(code);
    const state = history.reduce((folded, event) => assignmentDecider.evolve(folded, event), {
      ...assignmentDecider.initialState,
    });
    if (pointer !== undefined) expect(assignmentDecider.decide(command, state)).toMatchObject({ pointer });
  });
});

test('every refusal is explained in both languages', () => {
  for (const code of Object.keys(refused)) expect(assignmentRefusals).toHaveProperty([code]);
  for (const { title } of Object.values(assignmentRefusals)) {
    expect(title.th).toMatch(/[ก-๙]/);
    expect(title.en).toMatch(/^[A-Z]/);
  }
});

test('every event comes back from the record as it went in, and hides nothing', () => {
  const codec = new EventCodec(assignmentEventDeclarations);
  const stream = streamName('inspection-assignment', 'assignment-1');
  expect(WHOLE_ASSIGNMENT.map(({ type }) => type).toSorted()).toEqual([...codec.types].toSorted());
  for (const event of WHOLE_ASSIGNMENT) {
    const context = commandContext({ decidedAt: `${TODAY}T02:00:00.000Z` });
    const encoded = codec.encode({ event, index: 0, stream, revision: 0, context, salts: new CommandSalts() });
    expect([codec.decode(encoded.event).data, encoded.disclosures]).toEqual([event.data, []]);
  }
});
