import { agreementEventDeclarations, agreementRefusals, AgreementsModule } from '@khamrap/agreements';
import { awardEventDeclarations, awardRefusals, awardsProjection, AwardsModule } from '@khamrap/awards';
import { goalSetEventDeclarations, goalSetRefusals, goalSetsProjection, GoalsModule } from '@khamrap/goals';
import type { EventDeclaration, RejectionCatalogue } from '@khamrap/kernel';
import { officeEventDeclarations, officeRefusals, OfficesModule, officesProjection } from '@khamrap/offices';
import type { EventCodec, EventStore } from '@khamrap/platform/event-store';
import type { ProjectionDefinition } from '@khamrap/platform/projections';
import {
  personalDataEventDeclarations,
  personalDataRefusals,
  personalDataRequestsProjection,
  PrivacyModule,
} from '@khamrap/privacy';
import {
  schemeEntity,
  schemeEventDeclarations,
  schemeRefusals,
  SchemesModule,
  schemesProjection,
} from '@khamrap/schemes';
import { sourceEventDeclarations, sourceRefusals, SourcesModule, sourcesProjection } from '@khamrap/sources';
import { standingsProjection, StandingsModule } from '@khamrap/standings';
import type { Type } from '@nestjs/common';
import type { EntitySchema } from 'typeorm';

/** What a slice brings to the programs that contain it. */
interface Slice {
  readonly module: Type;
  /** The events that it writes. */
  readonly events?: readonly EventDeclaration[];
  readonly refusals?: RejectionCatalogue;
  readonly projection?: (store: EventStore, codec: EventCodec) => ProjectionDefinition;
  readonly entities?: readonly EntitySchema[];
}

/** Every slice of the ledger. */
export const SLICES: readonly Slice[] = [
  { module: AgreementsModule, events: agreementEventDeclarations, refusals: agreementRefusals },
  {
    module: AwardsModule,
    events: awardEventDeclarations,
    refusals: awardRefusals,
    projection: () => awardsProjection,
  },
  {
    module: GoalsModule,
    events: goalSetEventDeclarations,
    refusals: goalSetRefusals,
    projection: () => goalSetsProjection,
  },
  {
    module: OfficesModule,
    events: officeEventDeclarations,
    refusals: officeRefusals,
    projection: () => officesProjection,
  },
  {
    module: PrivacyModule,
    events: personalDataEventDeclarations,
    refusals: personalDataRefusals,
    projection: () => personalDataRequestsProjection,
  },
  {
    module: SchemesModule,
    events: schemeEventDeclarations,
    refusals: schemeRefusals,
    projection: () => schemesProjection,
    entities: [schemeEntity],
  },
  {
    module: SourcesModule,
    events: sourceEventDeclarations,
    refusals: sourceRefusals,
    projection: (_store, codec) => sourcesProjection(codec.types),
  },
  { module: StandingsModule, projection: standingsProjection },
];
