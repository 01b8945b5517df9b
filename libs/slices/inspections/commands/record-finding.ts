import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { derivedId } from '@khamrap/platform/event-store';
import { provenanceOf, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { Conducting } from './conducting';
import { FindingBody, findingOf } from './finding-body';
import { FindingSources } from './finding-sources';
import type { RoundTarget } from './targets';

export class RecordFindingBody extends FindingBody {}

export class RecordFinding extends RequestedCommand<RecordFindingBody, RoundTarget> {}

@CommandHandler(RecordFinding)
export class RecordFindingHandler implements ICommandHandler<RecordFinding> {
  constructor(
    private readonly conducting: Conducting,
    private readonly sources: FindingSources,
  ) {}

  async execute(asked: RecordFinding): Promise<CommandOutcome> {
    const { body, requester, context } = asked;
    const findingId = derivedId('finding', context.commandId);
    const finding = findingOf(findingId, body, await this.sources.provincesOf(body.officeIds ?? []));
    const support = await this.sources.ofFinding(finding, provenanceOf(body.source, requester), requester);
    return this.conducting.execute(asked, {
      id: findingId,
      command: (told) => ({ type: 'RecordFinding', data: finding, ...told }),
      ...support,
    });
  }
}
