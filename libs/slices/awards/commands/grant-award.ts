import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import { IsSource, RequestedCommand, SourceBody, type CommandOutcome } from '@khamrap/platform/http';
import { OfficePlaces } from './office-places';
import { recordStatement } from './record-award';
import { GrantedStatementBody, grantedStatement } from './statement-bodies';

export class GrantAwardBody extends GrantedStatementBody {
  @IsSource()
  readonly source?: SourceBody;
}

export class GrantAward extends RequestedCommand<GrantAwardBody> {}

@CommandHandler(GrantAward)
export class GrantAwardHandler implements ICommandHandler<GrantAward> {
  constructor(
    readonly ledger: Ledger,
    readonly offices: OfficePlaces,
  ) {}

  execute(asked: GrantAward): Promise<CommandOutcome> {
    const { source: _source, ...body } = asked.body;
    const statement = grantedStatement(body);
    const awardId = derivedId('award', asked.context.commandId);
    return recordStatement(this, awardId, statement, asked, (told) => ({
      type: 'GrantAward',
      data: statement.data,
      ...told,
    }));
  }
}
