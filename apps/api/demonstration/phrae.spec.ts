import { Rejection, type Decider, type DomainEvent } from '@khamrap/kernel';
import { agreementDecider } from '../../../libs/slices/agreements/domain/agreement.decider';
import { awardDecider } from '../../../libs/slices/awards/domain/award.decider';
import { agreementSteps, awardSteps, sourceDocuments, type DemonstrationStep } from './phrae';

/** Sends the steps through the rules, stream by stream; answers with all events. */
function told<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  steps: readonly DemonstrationStep<Command>[],
): readonly Event[] {
  const states = new Map<string, State>();
  return steps.flatMap(({ key, command }) => {
    const state = states.get(key) ?? decider.initialState;
    const decision = decider.decide(command, state);
    if (decision instanceof Rejection) throw new Error(`${key}: ${decision.code} ${decision.pointer}`);
    states.set(
      key,
      decision.reduce((folded, event) => decider.evolve(folded, event), state),
    );
    return decision;
  });
}

const agreementEvents = told(agreementDecider, agreementSteps);
const indicators = agreementEvents.filter((event) => event.type === 'IndicatorAdded').map(({ data }) => data);

test('the rules accept all that the documents say', () => {
  expect(agreementEvents).toHaveLength(agreementSteps.length);
  expect(told(awardDecider, awardSteps).map(({ type }) => type)).toEqual(['AwardGranted', 'AwardsAnnounced']);
});

test('nothing is said that the documents do not state', () => {
  const types = agreementEvents.map(({ type }) => type);
  expect(types).not.toContain('AgreementSigned');
  expect(types).not.toContain('AgreementTookEffect');
  expect(agreementEvents.flatMap((event) => (event.type === 'AgreementDrafted' ? event.data.parties : []))).toEqual([]);
  expect(new Set(indicators.map(({ weight }) => weight))).toEqual(new Set(['notStated']));
  expect(agreementEvents.filter(({ type }) => type === 'TargetSet')).toEqual([
    expect.objectContaining({ data: expect.objectContaining({ value: '1887', span: 'notStated' }) as unknown }),
  ]);
});

test('every statement is taken from a passage of a registered document', () => {
  const ids = sourceDocuments.map(({ id }) => id);
  for (const { command } of [...agreementSteps, ...awardSteps]) {
    const { provenance } = command as { readonly provenance?: { readonly kind: string } };
    expect(provenance).toEqual({
      kind: 'transcribed',
      sourceDocument: expect.stringMatching(new RegExp(`^(${ids.join('|')})$`)) as unknown,
      passage: expect.stringMatching(/^paragraphs? \d/) as unknown,
    });
  }
});

test('2565 has twelve joint goals, and four sub-indicators under the eighth', () => {
  const numbers = indicators
    .filter(({ indicatorId }) => indicatorId.startsWith('goal-'))
    .map((data) => data.displayNumber);
  expect(numbers).toEqual([...Array.from({ length: 12 }, (_, index) => `${index + 1}`), '8.1', '8.2', '8.3', '8.4']);
});
