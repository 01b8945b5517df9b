import { isoDate, NOT_STATED, parseSpanKey } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import {
  actualCertified,
  actualCorrected,
  actualExamined,
  actualReturned,
  ACTUALS_HISTORY,
  CERTIFIED,
  certifyActual,
  correctActual,
  examineActual,
  exemptionGranted,
  grantExemption,
  JOINT_RATIO,
  LAST_YEARS_HALF_KEY,
  REPORTED,
  returnActual,
  transcribed,
  UNIT,
  WITH_JOINT,
} from './actuals.examples';
import {
  actualCertified as certifiedSchema,
  actualCorrected as correctedSchema,
  actualExamined as examinedSchema,
  actualReported as actualReportedSchema,
  actualReturned as returnedSchema,
  exemptionGranted as exemptionSchema,
} from './actuals.events';
import { agreementDecider } from '../agreement.decider';
import type { AgreementCommand } from '../agreement.commands';
import type {
  ActualCertified,
  ActualCorrected,
  ActualExamined,
  ActualReported,
  ActualReturned,
  AgreementEvent,
  ExemptionGranted,
} from '../agreement.events';
import {
  actualReported,
  ANNOUNCED,
  drafted,
  IN_EFFECT,
  indicatorAdded,
  inEffect,
  KEEPER,
  MONITORED,
  reportActual,
  stateAfter,
  targetSet,
  TODAY,
  TRANSCRIBED,
} from '../agreement.examples';
import { figureKey, type ReportedFigure } from '../agreement.state';

const { given } = specification(agreementDecider);

const RETURNED: readonly AgreementEvent[] = [...REPORTED, actualReturned()];
const CLOSED: readonly AgreementEvent[] = [
  ...REPORTED,
  { type: 'AgreementClosed', data: { closedOn: TODAY, closedBy: UNIT } },
];

function figureAfter(past: readonly AgreementEvent[], key = actualReported().data): ReportedFigure | undefined {
  const state = stateAfter(past);
  const indicator = state.status === 'notDrafted' ? undefined : state.indicators.get(key.indicatorId);
  return indicator && 'figures' in indicator ? indicator.figures.get(figureKey(key)) : undefined;
}

describe('reporting', () => {
  const withoutValue = { value: undefined };
  test.each([
    ['value', { kind: 'value', statedGrowth: { percent: '64.02', comparedWith: NOT_STATED } }],
    ['ratio', { kind: 'ratio', ...withoutValue, numerator: '-1', denominator: '0.5' }],
    ['delta', { kind: 'delta', value: '-3', comparisonSpan: LAST_YEARS_HALF_KEY }],
    ['milestone', { kind: 'milestone', ...withoutValue, milestone: 0 }],
    ['date', { kind: 'date', ...withoutValue, date: TODAY }],
    ['narrative', { kind: 'narrative', ...withoutValue, narrative: 'จัดทำแผนแล้ว' }],
    ['notAvailable', { kind: 'notAvailable', ...withoutValue, notAvailableReason: 'ยังไม่เผยแพร่' }],
    ['adopted', { kind: 'adopted', adoptedFrom: { agreementId: 'a', indicatorId: 'b', eventId: 'c' } }],
  ] as const)('a figure of the kind %s', (_kind, figure) => {
    given(...IN_EFFECT)
      .when(reportActual(figure))
      .then(actualReported(figure));
  });

  test('is signed by the pseudonym of the keeper, except for what a document states', () => {
    given(...IN_EFFECT)
      .when(reportActual())
      .then(actualReported({ reportedBy: KEEPER }));
    given(...MONITORED)
      .when(reportActual({}, TRANSCRIBED))
      .then(actualReported({ reportedBy: undefined }));
  });

  test('each keeper reports a part of a joint indicator', () => {
    const parts = ['district-1', 'district-2'].map((officeId) => ({ ...JOINT_RATIO, officeId }));
    const [first, second] = parts;
    given(...WITH_JOINT, actualReported(first))
      .when(reportActual(second as Parameters<typeof reportActual>[0]))
      .then(actualReported(second));
  });

  test.each([
    { kind: 'notAvailable', notAvailableReason: 'รอผลสำรวจ', numerator: undefined, denominator: undefined },
    { kind: 'narrative', narrative: 'สำรวจแล้วครึ่งหนึ่ง', numerator: undefined, denominator: undefined },
  ] as const)('what claims no quotient goes with an indicator of ratios: $kind', (changes) => {
    const { span: _key, ...figure } = { ...actualReported({ ...JOINT_RATIO, ...changes }).data, reportedBy: undefined };
    given(...WITH_JOINT)
      .when(reportActual(figure))
      .then(actualReported({ ...figure, reportedBy: KEEPER }));
  });

  test('a document may leave open what a change is against, and look ahead', () => {
    const figure = { kind: 'date', value: undefined, date: isoDate('2027-09-30') } as const;
    given(...ANNOUNCED)
      .when(reportActual(figure, TRANSCRIBED))
      .then(actualReported({ ...figure, reportedBy: undefined }));
    const delta = { kind: 'delta', comparisonSpan: NOT_STATED } as const;
    given(...ANNOUNCED)
      .when(reportActual(delta, TRANSCRIBED))
      .then(actualReported({ ...delta, reportedBy: undefined }));
  });
});

