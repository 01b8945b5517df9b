import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '@khamrap/platform/access';
import { HealthChecks, type HealthAnswer } from './health';
import { Unlimited } from './limits/rate-limits';

class HealthAnswerBody {
  @ApiProperty({ enum: ['ok', 'failing'] }) readonly status: 'ok' | 'failing';
  @ApiProperty({ type: 'object', additionalProperties: true }) readonly checks: object;
}

/** For load balancers and operators. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly checks: HealthChecks) {}

  // Nothing else is looked at, so that a failing database does not get the process restarted.
  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers' })
  @Public()
  @Unlimited()
  @ApiOkResponse({ type: HealthAnswerBody })
  live(): HealthAnswer {
    return { status: 'ok', checks: {} };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether requests can be taken: how the log is' })
  @Public()
  @Unlimited()
  @ApiOkResponse({ type: HealthAnswerBody })
  @ApiServiceUnavailableResponse({ type: HealthAnswerBody })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthAnswer> {
    return answer(reply, await this.checks.askReadiness());
  }

  @Get('projections')
  @ApiOperation({ summary: 'How far what can be read is behind what was written' })
  @Public()
  @Unlimited()
  @ApiOkResponse({ type: HealthAnswerBody })
  @ApiServiceUnavailableResponse({ type: HealthAnswerBody })
  async projections(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthAnswer> {
    return answer(reply, await this.checks.askProjections());
  }
}

function answer(reply: FastifyReply, health: HealthAnswer): HealthAnswer {
  reply.code(health.status === 'ok' ? 200 : 503);
  return health;
}
