import { AssignInspector } from '@khamrap/inspections';
import { canonicalJson, NATIVE, sha256Hex, streamName, type Json } from '@khamrap/kernel';
import { EMBEDDED_ISSUER_NAME, grant, type Requester } from '@khamrap/platform/access';
import { commandIdOf, CommandRejected, type CommandContext } from '@khamrap/platform/event-store';
import { Clock, type RequestedCommand } from '@khamrap/platform/http';
import { GrantBook, GrantRole, RegisterOffice } from '@khamrap/offices';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Infrastructure } from '../../composition/infrastructure';
import { DEMONSTRATION_ASSIGNMENTS, DEMONSTRATION_GRANTS, OFFICES_OF_GRANTS } from './grants';

const ISSUER = 'urn:khamrap:demonstration';
const SUBJECT = 'administrator';
const REASON = 'บทบาทของบุคคลสาธิต ให้โดยโปรแกรมเมื่อเริ่มใช้งาน';

/** What somebody has made true in another way, or has ended since, stays as it is. */
const LEFT_ALONE = [
  'office.alreadyRegistered',
  'office.dissolved',
  'roleGrant.alreadyGranted',
  'assignment.officeUnknown',
];

/**
 * Gives the persons of the embedded issuer their roles, through the commands that everybody uses. Every command has a key of
 * its own: later starts find what the first has entered, and give nothing back that was ended since.
 */
export async function enterGrants(app: INestApplicationContext, infrastructure: Infrastructure): Promise<void> {
  const { vault } = infrastructure;
  // What a scope covers is told by who holds what, and a log that is large is not read in the time that a request waits.
  await app.get(GrantBook).begun();
  const id = await vault.pseudonymOf({ issuer: ISSUER, subject: SUBJECT });
  const requester: Requester = {
    issuer: ISSUER,
    subject: SUBJECT,
    actor: { id, role: 'administrator' },
    grants: [grant('administrator', { kind: 'nation' })],
  };
  const times = await timesOf(infrastructure, app.get(Clock));
  const contextOf = (said: object): CommandContext => {
    const digest = sha256Hex(canonicalJson(['grants', said] as unknown as Json));
    const commandId = commandIdOf(ISSUER, SUBJECT, digest);
    const whole = { requestHash: digest, correlationId: commandId, provenance: NATIVE };
    return { commandId, actor: requester.actor, ...whole, ...times };
  };
  const send = (command: RequestedCommand<object, object | undefined>): Promise<void> =>
    app.get(CommandBus).execute(command).then(nothing, unlessLeftAlone);
  await Promise.all(
    OFFICES_OF_GRANTS.map((office) => send(new RegisterOffice(undefined, office, requester, contextOf(office)))),
  );
  await Promise.all(
    DEMONSTRATION_GRANTS.map(async (held) => {
      const { subject, officeId, role, scope } = held;
      const grantee = await vault.pseudonymOf({ issuer: EMBEDDED_ISSUER_NAME, subject });
      const body = { grantee, role, scope, reason: REASON };
      await send(new GrantRole({ officeId }, body, requester, contextOf(held)));
    }),
  );
  await Promise.all(
    DEMONSTRATION_ASSIGNMENTS.map(async (assignment) => {
      const { subject, ...assigned } = assignment;
      const inspector = await vault.pseudonymOf({ issuer: EMBEDDED_ISSUER_NAME, subject });
      if (await wasGranted(infrastructure, assigned.officeId, inspector)) return;
      const body = { ...assigned, inspector, reason: REASON };
      await send(new AssignInspector(undefined, body, requester, contextOf(assignment)));
    }),
  );
}

/** Earlier programs granted the role to inspectors: in their ledgers it holds by that grant, or was ended since. */
async function wasGranted({ ledger }: Infrastructure, officeId: string, inspector: string): Promise<boolean> {
  const events = await ledger.history(streamName('office', officeId));
  return events.some(
    ({ type, data }) => type === 'RoleGranted' && data['grantee'] === inspector && data['role'] === 'inspector',
  );
}

/**
 * On a simulated clock the log goes on from its last moment, which may lie ahead of today; the roles are to hold today, and
 * on no day before the log had come to it.
 */
async function timesOf(
  { store }: Infrastructure,
  clock: Clock,
): Promise<Pick<CommandContext, 'decidedAt' | 'recordedAt'>> {
  const now = clock.now().getTime();
  if (store.identity().clock === 'system') return { decidedAt: new Date(now).toISOString() };
  const { recordedAt } = await store.head();
  return { decidedAt: new Date(Math.min(now, recordedAt)).toISOString(), recordedAt };
}

function nothing(): void {}

function unlessLeftAlone(error: unknown): void {
  if (error instanceof CommandRejected && LEFT_ALONE.includes(error.rejection.code)) return;
  throw error;
}
