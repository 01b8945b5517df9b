import { specification } from '@khamrap/testing';
import { evidenceDecider } from './evidence.decider';
import { eraseEvidence, evidenceErased } from './evidence.examples';

const { given } = specification(evidenceDecider);

test('evidence is erased for a reason', () => {
  given().when(eraseEvidence()).then(evidenceErased());
});

test('what is erased stays erased', () => {
  given(evidenceErased())
    .when(eraseEvidence({ reason: 'อื่น' }))
    .thenNothing();
});
