import type { EventStore } from '@khamrap/platform/event-store';
import type { EvidenceStore } from '@khamrap/platform/files';
import type { PlantedAnomaly } from './anomalies';
import type { Chance } from './chance';
import type { Diary } from './diary';
import type { Teller } from './teller';

/** What every story needs to be told. */
export interface Telling {
  readonly teller: Teller;
  readonly diary: Diary;
  readonly store: EventStore;
  readonly evidence: EvidenceStore;
  readonly chance: Chance;
  /** Told of every anomaly once it has happened. */
  readonly planted: (anomaly: PlantedAnomaly) => void;
}
