import type { CutKind } from '../wire/breakage';
import type { ServiceFailure } from '../wire/service-error';

/** The steps at which something can go wrong, in the order in which a call comes to them. */
export const FAULT_POINTS = [
  /** The call is there, its events are not read yet. */
  'append.arrived',
  /** The events are read, and not stored. */
  'append.read',
  /** The events are stored, and the client does not know. */
  'append.stored',
  /** A part of the answer is sent. */
  'append.answering',
  'read.arrived',
  /** Before the first event of a page is sent. */
  'read.first',
  /** Before the second event and every later one. */
  'read.middle',
  /** All events are sent, and the client does not know that they were all. */
  'read.end',
  'subscribe.arrived',
  'subscribe.confirmed',
  /** Before an event that stood in the log when the subscription came. */
  'subscribe.middle',
  /** The subscription has everything, and waits. */
  'subscribe.idle',
  /** Before an event that was stored while the subscription waited. */
  'subscribe.live',
  'delete.arrived',
  'delete.stored',
  'features.arrived',
  'gossip.arrived',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];

/** What goes wrong. */
export type Fault =
  /** The connection breaks, without a word. */
  | { readonly kind: 'cut'; readonly how: CutKind }
  /**
   * No word comes, and the connection stays: until it is let go, the call waits. Whether it then goes on although the client
   * has given up is `isDoneAnyway`: a write that lay in the server's queue is stored late.
   */
  | { readonly kind: 'silence'; readonly isDoneAnyway?: boolean }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'fail'; readonly failure: ServiceFailure }
  /**
   * Of an append only the first events are stored, and the client is cut off. This happens when a client gives up while it
   * sends them and the server takes what it has for the whole; only at `append.read`.
   */
  | { readonly kind: 'tear'; readonly keep: number }
  /** The event that is to be sent is sent twice. */
  | { readonly kind: 'repeat' }
  /** An event that was sent before comes again behind a later one. */
  | { readonly kind: 'disorder' };

export type FaultKind = Fault['kind'];

/** A fault that stops nothing, and bends what is stored or sent. */
export type BendingFault = Extract<Fault, { readonly kind: 'tear' | 'repeat' | 'disorder' }>;

export function isBending(fault: Fault): fault is BendingFault {
  return fault.kind === 'tear' || fault.kind === 'repeat' || fault.kind === 'disorder';
}
