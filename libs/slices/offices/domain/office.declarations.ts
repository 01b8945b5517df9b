import type { EventDeclaration } from '@khamrap/kernel';
import { officeStreamDeclarations } from './office.events';
import { zoneStreamDeclarations } from './zone.events';

/** What the codec knows about all events of this slice: those of streams `office-{id}` and those of `zone-{id}`. */
export const officeEventDeclarations: readonly EventDeclaration[] = [
  ...officeStreamDeclarations,
  ...zoneStreamDeclarations,
];
