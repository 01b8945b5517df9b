import type { Permission, Requester, RouteRule, Scope, Shown } from '@khamrap/platform/access';
import type { Access, OpenedEvents } from './access-entry';
import type { AccessLog } from './access-log';

/** What is shown under these is about persons, or is what they handed in. */
const PRIVATE: ReadonlySet<Permission> = new Set([
  'evidence.read',
  'personalData.decide',
  'role.read',
  'accessLog.read',
]);

/** More are kept in rows of their own. */
const POSITIONS_OF_ROW_MAX = 500;

/** What the address of a request named. */
export type Addressed = Pick<Access, 'route' | 'parameters' | 'others' | 'correlationId'>;

/** What an answer turned out to be. */
export type Answered = Pick<Access, 'status' | 'position' | 'rowCount'>;

/**
 * One read by somebody who is known. Kept as one row when it is about to be answered, if it shows more than everybody may see:
 * because of the permission that the route asks for, or because something was noted. What is noted afterwards, while an answer
 * is streamed, is kept in further rows before it is sent.
 */
export class Reading {
  #opened = new Map<string, Set<number>>();
  #openedCount = 0;
  #isNoted = false;
  #isPrivate: boolean;
  #answered: Answered | undefined;
  readonly #held: readonly Permission[];

  constructor(
    private readonly log: AccessLog,
    private readonly requester: Requester,
    private readonly rule: RouteRule | undefined,
    private readonly addressed: Addressed,
  ) {
    this.#held = heldBy(requester, rule);
    this.#isPrivate = rule?.kind === 'signedIn' || this.#held.some((permission) => PRIVATE.has(permission));
  }

  /** What is about to be shown; kept with the answer, or at once where that has begun or it becomes too much for one row. */
  async note({ stream, positions, isPrivate }: Shown): Promise<void> {
    this.#isNoted = true;
    this.#isPrivate ||= isPrivate;
    const known = this.#opened.get(stream) ?? new Set();
    this.#opened.set(stream, known);
    const before = known.size;
    for (const position of positions) known.add(position);
    this.#openedCount += known.size - before;
    if (this.#answered || this.#openedCount >= POSITIONS_OF_ROW_MAX)
      await this.#keep(this.#answered ?? { status: 200 });
  }

  /** The answer is about to be sent. Once for each request; later calls do nothing. */
  async answer(answered: Answered): Promise<void> {
    if (this.#answered) return;
    this.#answered = answered;
    if (this.#isNoted || this.#showsMore()) await this.#keep(answered);
  }

  #showsMore(): boolean {
    return this.rule?.kind === 'signedIn' || this.#held.length > 0;
  }

  async #keep(answered: Answered): Promise<void> {
    const opened = [...this.#opened].map(([stream, positions]): OpenedEvents => ({
      stream,
      positions: [...positions].sort((one, other) => one - other),
    }));
    this.#opened = new Map();
    this.#openedCount = 0;
    const { grants, actor } = this.requester;
    const used = grants.filter(({ permissions }) => this.#held.some((permission) => permissions.has(permission)));
    const counted = this.#held.length > 0 ? used : grants;
    await this.log.keep({
      kind: this.#isPrivate ? 'private' : 'unpublished',
      person: actor.id,
      roles: distinct(counted.map(({ role }) => role)),
      places: counted.length > 0 ? distinct(counted.map(({ scope }) => placeOf(scope))) : ['none'],
      permissions: this.#held,
      ...this.addressed,
      opened,
      ...answered,
    });
  }
}

/** Of the permissions that a route asks for, those that somebody holds: by them it shows more than everybody may see. */
function heldBy({ grants }: Requester, rule: RouteRule | undefined): readonly Permission[] {
  const asked = rule?.kind === 'allow' ? rule.permissions : rule?.kind === 'published' ? [rule.permission] : [];
  return asked.filter((permission) => grants.some(({ permissions }) => permissions.has(permission)));
}

/** Where a grant holds, in a word. */
export function placeOf(scope: Scope): string {
  switch (scope.kind) {
    case 'nation':
      return 'nation';
    case 'province':
      return `province:${scope.province}`;
    case 'zone':
      return `zone:${scope.zone}`;
    case 'office':
      return `office:${scope.office}`;
    case 'indicator':
      return `indicator:${scope.indicator}`;
  }
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
