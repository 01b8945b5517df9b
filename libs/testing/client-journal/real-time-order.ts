import type { Position } from '@khamrap/kernel';

/** When something was asked for, when it was acknowledged, and where it came to stand. */
export interface TimedAppend {
  readonly name: string;
  /** On one monotonic clock for all clients, any unit. */
  readonly invokedAt: number;
  readonly acknowledgedAt: number;
  readonly position: Position;
}

export interface OrderViolation {
  /** Acknowledged before the other was asked for, and yet behind it in the log. */
  readonly earlier: TimedAppend;
  readonly later: TimedAppend;
}

/**
 * The appends that stand before one which had been acknowledged before they were asked for: each with the worst such one.
 * A log without any is in real-time order, so whoever was told "stored" finds everything that follows behind it.
 */
export function orderViolations(appends: readonly TimedAppend[]): OrderViolation[] {
  const byAcknowledgement = appends.toSorted((a, b) => a.acknowledgedAt - b.acknowledgedAt);
  const byInvocation = appends.toSorted((a, b) => a.invokedAt - b.invokedAt);
  const violations: OrderViolation[] = [];
  let furthest: TimedAppend | undefined;
  let next = 0;
  for (const later of byInvocation) {
    for (; (byAcknowledgement[next]?.acknowledgedAt ?? Infinity) < later.invokedAt; next++) {
      const acknowledged = byAcknowledgement[next] as TimedAppend;
      if (furthest === undefined || acknowledged.position > furthest.position) furthest = acknowledged;
    }
    if (furthest !== undefined && furthest.position > later.position) violations.push({ earlier: furthest, later });
  }
  return violations;
}
