import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '@khamrap/platform/access';
import { ReadsLog } from '@khamrap/platform/http';
import { WitnessStates, type WitnessState } from './witness-states';

class CosignedAnswer {
  @ApiProperty({ description: 'Name of the log, as its checkpoints state it' }) readonly origin: string;
  @ApiProperty({ description: 'How many events the checkpoint covers' }) readonly size: number;
  @ApiProperty({ format: 'date-time', description: 'As the witness states it' }) readonly at: string;
}

class WitnessAnswer implements WitnessState {
  @ApiProperty() readonly name: string;
  @ApiProperty({ description: 'Its key (c2sp.org/signed-note), for cosignature/v1' }) readonly vkey: string;
  @ApiProperty({ type: CosignedAnswer, nullable: true, description: 'What it has cosigned last' })
  readonly cosigned: CosignedAnswer | null;
  @ApiProperty({ enum: ['cosigning', 'silent', 'refusing', 'notAsked'] }) readonly status: WitnessState['status'];
}

class WitnessesAnswer {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Name of the witness or group of /log/policy that is needed',
  })
  readonly quorum: string | null;
  @ApiProperty({ type: [WitnessAnswer] }) readonly witnesses: readonly WitnessAnswer[];
}

/** Tells everybody how it stands with the witnesses of the log. */
@ApiTags('log')
@Controller('log')
export class WitnessesController {
  constructor(private readonly states: WitnessStates) {}

  @Get('witnesses')
  @ApiOperation({ summary: 'Who witnesses the log, what each has cosigned last, and whether one refuses it' })
  @Public()
  @ReadsLog()
  @Header('Cache-Control', 'public, max-age=2')
  @ApiOkResponse({ type: WitnessesAnswer })
  async witnesses(): Promise<WitnessesAnswer> {
    return { quorum: this.states.quorum, witnesses: await this.states.all() };
  }
}