describe('correcting', () => {
  test('puts another figure in its place, of another kind too, and voids its certification', () => {
    const notAvailable = { kind: 'notAvailable', value: undefined, notAvailableReason: 'ข้อมูลถูกถอน' } as const;
    given(...CERTIFIED)
      .when(correctActual(notAvailable))
      .then(actualCorrected(notAvailable));
    expect(figureAfter([...CERTIFIED, actualCorrected()])).toMatchObject({
      value: '1240000',
      authors: [KEEPER],
      certification: [{ step: 'keeper', by: KEEPER }],
    });
  });

  test.each([
    ['the digits', { value: '1250000.5' }],
    ['the finality', { value: '1250000.50', finality: 'final' }],
    ['the evidence', { value: '1250000.50', evidence: [{ sha256: 'e', mediaType: 'text/csv', name: 'ยอด' }] }],
  ] as const)('%s are a change', (_what, changes) => {
    const correction = { finality: 'provisional', ...changes } as const;
    given(...REPORTED)
      .when(correctActual(correction))
      .then(actualCorrected(correction));
  });

  test('answers a return', () => {
    given(...RETURNED)
      .when(correctActual())
      .then(actualCorrected());
    expect(figureAfter([...RETURNED, actualCorrected()])).not.toHaveProperty('returnedAt');
  });

  test('everyone who had a hand in a figure is its author', () => {
    const past = [...REPORTED, actualCorrected({ correctedBy: 'person-other' })];
    expect(figureAfter(past)?.authors).toEqual([KEEPER, 'person-other']);
    expect(figureAfter([...REPORTED, transcribed(actualCorrected())])?.authors).toEqual([KEEPER]);
  });

  test('of a part of a joint indicator leaves the other parts', () => {
    const other = actualReported({ ...JOINT_RATIO, officeId: 'district-1' });
    const correction = { ...JOINT_RATIO, numerator: '400' };
    given(...WITH_JOINT, actualReported(JOINT_RATIO), other)
      .when(correctActual(correction))
      .then(actualCorrected(correction));
  });
});

describe('certifying', () => {
  test('supervisor and performance unit, in this order', () => {
    given(...REPORTED)
      .when(certifyActual())
      .then(actualCertified());
    const unit = { step: 'performanceUnit', certifiedBy: UNIT } as const;
    given(...REPORTED, actualCertified())
      .when(certifyActual(unit))
      .then(actualCertified(unit));
    expect(figureAfter(CERTIFIED)?.certification.map(({ step }) => step)).toEqual([
      'keeper',
      'supervisor',
      'performanceUnit',
    ]);
  });

  test.each([
    ['the supervisor, whose turn it is', REPORTED, {}],
    ['the supervisor, who has certified it', [...REPORTED, actualCertified()], {}],
    ['the performance unit', [...REPORTED, actualCertified()], { step: 'performanceUnit', returnedBy: UNIT }],
    ['the performance unit, who has certified it', CERTIFIED, { step: 'performanceUnit', returnedBy: UNIT }],
  ] as const)('a figure is given back by %s', (_who, past, changes) => {
    given(...past)
      .when(returnActual(changes))
      .then(actualReturned(changes));
    expect(figureAfter([...past, actualReturned(changes)])).toMatchObject({ certification: [] });
  });

  test('the keeper stands by a figure that was given back, and the steps begin anew', () => {
    const keeper = { step: 'keeper', certifiedBy: KEEPER } as const;
    given(...RETURNED)
      .when(certifyActual(keeper))
      .then(actualCertified(keeper));
    given(...RETURNED, actualCertified(keeper))
      .when(certifyActual())
      .then(actualCertified());
  });

  test('a figure that an older version recorded has no keeper yet', () => {
    const keeper = { step: 'keeper', certifiedBy: KEEPER } as const;
    given(...IN_EFFECT, actualReported({ reportedBy: undefined }))
      .when(certifyActual(keeper))
      .then(actualCertified(keeper));
  });
});

