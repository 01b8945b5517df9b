import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '@khamrap/platform/access';
import { HealthChecks, type HealthAnswer } from './health';

class HealthAnswerBody {
  @ApiProperty({ enum: ['ok', 'failing'] }) readonly status: 'ok' | 'failing';
  @ApiProperty({ type: 'object', additionalProperties: true }) readonly checks: object;
}

/** For load balancers and operators. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly checks: HealthChecks) {}

  /** The process answers; nothing else is looked at, so that a failing database does not get the process restarted. */
  @Get('live')
  @Public()
  @ApiOkResponse({ type: HealthAnswerBody })
  live(): HealthAnswer {
    return { status: 'ok', checks: {} };
  }

  @Get('ready')
  @Public()
  @ApiOkResponse({ type: HealthAnswerBody })
  @ApiServiceUnavailableResponse({ type: HealthAnswerBody })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthAnswer> {
    return answer(reply, await this.checks.askReadiness());
  }

  @Get('projections')
  @Public()
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
