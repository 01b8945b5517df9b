import { UseInterceptors, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { jsonPointer } from './json-body';
import { RequestRefused } from './problem';
import { explain } from './validation-messages';

class WithoutBodyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    const [field] = Object.keys(body ?? {});
    if (field === undefined) return next.handle();
    const pointer = jsonPointer([field]);
    const detail = { pointer, ...explain('whitelistValidation', 'this command takes no fields') };
    throw new RequestRefused('invalidRequest', { errors: [detail] });
  }
}

/**
 * A command that says all in its address. Fields that somebody sends along are refused like unknown ones anywhere, or they
 * would believe that what they wrote was recorded.
 */
export function WithoutBody(): MethodDecorator {
  return UseInterceptors(WithoutBodyInterceptor);
}
