import { streamName } from '@khamrap/kernel';
import type { OfficeEvent, OfficeRegistered } from '@khamrap/offices/events';
import type { Basis, Ledger } from '@khamrap/platform/event-store';

/** What is known of the office for which somebody inspects. */
export interface OfficeFact extends Pick<OfficeRegistered['data'], 'province'> {
  /** Whether it is registered, and not dissolved. */
  readonly stands: boolean;
  /** The stream of the office as it was read; none where nobody has registered it. */
  readonly basis: readonly Basis[];
}

/** Reads an office from its own stream. */
export async function assigningOffice(ledger: Ledger, officeId: string): Promise<OfficeFact> {
  const stream = streamName('office', officeId);
  const history = await ledger.history(stream);
  const events = history as unknown as readonly OfficeEvent[];
  const [first] = events;
  const revision = history.at(-1)?.revision;
  if (first?.type !== 'OfficeRegistered' || revision === undefined) return { stands: false, basis: [] };
  const { province } = first.data;
  const stands = !events.some(({ type }) => type === 'OfficeDissolved');
  return { stands, ...(province !== undefined && { province }), basis: [{ stream, revision }] };
}
