import { NOT_STATED, type Provenance, type Rejection } from '@khamrap/kernel';
import { refuse } from './office.refusals';

/** Whoever states something of their own knows the day; only a document can be silent about it. */
export function refusalOfSilence(
  { kind }: Provenance,
  stated: string | undefined,
  pointer: string,
): Rejection | undefined {
  return kind === 'native' && stated === NOT_STATED ? refuse('office.sourceNeeded', {}, pointer) : undefined;
}
