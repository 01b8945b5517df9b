import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import { IsSource, RequestedCommand, SourceBody, type CommandOutcome } from '@khamrap/platform/http';
import { OfficePlaces } from './office-places';
import { recordStatement } from './record-award';
import { AnnouncedStatementBody, announcedStatement } from './statement-bodies';

export class AnnounceAwardsBody extends AnnouncedStatementBody {
  @IsSource()
  readonly source?: SourceBody;
}

export class AnnounceAwards extends RequestedCommand<AnnounceAwardsBody> {}

@CommandHandler(AnnounceAwards)
export class AnnounceAwardsHandler implements ICommandHandler<AnnounceAwards> {
  constructor(
    readonly ledger: Ledger,
    readonly offices: OfficePlaces,
  ) {}

  execute(asked: AnnounceAwards): Promise<CommandOutcome> {
    const { source: _source, ...body } = asked.body;
    const statement = announcedStatement(body);
    const awardId = derivedId('award', asked.context.commandId);
    return recordStatement(this, awardId, statement, asked, ({ provenance }) => ({
      type: 'AnnounceAwards',
      data: statement.data,
      provenance,
    }));
  }
}
