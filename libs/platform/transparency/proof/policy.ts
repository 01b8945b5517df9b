import { Malformed } from './malformed';
import { KEY_TYPES, parseVerifierKey, verifierKeyText, type VerifierKey } from './note';

// Whom one believes: c2sp.org/tlog-policy.

export interface Witness {
  /** As the policy calls it, such as `nacc`. */
  readonly name: string;
  readonly key: VerifierKey;
  /** Where it is asked; without it, by file only. */
  readonly url?: string;
}

interface Group {
  readonly name: string;
  /** How many of the members are needed. */
  readonly needed: number;
  /** Names of witnesses and of groups before it. */
  readonly members: readonly string[];
}

export interface Policy {
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly Witness[];
  readonly groups: readonly Group[];
  /** Name of a witness or group; null where no witness is needed. */
  readonly quorum: string | null;
}

const LINE_COUNT_MAX = 1_000;
const NO_QUORUM = 'none';

/** @throws Malformed naming the line */
export function parsePolicy(text: string): Policy {
  const reader = new PolicyReader();
  const lines = text.split('\n');
  if (lines.length > LINE_COUNT_MAX) throw new Malformed(`a policy has at most ${LINE_COUNT_MAX} lines`);
  lines.forEach((line, index) => {
    const words = line.trim().split(/[ \t]+/);
    if (words[0] === '' || words[0]?.startsWith('#')) return;
    try {
      reader.take(words);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      throw new Malformed(`line ${index + 1} of the policy: ${error.message}`);
    }
  });
  return reader.policy();
}

class PolicyReader {
  readonly #logs: VerifierKey[] = [];
  readonly #witnesses: Witness[] = [];
  readonly #groups: Group[] = [];
  #quorum: string | undefined;

  take([word, ...rest]: readonly string[]): void {
    if (word === 'log' && (rest.length === 1 || rest.length === 2)) this.#log(rest[0] as string);
    else if (word === 'witness' && (rest.length === 2 || rest.length === 3)) this.#witness(rest);
    else if (word === 'group' && rest.length >= 3) this.#group(rest);
    else if (word === 'quorum' && rest.length === 1) this.#setQuorum(rest[0] as string);
    else throw new Malformed('not a line of a policy');
  }

  policy(): Policy {
    if (this.#quorum === undefined) throw new Malformed('a policy says which quorum is needed, or none');
    const quorum = this.#quorum === NO_QUORUM ? null : this.#quorum;
    return { logs: this.#logs, witnesses: this.#witnesses, groups: this.#groups, quorum };
  }

  #log(vkey: string): void {
    const key = parseVerifierKey(vkey);
    if (key.type !== KEY_TYPES.ed25519) throw new Malformed('a log signs with an Ed25519 key');
    this.#logs.push(key);
  }

  #witness([name, vkey, url]: readonly string[]): void {
    this.#mustBeNew(name as string);
    const key = parseVerifierKey(vkey as string);
    if (key.type !== KEY_TYPES.cosignature) throw new Malformed('a witness has a key for cosignatures');
    if (url !== undefined && !/^https?:\/\/\S+$/.test(url))
      throw new Malformed('a witness is asked over http or https');
    this.#witnesses.push({ name: name as string, key, ...(url !== undefined && { url }) });
  }

  #group([name, count, ...members]: readonly string[]): void {
    this.#mustBeNew(name as string);
    if (new Set(members).size !== members.length || !members.every((member) => this.#knows(member)))
      throw new Malformed('a group has members that are named before it, each once');
    const needed =
      count === 'any' ? 1 : count === 'all' ? members.length : Number(/^[1-9][0-9]{0,3}$/.exec(count as string)?.[0]);
    if (!(needed <= members.length)) throw new Malformed('a group needs any, all, or a number of its members');
    this.#groups.push({ name: name as string, needed, members });
  }

  #setQuorum(name: string): void {
    if (this.#quorum !== undefined) throw new Malformed('a policy has one quorum');
    if (name !== NO_QUORUM && !this.#knows(name)) throw new Malformed('the quorum is nobody named before it');
    this.#quorum = name;
  }

  #mustBeNew(name: string): void {
    if (name === NO_QUORUM || this.#knows(name)) throw new Malformed('this name is taken');
  }

  #knows(name: string): boolean {
    return [...this.#witnesses, ...this.#groups].some((known) => known.name === name);
  }
}

export function policyText({ logs, witnesses, groups, quorum }: Policy): string {
  return [
    ...logs.map((key) => `log ${verifierKeyText(key)}`),
    ...witnesses.map(({ name, key, url }) => ['witness', name, verifierKeyText(key), ...(url ? [url] : [])].join(' ')),
    ...groups.map(({ name, needed, members }) => ['group', name, needed, ...members].join(' ')),
    `quorum ${quorum ?? NO_QUORUM}`,
    '',
  ].join('\n');
}

/** Whether the witnesses that have cosigned are enough. */
export function reachesQuorum({ witnesses, groups, quorum }: Policy, cosigners: ReadonlySet<string>): boolean {
  if (quorum === null) return true;
  const reached = new Map(witnesses.map(({ name }) => [name, cosigners.has(name)]));
  // Members are named before their group.
  for (const { name, needed, members } of groups) {
    reached.set(name, members.filter((member) => reached.get(member) === true).length >= needed);
  }
  return reached.get(quorum) === true;
}
