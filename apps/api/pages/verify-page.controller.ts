import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@khamrap/platform/access';
import { RequestRefused } from '@khamrap/platform/http';
import type { FastifyReply } from 'fastify';
import { readBuiltFile, readPageFiles, type PageFile } from './built-pages';

const PAGE = 'index.html';
/** The page in one file, to be taken away. */
const SINGLE_FILE = 'verify.html';

const POLICY = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

/**
 * The page on which anybody checks a bundle, a receipt or the log itself (apps/web/verify). What it says is worked out in the
 * browser; from here come its files, the same for everybody.
 */
@ApiExcludeController()
@Controller('verify')
export class VerifyPageController {
  readonly #files = readPageFiles('verify');
  readonly #singleFile = readBuiltFile(SINGLE_FILE);

  @Get()
  @Public()
  page(@Res() reply: FastifyReply): FastifyReply {
    return send(reply, this.#files.get(PAGE), { ...POLICY, 'cache-control': 'no-cache' });
  }

  @Get(':file')
  @Public()
  file(@Param('file') name: string, @Res() reply: FastifyReply): FastifyReply {
    if (name === SINGLE_FILE) {
      const disposition = `attachment; filename="${SINGLE_FILE}"`;
      return send(reply, this.#singleFile, { 'content-disposition': disposition, 'cache-control': 'no-cache' });
    }
    // Their names hold a hash of what is in them. One of them is the worker, which has the policy of its own answer.
    const headers = { ...POLICY, 'cache-control': 'public, max-age=31536000, immutable' };
    return send(reply, name === PAGE ? undefined : this.#files.get(name), headers);
  }
}

function send(
  reply: FastifyReply,
  file: PageFile | undefined,
  headers: Readonly<Record<string, string>>,
): FastifyReply {
  if (file === undefined) throw new RequestRefused('notFound');
  return reply.headers(headers).type(file.mediaType).send(file.bytes);
}
