import {
  agreementEventDeclarations,
  agreementNarrations,
  agreementPublication,
  agreementRefusals,
  AgreementsModule,
} from '@khamrap/agreements';
import {
  AuditModule,
  auditRefusals,
  disclosuresProjection,
  ledgerNarrations,
  ledgerPublication,
  type AnyNarrations,
  type AnyRules,
} from '@khamrap/audit';
import {
  awardEventDeclarations,
  awardNarrations,
  awardPublication,
  awardRefusals,
  awardsProjection,
  AwardsModule,
} from '@khamrap/awards';
import {
  goalSetEventDeclarations,
  goalSetNarrations,
  goalSetPublication,
  goalSetRefusals,
  goalSetsProjection,
  GoalsModule,
} from '@khamrap/goals';
import {
  assignmentsProjection,
  inspectionEventDeclarations,
  inspectionNarrations,
  inspectionPublication,
  inspectionRefusals,
  InspectionsModule,
  inspectionsProjection,
} from '@khamrap/inspections';
import type { EventDeclaration, RejectionCatalogue } from '@khamrap/kernel';
import {
  officeEventDeclarations,
  officeNarrations,
  officePublication,
  officeRefusals,
  OfficesModule,
  officesProjection,
} from '@khamrap/offices';
import { ledgerEventDeclarations, type EventCodec, type EventStore } from '@khamrap/platform/event-store';
import type { ProjectionDefinition } from '@khamrap/platform/projections';
import { transparencyEventDeclarations } from '@khamrap/platform/transparency';
import {
  personalDataEventDeclarations,
  personalDataNarrations,
  personalDataPublication,
  personalDataRefusals,
  personalDataRequestsProjection,
  PrivacyModule,
} from '@khamrap/privacy';
import {
  questionEventDeclarations,
  questionNarrations,
  questionPublication,
  questionRefusals,
  QuestionsModule,
  questionsProjection,
} from '@khamrap/questions';
import {
  schemeEntity,
  schemeEventDeclarations,
  schemeNarrations,
  schemePublication,
  schemeRefusals,
  SchemesModule,
  schemesProjection,
} from '@khamrap/schemes';
import {
  sourceEventDeclarations,
  sourceNarrations,
  sourcePublication,
  sourceRefusals,
  SourcesModule,
  sourcesProjection,
} from '@khamrap/sources';
import { standingsProjection, standingsRefusals, StandingsModule } from '@khamrap/standings';
import type { Type } from '@nestjs/common';
import type { EntitySchema } from 'typeorm';

/** What a slice brings to the programs that contain it. */
interface Slice {
  readonly module: Type;
  /** The events that it writes. */
  readonly events?: readonly EventDeclaration[];
  /** Which of these everybody may have as they were recorded, and when. */
  readonly publication?: AnyRules;
  /** How its streams are told, by category. */
  readonly narrations?: AnyNarrations;
  readonly refusals?: RejectionCatalogue;
  readonly projection?: (
    store: EventStore,
    codec: EventCodec,
  ) => ProjectionDefinition | readonly ProjectionDefinition[];
  readonly entities?: readonly EntitySchema[];
}

/** Every slice of the ledger. */
export const SLICES: readonly Slice[] = [
  {
    module: AgreementsModule,
    events: agreementEventDeclarations,
    publication: agreementPublication,
    narrations: agreementNarrations,
    refusals: agreementRefusals,
  },
  // What the log tells of itself is declared by the platform, which knows no rules.
  {
    module: AuditModule,
    publication: ledgerPublication,
    narrations: ledgerNarrations,
    refusals: auditRefusals,
    projection: () => disclosuresProjection(publicationRules(), eventDeclarations()),
  },
  {
    module: AwardsModule,
    events: awardEventDeclarations,
    publication: awardPublication,
    narrations: awardNarrations,
    refusals: awardRefusals,
    projection: () => awardsProjection,
  },
  {
    module: GoalsModule,
    events: goalSetEventDeclarations,
    publication: goalSetPublication,
    narrations: goalSetNarrations,
    refusals: goalSetRefusals,
    projection: () => goalSetsProjection,
  },
  {
    module: InspectionsModule,
    events: inspectionEventDeclarations,
    publication: inspectionPublication,
    narrations: inspectionNarrations,
    refusals: inspectionRefusals,
    projection: (store, codec) => [inspectionsProjection(store, codec), assignmentsProjection],
  },
  {
    module: OfficesModule,
    events: officeEventDeclarations,
    publication: officePublication,
    narrations: officeNarrations,
    refusals: officeRefusals,
    projection: () => officesProjection,
  },
  {
    module: PrivacyModule,
    events: personalDataEventDeclarations,
    publication: personalDataPublication,
    narrations: personalDataNarrations,
    refusals: personalDataRefusals,
    projection: () => personalDataRequestsProjection,
  },
  {
    module: QuestionsModule,
    events: questionEventDeclarations,
    publication: questionPublication,
    narrations: questionNarrations,
    refusals: questionRefusals,
    projection: questionsProjection,
  },
  {
    module: SchemesModule,
    events: schemeEventDeclarations,
    publication: schemePublication,
    narrations: schemeNarrations,
    refusals: schemeRefusals,
    projection: () => schemesProjection,
    entities: [schemeEntity],
  },
  {
    module: SourcesModule,
    events: sourceEventDeclarations,
    publication: sourcePublication,
    narrations: sourceNarrations,
    refusals: sourceRefusals,
    projection: (_store, codec) => sourcesProjection(codec.types),
  },
  { module: StandingsModule, refusals: standingsRefusals, projection: standingsProjection },
];

/** Every event that the programs can write or read. */
export function eventDeclarations(): readonly EventDeclaration[] {
  const ofTheLog = [...ledgerEventDeclarations, ...transparencyEventDeclarations];
  return [...ofTheLog, ...SLICES.flatMap(({ events = [] }) => events)];
}

/** By the name of every event, how it becomes public. */
export function publicationRules(): AnyRules {
  return Object.fromEntries(SLICES.flatMap(({ publication = {} }) => Object.entries(publication)));
}

/** By the category of every stream, how it is told. */
export function narrations(): AnyNarrations {
  return Object.fromEntries(SLICES.flatMap((slice) => Object.entries(slice.narrations ?? {})));
}
