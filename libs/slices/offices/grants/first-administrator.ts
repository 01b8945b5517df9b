import { bangkokDateOf, streamName, type IsoDate } from '@khamrap/kernel';
import {
  derivedId,
  EventCodec,
  type CommandContext,
  type EventStore,
  type Ledger,
} from '@khamrap/platform/event-store';
import { officeDecider } from '../domain/office.decider';
import { officeEventDeclarations } from '../domain/office.declarations';
import { GRANTING_EVENT_TYPES, GrantsOnRecord } from './grants-on-record';

/** Who is to be the first to grant roles, and on what that rests. */
export interface FirstAdministratorOrder {
  /** Pseudonym. */
  readonly grantee: string;
  /** The office at which the role is kept; it is registered where it is not yet. */
  readonly officeId: string;
  readonly officeNameTh: string;
  readonly reason: string;
}

/** There is somebody who grants roles: ask them. */
export class AdministratorExists extends Error {
  override readonly name = 'AdministratorExists';
}

const PAGE_COUNT = 1_000;

/**
 * Grants the first administrator of a ledger in which nobody can grant anything. Whoever runs the database can do that, and
 * the record says that they did; as soon as somebody may grant roles, nobody comes in this way any more.
 * @param contextOf the context of a command, by what it is about
 * @throws AdministratorExists, CommandRejected
 */
export async function grantFirstAdministrator(
  { store, ledger }: { readonly store: EventStore; readonly ledger: Ledger },
  { grantee, officeId, officeNameTh, reason }: FirstAdministratorOrder,
  contextOf: (about: 'office' | 'role') => CommandContext,
): Promise<void> {
  const context = contextOf('role');
  const decidedOn = bangkokDateOf(Date.parse(context.decidedAt));
  if (await mayAnybodyGrant(store, decidedOn)) throw new AdministratorExists('somebody may grant roles already');
  const stream = streamName('office', officeId);
  const { state } = await ledger.stateOf(officeDecider, stream);
  if (state.status === 'notRegistered')
    await ledger.execute({
      decider: officeDecider,
      stream,
      command: { type: 'RegisterOffice', officeId, data: { nameTh: officeNameTh, kind: 'externalBody' } },
      context: contextOf('office'),
    });
  const grantId = derivedId('roleGrant', context.commandId);
  await ledger.execute({
    decider: officeDecider,
    stream,
    command: {
      type: 'GrantRole',
      data: { grantId, grantee, role: 'administrator', scope: { kind: 'nation' }, reason },
      isScopeKnown: true,
      actor: context.actor.id,
      decidedOn,
    },
    context,
  });
}

/** Told by the log itself, which is never behind. */
async function mayAnybodyGrant(store: EventStore, day: IsoDate): Promise<boolean> {
  const codec = new EventCodec(officeEventDeclarations);
  // Roles that follow from events of other slices let nobody grant anything.
  const types: readonly string[] = GRANTING_EVENT_TYPES.filter((type) => codec.types.includes(type));
  const record = new GrantsOnRecord();
  for (let from = 0; ; from += PAGE_COUNT) {
    const page = await store.readLog(from, PAGE_COUNT);
    for (const event of page.filter(({ type }) => types.includes(type))) {
      const { stream, type, recordedAt: recordedAtMs } = event;
      record.take({ stream, type, recordedAtMs, data: codec.decode(event).data });
    }
    if (page.length < PAGE_COUNT) return record.isHeldByAnybody('office.grantRole', day);
  }
}
