import type { Intention, Operation, Outcome } from '@khamrap/testing';

/** One thing that a client wants, and all that it needs to ask for it again under the same identity. */
export interface Request {
  readonly operation: string;
  readonly intention: Intention;
}

/**
 * A client of the system under load, whatever way it takes: the port of the event store, or HTTP. It never throws for what
 * the system does; every end of a submission is one of the four outcomes.
 */
export interface LoadClient<R extends Request = Request> {
  /** Another thing to ask for. */
  next(): R;
  /** What an earlier client asked for and never heard of again. */
  restore(operation: Operation): R;
  submit(request: R): Promise<Outcome>;
}
