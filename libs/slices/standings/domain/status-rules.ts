import type { StatusRules } from '@khamrap/kernel';

/**
 * How statuses are told where an agreement names no scheme, or its scheme has published no rules for them: a target is met
 * or it is not. `unverified` is not among them, because without a scheme no steps of certification are demanded.
 */
export const DEFAULT_STATUS_RULES: StatusRules = {
  statusRulesVersion: 0,
  precedence: [
    'notApplicable',
    'noTarget',
    'targetSpanNotStated',
    'notReported',
    'notAvailable',
    'incomplete',
    'achieved',
    'onTrack',
    'atRisk',
    'offTrack',
  ],
  thresholds: [{ status: 'achieved', measure: 'targetMet' }],
};
