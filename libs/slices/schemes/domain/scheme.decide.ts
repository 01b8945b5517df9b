import type { Rejection } from '@khamrap/kernel';
import { decideCalendar, decideExtension } from './calendar.decide';
import type { SchemeCommand } from './scheme.commands';
import type { SchemeEvent } from './scheme.events';
import { refuse } from './scheme.refusals';
import type { SchemeState } from './scheme.state';
import { refusalOfBands, refusalOfScoringRule } from './scoring.rules';
import { refusalOfStatusRules } from './status.rules';

/** Every command of the stream, and the one function that judges it. */
export function decide(command: SchemeCommand, state: SchemeState): readonly SchemeEvent[] | Rejection {
  if (command.type === 'PublishScheme') {
    return state.status === 'published'
      ? refuse('scheme.alreadyPublished')
      : [{ type: 'SchemePublished', data: command.data }];
  }
  if (state.status === 'notPublished') return refuse('scheme.notPublished');
  switch (command.type) {
    case 'PublishScoringRule': {
      const ruleVersion = state.ruleVersion + 1;
      const { data } = command;
      return refusalOfScoringRule(data) ?? [{ type: 'ScoringRulePublished', data: { ...data, ruleVersion } }];
    }
    case 'PublishBands': {
      const bandsVersion = state.bandsVersion + 1;
      const { data } = command;
      return refusalOfBands(data) ?? [{ type: 'BandsPublished', data: { ...data, bandsVersion } }];
    }
    case 'PublishStatusRules': {
      const statusRulesVersion = state.statusRulesVersion + 1;
      const { data } = command;
      return refusalOfStatusRules(data) ?? [{ type: 'StatusRulesPublished', data: { ...data, statusRulesVersion } }];
    }
    case 'PublishReportingCalendar':
      return decideCalendar(command, state);
    case 'ExtendDeadline':
      return decideExtension(command, state);
    case 'PublishReferenceData': {
      const { name, sha256 } = command.data;
      return state.referenceData.get(name) === sha256 ? [] : [{ type: 'ReferenceDataPublished', data: command.data }];
    }
  }
}
