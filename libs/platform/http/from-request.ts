import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CommandContext } from '@khamrap/platform/event-store';
import { CommandContextFactory } from './command-context-factory';

@Injectable()
class CommandContextPipe implements PipeTransform<FastifyRequest, CommandContext> {
  constructor(private readonly factory: CommandContextFactory) {}

  transform(request: FastifyRequest): CommandContext {
    return this.factory.contextOf(request);
  }
}

const theRequest = createParamDecorator((_data: undefined, context: ExecutionContext) =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);

/** Parameter of a handler: the `CommandContext`, read from the request's headers, its token and the clock. */
export const FromRequest = (): ParameterDecorator => theRequest(CommandContextPipe);
