import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { Ledger } from '@khamrap/platform/event-store';
import {
  Excludes,
  IsBody,
  IsPlainText,
  IsSource,
  RequestedCommand,
  SourceBody,
  type CommandOutcome,
} from '@khamrap/platform/http';
import type { StatementToRecord } from '../domain/award.commands';
import { OfficePlaces } from './office-places';
import { recordStatement } from './record-award';
import { AnnouncedStatementBody, announcedStatement, GrantedStatementBody, grantedStatement } from './statement-bodies';

export class CorrectAwardBody {
  @ApiProperty({
    required: false,
    type: GrantedStatementBody,
    description: 'All of it, for an award by name',
    example: {
      category: 'pmqa',
      grantors: [{ name: 'สำนักงาน ก.พ.ร.' }],
      recipients: [{ name: 'จังหวัดแพร่', officeId: 'phrae-province', province: 'TH-54' }],
      awardYear: { year: 2565 },
      forms: ['plaque'],
    },
  })
  @ValidateIf(({ granted, announced }: CorrectAwardBody) => announced === undefined || granted !== undefined)
  @IsBody(() => GrantedStatementBody)
  @Excludes('announced')
  readonly granted?: GrantedStatementBody;

  @ApiProperty({ required: false, type: AnnouncedStatementBody, description: 'All of it, for an announced number' })
  @ValidateIf(({ announced }: CorrectAwardBody) => announced !== undefined)
  @IsBody(() => AnnouncedStatementBody)
  readonly announced?: AnnouncedStatementBody;

  @ApiProperty({ example: 'พิมพ์ชื่อผู้ได้รับรางวัลผิด', description: 'Why it is stated anew' })
  @IsPlainText({ bytesMax: 2_000 })
  readonly reason: string;

  @IsSource()
  readonly source?: SourceBody;
}

/** The award that a command is about. */
export interface AwardTarget {
  readonly awardId: string;
}

export class CorrectAward extends RequestedCommand<CorrectAwardBody, AwardTarget> {}

@CommandHandler(CorrectAward)
export class CorrectAwardHandler implements ICommandHandler<CorrectAward> {
  constructor(
    readonly ledger: Ledger,
    readonly offices: OfficePlaces,
  ) {}

  execute(asked: CorrectAward): Promise<CommandOutcome> {
    const { awardId } = asked.target;
    const { reason } = asked.body;
    const statement = statementIn(asked.body);
    return recordStatement(this, awardId, statement, asked, (told) => ({
      type: 'CorrectAward',
      awardId,
      statement,
      reason,
      ...told,
    }));
  }
}

function statementIn({ granted, announced }: CorrectAwardBody): StatementToRecord {
  if (announced !== undefined) return announcedStatement(announced);
  // What was validated has one of the two.
  return grantedStatement(granted as GrantedStatementBody);
}
