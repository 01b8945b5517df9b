import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '@khamrap/platform/access';
import { ReadsLog } from '@khamrap/platform/http';
import type { RecordedAt, RecordedEpoch, RecordedKey } from './annals';
import { LogDescription } from './log-description';

const HASH = { pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hexadecimal' };

class RecordedAtAnswer {
  @ApiProperty({ description: 'Of the event that says so' }) readonly position: number;
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;
}

class LogKeyAnswer {
  @ApiProperty({ description: 'c2sp.org/signed-note', example: 'khamrap.phrae.go.th/log+530d903a+AekfgQ…' })
  readonly vkey: string;
  @ApiProperty({ description: 'The smallest checkpoint that it may sign, in events' }) readonly fromSize: number;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'From this size on it signs none; null while it is in use',
  })
  readonly toSize: number | null;
  @ApiProperty({ type: RecordedAtAnswer }) readonly adopted: RecordedAtAnswer;
  @ApiProperty({ type: RecordedAtAnswer, nullable: true }) readonly retired: RecordedAtAnswer | null;
}

class LogEpochAnswer extends RecordedAtAnswer {
  @ApiProperty({ example: 1 }) readonly epoch: number;
  @ApiProperty({ description: 'Of the checkpoints from then on' }) readonly origin: string;
  @ApiProperty({ description: 'What had been signed last, in events' }) readonly lastSignedSize: number;
  @ApiProperty(HASH) readonly lastSignedRoot: string;
  @ApiProperty({ description: 'What the log was then, in events' }) readonly foundSize: number;
  @ApiProperty(HASH) readonly foundRoot: string;
  @ApiProperty({ description: 'Why the log goes on although it does not continue what had been signed' })
  readonly reason: string;
}

class LogKeysAnswer {
  @ApiProperty({ description: 'Name of the log in its checkpoints, as they are signed now' }) readonly origin: string;
  @ApiProperty({ format: 'uuid' }) readonly logId: string;
  @ApiProperty({ type: [LogKeyAnswer], description: 'In the order in which they were adopted' })
  readonly keys: readonly LogKeyAnswer[];
  @ApiProperty({ type: [LogEpochAnswer] }) readonly epochs: readonly LogEpochAnswer[];
}

/** With which keys the log is verified, and whom it has witness it. */
@ApiTags('log')
@Controller('log')
export class LogKeysController {
  constructor(private readonly description: LogDescription) {}

  @Get('keys')
  @ApiOperation({
    summary: 'The keys that sign the log, with their validity, and the epochs, as the log has recorded them',
  })
  @Public()
  @ReadsLog()
  @Header('Cache-Control', 'public, max-age=60')
  @ApiOkResponse({ type: LogKeysAnswer })
  async keys(): Promise<LogKeysAnswer> {
    const { origin, logId, keys, epochs } = await this.description.describe();
    return { origin, logId, keys: keys.map(keyAnswer), epochs: epochs.map(epochAnswer) };
  }

  @Get('policy')
  @ApiOperation({ summary: 'Keys, witnesses and quorum in the form that verifiers read (c2sp.org/tlog-policy)' })
  @Public()
  @ReadsLog()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=60')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  policy(): Promise<string> {
    return this.description.policyText();
  }
}

function recordedAt({ position, recordedAtMs }: RecordedAt): RecordedAtAnswer {
  return { position, recordedAt: new Date(recordedAtMs).toISOString() };
}

function keyAnswer({ vkey, fromSize, toSize, adopted, retired }: RecordedKey): LogKeyAnswer {
  return {
    vkey,
    fromSize,
    toSize: toSize ?? null,
    adopted: recordedAt(adopted),
    retired: retired ? recordedAt(retired) : null,
  };
}

function epochAnswer(recorded: RecordedEpoch): LogEpochAnswer {
  const { epoch, origin, lastSignedSize, lastSignedRoot, foundSize, foundRoot, reason } = recorded;
  const told = { epoch, origin, lastSignedSize, lastSignedRoot, foundSize, foundRoot, reason };
  const { position, recordedAt: at } = recordedAt(recorded);
  return { ...told, position, recordedAt: at };
}
