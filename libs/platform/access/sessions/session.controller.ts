import {
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Optional,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback } from '@khamrap/platform/config';
import { Public, RequestedBy, SignedIn } from '../allow';
import { OwnHostGuard } from '../embedded/own-host.guard';
import type { Requester } from '../requester';
import { ServiceAddress } from '../service-address';
import { BrowserSessions } from './browser-sessions';
import {
  EndedSessionsAnswer,
  OwnSessionsAnswer,
  ownSessionsAnswer,
  SessionAnswer,
  sessionAnswer,
  SignedOutAnswer,
} from './session-answer';
import { SignIn } from './sign-in';

/** A path of our own and nothing that a browser could take for another host. */
const LOCAL_PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/;
const PATH_LENGTH_MAX = 1_000;

class SignInQuery {
  @ApiPropertyOptional({ example: '/', description: 'Where to go afterwards: a path of this service' })
  @IsOptional()
  @MaxLength(PATH_LENGTH_MAX)
  @Matches(LOCAL_PATH)
  readonly returnTo?: string;
}

/** Signing in and out by browser. */
@ApiTags('session')
@Controller('session')
@UseGuards(OwnHostGuard)
export class SessionController {
  constructor(
    private readonly sessions: BrowserSessions,
    private readonly address: ServiceAddress,
    @Optional() private readonly signIn?: SignIn,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who is asking, and in which roles' })
  @Public()
  @ApiOkResponse({ type: SessionAnswer })
  session(@RequestedBy() requester: Requester | undefined, @Req() { browserSession }: FastifyRequest): SessionAnswer {
    return sessionAnswer(requester, browserSession);
  }

  @Get('all')
  @ApiOperation({ summary: 'Where you are signed in by browser' })
  @SignedIn()
  @ApiOkResponse({ type: OwnSessionsAnswer })
  async all(@RequestedBy() { actor }: Requester, @Req() { headers }: FastifyRequest): Promise<OwnSessionsAnswer> {
    return ownSessionsAnswer(await this.sessions.sessionsOf(actor.id, headers.cookie));
  }

  @Post('end-others')
  @HttpCode(200)
  @ApiOperation({ summary: 'Signs you out wherever you are signed in by browser, but not here' })
  @SignedIn()
  @ApiOkResponse({ type: EndedSessionsAnswer })
  async endOthers(
    @RequestedBy() { actor }: Requester,
    @Req() { headers }: FastifyRequest,
  ): Promise<EndedSessionsAnswer> {
    return { endedCount: await this.sessions.endOthersOf(actor.id, headers.cookie) };
  }

  @Get('login')
  @ApiOperation({ summary: 'Leads a browser to the issuer, to sign in' })
  @Public()
  @ApiResponse({ status: 303, description: 'To the issuer' })
  async login(
    @Query() { returnTo = '/' }: SignInQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    if (this.signIn === undefined) throw new NotFoundException();
    const { host } = new URL(this.address.origin);
    // This machine has two names. Cookies belong to one of them: the one to which the issuer leads back.
    if (request.host !== host && isLoopback(request.hostname) && isLoopback(new URL(this.address.origin).hostname)) {
      return reply.redirect(
        `${this.address.origin}/session/login?${new URLSearchParams({ returnTo }).toString()}`,
        303,
      );
    }
    const { url, cookie } = await this.signIn.begin(returnTo);
    return reply.header('set-cookie', cookie).redirect(url, 303);
  }

  @Get('callback')
  @ApiOperation({ summary: 'Where the issuer leads a browser back to' })
  @Public()
  @ApiResponse({ status: 303, description: 'To where the browser wanted to go' })
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    if (this.signIn === undefined) throw new NotFoundException();
    const { returnTo, cookies } = await this.signIn.finish(request.url, request.headers.cookie);
    return reply.header('set-cookie', cookies).redirect(returnTo, 303);
  }

  @Post('end')
  @HttpCode(200)
  @ApiOperation({ summary: 'Signs out; by cookie it needs the X-CSRF-Token header, as every command does' })
  @Public()
  @ApiOkResponse({ type: SignedOutAnswer })
  async end(
    @Req() { browserSession, headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedOutAnswer> {
    if (browserSession === undefined) return {};
    reply.header('set-cookie', await this.sessions.end(headers.cookie));
    const continueAt = await this.signIn?.endAddress();
    return continueAt === undefined ? {} : { continueAt };
  }
}
