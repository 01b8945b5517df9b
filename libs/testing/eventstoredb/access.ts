import type { StoreState } from './state/store-state';
import { describedBy, isMetadataStream, type AccessList } from './state/stream-metadata';
import type { AnyCall } from './wire/breakage';
import { failures } from './wire/service-error';

/** Somebody whom the server knows. */
export interface ServerUser {
  readonly password: string;
  /** `$admins` may do everything. */
  readonly groups?: readonly string[];
}

export type StreamAction = 'read' | 'write' | 'delete';

const EVERYBODY = '$all';
const ADMINS = '$admins';
const ALL: AccessList = rightsFor(EVERYBODY);
const ADMINS_ONLY: AccessList = rightsFor(ADMINS);

/** Who may do what. Without users the node runs insecurely: it looks at no credentials, and everybody may do everything. */
export class Access {
  constructor(
    private readonly state: StoreState,
    private readonly users: Readonly<Record<string, ServerUser>> | undefined,
  ) {}

  /** @throws ServiceFailure where the caller is not known or may not do this */
  assertMay(call: AnyCall, action: StreamAction, stream: string): void {
    if (!this.users) return;
    const names = this.#namesOf(call, this.users);
    if (stream === '$all' && action !== 'read') throw failures.accessDenied();
    if (names.includes(ADMINS)) return;
    const roles = isMetadataStream(stream)
      ? this.#roles(metadataAction(action), describedBy(stream))
      : this.#roles(action, stream);
    if (!roles.includes(EVERYBODY) && !roles.some((role) => names.includes(role))) throw failures.accessDenied();
  }

  /** The caller and the groups to which the caller belongs. Nobody in particular may not even do what everybody may. */
  #namesOf(call: AnyCall, users: Readonly<Record<string, ServerUser>>): readonly string[] {
    const [header] = call.metadata.get('authorization');
    if (header === undefined) throw failures.accessDenied();
    const [, name = '', password = ''] = /^([^:]*):(.*)$/s.exec(decoded(String(header))) ?? [];
    const user = users[name];
    if (!user || user.password !== password) throw failures.unauthenticated();
    return [name, ...(user.groups ?? [])];
  }

  /** The stream's own rights go before those of `$settings`, and these before the defaults of the server. */
  #roles(action: keyof AccessList, stream: string): readonly string[] {
    const isSystem = stream.startsWith('$');
    const settings = this.state.settings();
    const given = [
      this.state.metadataOf(stream).acl,
      isSystem ? settings.system : settings.user,
      isSystem ? ADMINS_ONLY : ALL,
    ];
    return given.find((rights) => rights?.[action] !== undefined)?.[action] ?? [];
  }
}

function metadataAction(action: StreamAction): keyof AccessList {
  if (action === 'delete') throw failures.accessDenied();
  return action === 'read' ? 'metadataRead' : 'metadataWrite';
}

function rightsFor(role: string): AccessList {
  return { read: [role], write: [role], delete: [role], metadataRead: [role], metadataWrite: [role] };
}

function decoded(header: string): string {
  return Buffer.from(header.replace(/^Basic /, ''), 'base64').toString('utf8');
}