describe('examining', () => {
  test.each([
    ['in effect', REPORTED],
    ['closed', CLOSED],
    [
      'monitored in a province, and the figure transcribed',
      [
        drafted({ basis: 'monitoringOnly', parties: [], province: 'TH-54' }),
        ...MONITORED.slice(1),
        transcribed(actualReported({ reportedBy: undefined })),
      ],
    ],
  ])('what is %s', (_status, past) => {
    given(...past)
      .when(examineActual())
      .then(actualExamined());
  });

  test.each([
    { verdict: 'agrees', observedValue: undefined },
    { verdict: 'agrees', observedValue: '1250000' },
    { verdict: 'evidenceInsufficient', observedValue: undefined },
  ] as const)('$verdict, having observed $observedValue', (changes) => {
    given(...REPORTED)
      .when(examineActual(changes))
      .then(actualExamined(changes));
  });

  test('changes neither the figure nor its certification, and may be done again', () => {
    expect(figureAfter([...CERTIFIED, actualExamined()])).toEqual(figureAfter(CERTIFIED));
    given(...CERTIFIED, actualExamined())
      .when(examineActual())
      .then(actualExamined());
  });
});

describe('exempting', () => {
  test('a round of the calendar, or one of its own where it has such', () => {
    given(...IN_EFFECT)
      .when(grantExemption({ round: '12' }))
      .then(exemptionGranted({ round: '12' }));
    const own = inEffect([drafted(), indicatorAdded({ rounds: ['9'] }), targetSet()]);
    given(...own)
      .when(grantExemption({ round: '9' }, []))
      .then(exemptionGranted({ round: '9' }));
  });

  test('one round after another, and only of the indicator that is meant', () => {
    given(...WITH_JOINT, exemptionGranted(), exemptionGranted({ indicatorId: 'joint', round: '12' }))
      .when(grantExemption({ round: '12' }))
      .then(exemptionGranted({ round: '12' }));
  });
});

describe('the examples', () => {
  const told = ACTUALS_HISTORY.slice(WITH_JOINT.length);

  test.each(told.map((event, index) => [event.type, index] as const))(
    '%s of step %i follows the rules',
    (_type, index) => {
      const event = told[index] as ActualsEvent;
      given(...WITH_JOINT, ...told.slice(0, index))
        .when(commandFor(event))
        .then(event);
    },
  );

  test.each([actualReportedSchema, correctedSchema, certifiedSchema, returnedSchema, examinedSchema, exemptionSchema])(
    'show every field of $type',
    ({ type, fields }) => {
      const shown = told
        .filter((event) => event.type === type)
        .flatMap(({ data }) => Object.entries(data).flatMap(([name, value]) => (value === undefined ? [] : [name])));
      expect([...new Set(shown)].toSorted()).toEqual(Object.keys(fields).toSorted());
    },
  );
});

type ActualsEvent =
  ActualReported | ActualCorrected | ActualCertified | ActualReturned | ActualExamined | ExemptionGranted;

/** The command that makes an event of the examples true. */
function commandFor(event: ActualsEvent): AgreementCommand {
  switch (event.type) {
    case 'ActualReported': {
      const { reportedBy, span, ...data } = event.data;
      const stated = parseSpanKey(span) ?? NOT_STATED;
      return { ...reportActual(), data: { ...data, span: stated }, actorId: reportedBy ?? KEEPER };
    }
    case 'ActualCorrected':
      return { ...correctActual(), data: event.data };
    case 'ActualCertified':
      return { type: 'CertifyActual', data: event.data };
    case 'ActualReturned':
      return { type: 'ReturnActual', data: event.data };
    case 'ActualExamined':
      return { ...examineActual(), data: event.data };
    case 'ExemptionGranted':
      return { ...grantExemption(), data: event.data };
  }
}
