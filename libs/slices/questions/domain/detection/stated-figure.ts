import type { ActualCorrected, ActualReported } from '@khamrap/agreements/events';
import type { BothLanguages } from '@khamrap/kernel';
import type { Around } from './around';
import type { Finding } from './finding';
import type { AgreementMemory, Cell, RememberedIndicator, ToldEvent } from './memory';
import type { Deadline } from './scheme-memory';

/** A figure that is stated, with all that it is looked at by. */
export interface StatedFigure {
  readonly memory: AgreementMemory;
  readonly told: ToldEvent<ActualReported | ActualCorrected>;
  readonly data: ActualReported['data'] | ActualCorrected['data'];
  readonly indicator: RememberedIndicator;
  /** As it stood before; absent where it is the first. */
  readonly before: Cell | undefined;
  readonly deadline: Deadline | undefined;
  readonly around: Around;
  /** Words that name it: agreement, indicator, span, keeper. */
  readonly key: readonly [string, string, string, string];
  readonly watch: string;
  readonly place: Finding['place'];
  /** Such as `indicator 8.1 “income”, 1 October 2564 to 30 June 2565`. */
  readonly named: BothLanguages;
}
