import { NATIVE, startOfBangkokDay, type IsoDate } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { commandIdOf, type CommandContext } from '@khamrap/platform/event-store';
import type { CommandOutcome, RequestedCommand } from '@khamrap/platform/http';
import type { CommandBus } from '@nestjs/cqrs';

type CommandClass<Body, Target> = new (
  target: Target,
  body: Body,
  requester: Requester,
  context: CommandContext,
) => RequestedCommand<Body, Target>;

/** Who says something, on which simulated day, under which key. */
export interface Said {
  readonly by: Requester;
  readonly on: IsoDate;
  /** Unique among all that this person ever says. */
  readonly key: string;
}

/** Offices open at nine. */
const OPENING_MS = 9 * 3_600_000;

/** Sends commands as people do, except for the clock: it is the simulated day's. */
export class Teller {
  commandCount = 0;
  eventCount = 0;

  constructor(private readonly commands: CommandBus) {}

  async tell<Body, Target>(
    { by, on, key }: Said,
    Kind: CommandClass<Body, Target>,
    target: NoInfer<Target>,
    body: NoInfer<Body>,
  ): Promise<CommandOutcome> {
    const outcome = await this.commands.execute(new Kind(target, body, by, contextOf(by, on, key)));
    this.commandCount++;
    this.eventCount += outcome.eventIds.length;
    return outcome;
  }
}

/** The identifier that a command will have: what it makes is named after it. */
export function commandIdFor({ by, key }: Pick<Said, 'by' | 'key'>): string {
  return commandIdOf(by.issuer, by.subject, key);
}

function contextOf(by: Requester, on: IsoDate, key: string): CommandContext {
  const commandId = commandIdFor({ by, key });
  const recordedAt = startOfBangkokDay(on) + OPENING_MS;
  return {
    commandId,
    // A key is used for one thing only, so it says all that a digest of the body would.
    requestHash: commandId,
    actor: by.actor,
    decidedAt: new Date(recordedAt).toISOString(),
    correlationId: commandId,
    provenance: NATIVE,
    recordedAt,
  };
}
