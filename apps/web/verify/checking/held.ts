import {
  Malformed,
  parsePolicy,
  policyOfKeys,
  readCheckpoint,
  utf8,
  type Trust,
} from '@khamrap/platform/transparency/proof';

/** What whoever checks has got another way than from what is checked; empty texts where there is nothing. */
export interface Held {
  /** Verifier keys (vkeys), one a line. */
  readonly keys: string;
  /** A policy (c2sp.org/tlog-policy). */
  readonly policy: string;
  /** A checkpoint that was kept from before. */
  readonly checkpoint: string;
}

const READERS: Readonly<Record<keyof Held, (text: string) => unknown>> = {
  keys: (text) => policyOfKeys(vkeysIn(text)),
  policy: (text) => parsePolicy(text),
  checkpoint: (text) => readCheckpoint(noteIn(text)),
};

/** What of it cannot be read: a slip of the pen, which says nothing of what is checked. */
export function mistakesIn(held: Held): readonly (keyof Held)[] {
  const fields = Object.keys(READERS) as (keyof Held)[];
  return fields.filter((field) => {
    try {
      if (held[field] !== '') READERS[field](held[field]);
      return false;
    } catch (error) {
      if (error instanceof Malformed) return true;
      throw error;
    }
  });
}

/** Whose signatures count; undefined where nobody was named. @throws Malformed */
export function trustIn({ keys, policy }: Held): Trust | undefined {
  if (policy !== '') return { policy: parsePolicy(policy), isGiven: true };
  return keys === '' ? undefined : { policy: policyOfKeys(vkeysIn(keys)), isGiven: true };
}

/** The signed note that was kept. */
export function heldNote({ checkpoint }: Held): Uint8Array | undefined {
  return checkpoint === '' ? undefined : utf8(noteIn(checkpoint));
}

function vkeysIn(text: string): string[] {
  return text.split(/\s+/).filter((key) => key !== '');
}

/** What is copied from a page or a mail loses its last line break, or gets those of Windows. */
function noteIn(text: string): string {
  return `${text.replaceAll('\r\n', '\n').trim()}\n`;
}
