import { NOT_STATED } from '@khamrap/kernel';

// The enumerations are part of the events, so they only ever grow: a value that was written once can be read for ever.

/** Whose inspectors inspect: the Prime Minister's Office, a ministry, a department. Zones are cut by the same three. */
export const INSPECTION_LEVELS = ['primeMinisterOffice', 'ministry', 'department'] as const;
/** How grave a finding is: น้อย, ปานกลาง, มาก, ร้ายแรง. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical', NOT_STATED] as const;
/** In whose right somebody presides; the Thai terms are in the glossary of the README. */
export const PRESIDING_CAPACITIES = ['holder', 'delegated', 'actingFor', 'actingInPosition', NOT_STATED] as const;
/** What an inspector finds of a response. */
export const RESPONSE_OUTCOMES = ['accepted', 'insufficient'] as const;
/** To whom an overdue finding is brought: an office above, the governor, or those at a higher level. */
export const ESCALATION_LEVELS = ['officeAbove', 'province', 'department', 'ministry', 'primeMinisterOffice'] as const;
/**
 * Who says which provinces a round is about: an event about its zone, what ships, the document, or, where it is of no zone, the
 * inspector; or nobody.
 */
export const PROVINCES_STATED_BY = ['ledger', 'reference', 'document', 'inspector', NOT_STATED] as const;

export type InspectionLevel = (typeof INSPECTION_LEVELS)[number];
export type Severity = (typeof SEVERITIES)[number];
export type PresidingCapacity = (typeof PRESIDING_CAPACITIES)[number];
export type ResponseOutcome = (typeof RESPONSE_OUTCOMES)[number];
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];
export type ProvincesStatedBy = (typeof PROVINCES_STATED_BY)[number];
