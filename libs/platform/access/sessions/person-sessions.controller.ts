import { Controller, HttpCode, Inject, Logger, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { NotPermitted } from '../access-refused';
import { Allow, RequestedBy } from '../allow';
import type { Identity } from '../grant';
import { permits, type Requester } from '../requester';
import { BrowserSessions } from './browser-sessions';
import { EndedSessionsAnswer } from './session-answer';

/** Token for what tells who a pseudonym stands for. */
export const IDENTITY_OF = Symbol('IDENTITY_OF');

/** Who a pseudonym stands for; undefined when it stands for nobody. */
export type IdentityOf = (pseudonym: string) => Promise<Identity | undefined>;

class PersonTarget {
  @ApiProperty({ format: 'uuid', description: 'The pseudonym under which the ledger knows the person' })
  @IsUUID()
  readonly pseudonym: string;
}

/** What an administrator does about the sessions of others, such as of somebody whose device was stolen. */
@ApiTags('session')
@Controller('v1/persons')
export class PersonSessionsController {
  private readonly log = new Logger('Access');

  constructor(
    private readonly sessions: BrowserSessions,
    @Inject(IDENTITY_OF) private readonly identityOf: IdentityOf,
  ) {}

  /** It is no event: the ledger holds what was decided about agreements, and not who is signed in. */
  @Post(':pseudonym/sessions/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'Signs somebody out of every browser; their roles and tokens are left as they are' })
  @Allow('office.grantRole')
  @ApiOkResponse({ type: EndedSessionsAnswer })
  async end(@Param() { pseudonym }: PersonTarget, @RequestedBy() requester: Requester): Promise<EndedSessionsAnswer> {
    // People stand at no place, so this is for who grants roles in the whole nation.
    if (!permits(requester, 'office.grantRole', {})) throw new NotPermitted(['office.grantRole']);
    if ((await this.identityOf(pseudonym)) === undefined) throw new NotFoundException();
    const endedCount = await this.sessions.endAllOf(pseudonym);
    this.log.log(`${requester.actor.id} has ended the sessions of ${pseudonym}: ${endedCount}`);
    return { endedCount };
  }
}
