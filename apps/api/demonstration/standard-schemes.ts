import { spanOfFiscalYear } from '@khamrap/kernel';
import {
  FIVE_LEVELS,
  PublishBands,
  PublishScheme,
  PublishScoringRule,
  PublishStatusRules,
  THREE_ANCHORS,
} from '@khamrap/schemes';
import { creationStep, step, type Step } from './demonstration-step';

/** What the schemes rest on tells of results of fiscal year 2567. */
const KNOWN_ON = spanOfFiscalYear(2567).to;

/** The standard schemes, so that an agreement can be scored by one: reference data, and no facts of any province. */
export const standardSchemeSteps: readonly Step[] = [FIVE_LEVELS, THREE_ANCHORS].flatMap(
  ({ scheme, scoringRule, statusRules, bands }) => {
    const { schemeId } = scheme;
    const named = (part: string) => ({ key: `scheme/${schemeId}/${part}`, knownOn: KNOWN_ON });
    const target = { schemeId };
    return [
      creationStep(PublishScheme)(named('names'), () => scheme),
      step(PublishScoringRule)(named('scoring-rule'), () => ({ target, body: scoringRule })),
      step(PublishStatusRules)(named('status-rules'), () => ({ target, body: statusRules })),
      ...(bands ? [step(PublishBands)(named('bands'), () => ({ target, body: bands }))] : []),
    ];
  },
);
