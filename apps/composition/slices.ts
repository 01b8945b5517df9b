import {
  agreementEventDeclarations,
  agreementPublication,
  agreementRefusals,
  AgreementsModule,
} from '@khamrap/agreements';
import { AuditModule, auditRefusals, disclosuresProjection, ledgerPublication, type AnyRules } from '@khamrap/audit';
import {
  awardEventDeclarations,
  awardPublication,
  awardRefusals,
  awardsProjection,
  AwardsModule,
} from '@khamrap/awards';
import {
  goalSetEventDeclarations,
  goalSetPublication,
  goalSetRefusals,
  goalSetsProjection,
  GoalsModule,
} from '@khamrap/goals';
import type { EventDeclaration, RejectionCatalogue } from '@khamrap/kernel';
import {
  officeEventDeclarations,
  officePublication,
  officeRefusals,
  OfficesModule,
  officesProjection,
} from '@khamrap/offices';
import type { EventCodec, EventStore } from '@khamrap/platform/event-store';
import type { ProjectionDefinition } from '@khamrap/platform/projections';
import {
  personalDataEventDeclarations,
  personalDataPublication,
  personalDataRefusals,
  personalDataRequestsProjection,
  PrivacyModule,
} from '@khamrap/privacy';
import {
  schemeEntity,
  schemeEventDeclarations,
  schemePublication,
  schemeRefusals,
  SchemesModule,
  schemesProjection,
} from '@khamrap/schemes';
import {
  sourceEventDeclarations,
  sourcePublication,
  sourceRefusals,
  SourcesModule,
  sourcesProjection,
} from '@khamrap/sources';
import { standingsProjection, StandingsModule } from '@khamrap/standings';
import type { Type } from '@nestjs/common';
import type { EntitySchema } from 'typeorm';

/** What a slice brings to the programs that contain it. */
interface Slice {
  readonly module: Type;
  /** The events that it writes. */
  readonly events?: readonly EventDeclaration[];
  /** Which of these everybody may have as they were recorded, and when. */
  readonly publication?: AnyRules;
  readonly refusals?: RejectionCatalogue;
  readonly projection?: (store: EventStore, codec: EventCodec) => ProjectionDefinition;
  readonly entities?: readonly EntitySchema[];
}

/** Every slice of the ledger. */
export const SLICES: readonly Slice[] = [
  {
    module: AgreementsModule,
    events: agreementEventDeclarations,
    publication: agreementPublication,
    refusals: agreementRefusals,
  },
  // What the log tells of itself is declared by the platform, which knows no rules.
  {
    module: AuditModule,
    publication: ledgerPublication,
    refusals: auditRefusals,
    projection: () => disclosuresProjection(publicationRules()),
  },
  {
    module: AwardsModule,
    events: awardEventDeclarations,
    publication: awardPublication,
    refusals: awardRefusals,
    projection: () => awardsProjection,
  },
  {
    module: GoalsModule,
    events: goalSetEventDeclarations,
    publication: goalSetPublication,
    refusals: goalSetRefusals,
    projection: () => goalSetsProjection,
  },
  {
    module: OfficesModule,
    events: officeEventDeclarations,
    publication: officePublication,
    refusals: officeRefusals,
    projection: () => officesProjection,
  },
  {
    module: PrivacyModule,
    events: personalDataEventDeclarations,
    publication: personalDataPublication,
    refusals: personalDataRefusals,
    projection: () => personalDataRequestsProjection,
  },
  {
    module: SchemesModule,
    events: schemeEventDeclarations,
    publication: schemePublication,
    refusals: schemeRefusals,
    projection: () => schemesProjection,
    entities: [schemeEntity],
  },
  {
    module: SourcesModule,
    events: sourceEventDeclarations,
    publication: sourcePublication,
    refusals: sourceRefusals,
    projection: (_store, codec) => sourcesProjection(codec.types),
  },
  { module: StandingsModule, projection: standingsProjection },
];

/** By the name of every event, how it becomes public. */
export function publicationRules(): AnyRules {
  return Object.fromEntries(SLICES.flatMap(({ publication = {} }) => Object.entries(publication)));
}
