import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { bangkokDateOf, streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { sourceDocumentDecider } from '../domain/source-document.decider';
import { descriptionOf, type DescribeSourceDocumentBody } from './source-document-bodies';
import { contextForTheNation } from './whole-nation';

export class DescribeSourceDocument extends RequestedCommand<DescribeSourceDocumentBody, { readonly sha256: string }> {}

@CommandHandler(DescribeSourceDocument)
export class DescribeSourceDocumentHandler implements ICommandHandler<DescribeSourceDocument> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { sha256 }, body, requester, context }: DescribeSourceDocument): Promise<CommandOutcome> {
    const acting = contextForTheNation(context, requester, 'sourceDocument.register');
    const accepted = await this.ledger.execute({
      decider: sourceDocumentDecider,
      stream: streamName('source-document', sha256),
      command: {
        type: 'DescribeSourceDocument',
        data: { ...descriptionOf(body), reason: body.reason },
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: acting,
    });
    return { id: sha256, ...accepted };
  }
}
