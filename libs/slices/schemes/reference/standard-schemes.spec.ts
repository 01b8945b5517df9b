import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import { bandOf, Rejection, scoreOf, type Criterion, type ScoringRule } from '@khamrap/kernel';
import { PublishBandsBody } from '../commands/publish-bands';
import { PublishSchemeBody } from '../commands/publish-scheme';
import { PublishScoringRuleBody } from '../commands/publish-scoring-rule';
import { PublishStatusRulesBody } from '../commands/publish-status-rules';
import { schemeDecider } from '../domain/scheme.decider';
import { schemePublished } from '../domain/scheme.examples';
import { REFERENCE_SCHEMES, THREE_ANCHORS, type StandardScheme } from './standard-schemes';

const published = schemeDecider.evolve(schemeDecider.initialState, schemePublished());

function expectAccepted<Body extends object>(type: ClassConstructor<Body>, body: Body): void {
  expect(validateSync(plainToInstance(type, body), { whitelist: true, forbidNonWhitelisted: true })).toEqual([]);
}

test.each<StandardScheme>([...REFERENCE_SCHEMES])('$scheme.schemeId can be published as it stands', (standard) => {
  expectAccepted(PublishSchemeBody, standard.scheme);
  expectAccepted(PublishScoringRuleBody, standard.scoringRule);
  const rule = schemeDecider.decide({ type: 'PublishScoringRule', data: standard.scoringRule }, published);
  expect(rule).not.toBeInstanceOf(Rejection);
  expectAccepted(PublishStatusRulesBody, standard.statusRules);
  const statuses = schemeDecider.decide({ type: 'PublishStatusRules', data: standard.statusRules }, published);
  expect(statuses).not.toBeInstanceOf(Rejection);
  if (!standard.bands) return;
  expectAccepted(PublishBandsBody, standard.bands);
  expect(schemeDecider.decide({ type: 'PublishBands', data: standard.bands }, published)).not.toBeInstanceOf(Rejection);
});

test('the printed score of 2567 above the highest anchor and its band', () => {
  const rule: ScoringRule = { ...THREE_ANCHORS.scoringRule, ruleVersion: 1 };
  const criterion: Criterion = { kind: 'threeAnchors', values: ['1150.40', '1202.17', '1256.27'] };
  const figure = { kind: 'value', value: '1259.86' } as const;
  const outcome = scoreOf(rule, 'higher', { criterion, unit: 'millionBaht' }, { figure, unit: 'millionBaht' });
  expect(outcome).toEqual({ scored: true, score: '100.0000', ruleVersion: 1 });
  expect(bandOf(THREE_ANCHORS.bands.bands, '99.9400')?.nameTh).toBe('คุณภาพ');
});
