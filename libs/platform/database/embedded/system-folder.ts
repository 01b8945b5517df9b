import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** Where root keeps what an unprivileged account has to reach and cannot reach where it lies. */
const SYSTEM_FOLDER = '/var/lib/khamrap';

/** The path of an entry of the system folder, which can be entered by everyone from now on, whatever the umask. */
export async function inSystemFolder(...segments: readonly string[]): Promise<string> {
  const entry = path.join(SYSTEM_FOLDER, ...segments);
  await mkdir(path.dirname(entry), { recursive: true });
  for (let folder = path.dirname(entry); folder.startsWith(SYSTEM_FOLDER); folder = path.dirname(folder)) {
    await chmod(folder, 0o755);
  }
  return entry;
}
