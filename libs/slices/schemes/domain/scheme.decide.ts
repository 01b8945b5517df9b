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
      return refusalOfScoringRule(data, state) ?? [{ type: 'ScoringRulePublished', data: { ...data, ruleVersion } }];
    }
    case 'PublishBands': {
      const bandsVersion = state.bandsVersion + 1;
      const { data } = command;
      return refusalOfBands(data, state) ?? [{ type: 'BandsPublished', data: { ...data, bandsVersion } }];
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
      const { name, sha256, source } = command.data;
      const known = state.referenceData.get(name);
      const isSame = known?.sha256 === sha256 && known.source === source;
      return isSame ? [] : [{ type: 'ReferenceDataPublished', data: command.data }];
    }
  }
}
