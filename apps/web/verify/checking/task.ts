import type { Finding, Outcome } from '@khamrap/platform/transparency/proof';
import type { Held } from './held';

/** What is to be checked. */
export type Task =
  | { readonly kind: 'file'; readonly file: File; readonly held: Held }
  | { readonly kind: 'live'; /** Of the log, such as `/log/`. */ readonly address: string; readonly held: Held };

/** How far a check has come, in files or events. */
export interface Progress {
  readonly done: number;
  /** 0 while it is not known. */
  readonly total: number;
}

/** What came of a check. */
export interface Report {
  /** Whether all is as it should be, something is not, or something that is needed could not be looked at. */
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  /** What everything was compared with, where a trusted key has signed it. */
  readonly checkpoint?: {
    readonly origin: string;
    readonly size: number;
    /** The signed note. */
    readonly note: string;
  };
  /** The vkeys that have signed it, and whether they were held rather than taken from what was checked. */
  readonly keys: readonly string[];
  readonly areKeysHeld: boolean;
}

/** What the worker says to the page. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'failed'; readonly reason: string };
