import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { bangkokDateOf, streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { sourceDocumentDecider } from '../domain/source-document.decider';
import { descriptionOf, type RegisterSourceDocumentBody } from './source-document-bodies';
import { contextForTheNation } from './whole-nation';

export class RegisterSourceDocument extends RequestedCommand<RegisterSourceDocumentBody> {}

@CommandHandler(RegisterSourceDocument)
export class RegisterSourceDocumentHandler implements ICommandHandler<RegisterSourceDocument> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ body, requester, context }: RegisterSourceDocument): Promise<CommandOutcome> {
    const acting = contextForTheNation(context, requester, 'sourceDocument.register');
    const { sha256 } = body;
    const accepted = await this.ledger.execute({
      decider: sourceDocumentDecider,
      stream: streamName('source-document', sha256),
      command: {
        type: 'RegisterSourceDocument',
        data: { sha256, ...descriptionOf(body) },
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: acting,
    });
    return { id: sha256, ...accepted };
  }
}
