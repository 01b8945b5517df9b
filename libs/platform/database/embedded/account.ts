import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** The user that PostgreSQL runs as when we are root, whom it refuses. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** In order of preference; no account is created. */
const ACCOUNT_NAMES = ['postgres', 'nobody'];

/**
 * Undefined when this process may run PostgreSQL itself.
 *
 * @param clusterFolder an existing cluster stays with its owner, even if a `postgres` account has appeared since
 */
export async function accountForPostgres(clusterFolder: string | undefined): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (clusterFolder !== undefined) {
    const { uid, gid } = await stat(clusterFolder);
    if (uid !== 0) return { uid, gid };
  }
  const accounts = parseAccounts(await readFile('/etc/passwd', 'utf8'));
  const account = ACCOUNT_NAMES.map((name) => accounts.get(name)).find((candidate) => candidate !== undefined);
  if (account === undefined) {
    throw new Error(
      `PostgreSQL does not run as root, and /etc/passwd has no account ${ACCOUNT_NAMES.join(' or ')}. Start this program as another user.`,
    );
  }
  return account;
}

/** Lines of passwd(5), `name:password:uid:gid:…`; accounts with the number of root are left out. */
export function parseAccounts(passwd: string): ReadonlyMap<string, Account> {
  const accounts = new Map<string, Account>();
  for (const line of passwd.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && /^\d+$/.test(uid ?? '') && /^\d+$/.test(gid ?? '') && uid !== '0') {
      accounts.set(name, { uid: Number(uid), gid: Number(gid) });
    }
  }
  return accounts;
}

/** Whether the account may pass through every folder down to this one, by their modes (access lists are not read). */
export async function mayEnter(account: Account, folder: string): Promise<boolean> {
  for (let current = await realpath(folder); ; current = path.dirname(current)) {
    const { uid, gid, mode } = await stat(current);
    const searchBit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & searchBit) === 0) return false;
    if (current === path.dirname(current)) return true;
  }
}
