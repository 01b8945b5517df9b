import { Command } from '@nestjs/cqrs';
import type { Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import type { CommandOutcome } from './command-answer';

/**
 * A command as it comes over HTTP: what it is about (`target`: the identifiers in the address; `undefined` where it begins
 * something), what it says, who asks, and what stands around it. Each command is a class of its own, because the bus finds
 * the handler by the class.
 */
export abstract class RequestedCommand<Body, Target = undefined> extends Command<CommandOutcome> {
  constructor(
    readonly target: Target,
    readonly body: Body,
    readonly requester: Requester,
    readonly context: CommandContext,
  ) {
    super();
  }
}
