import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { titleOf } from '../demonstration-persons';
import type { Scope } from '../grant';
import type { Requester } from '../requester';
import { ROLES } from '../roles';
import type { BrowserSession, OwnSession } from './browser-sessions';
import type { SessionRecord } from './session-store';

class SessionTitle {
  @ApiProperty() readonly th: string;
  @ApiProperty() readonly en: string;
}

class HeldScopeAnswer {
  @ApiProperty({ enum: ['nation', 'province', 'zone', 'office', 'indicator'] }) readonly kind: Scope['kind'];
  @ApiPropertyOptional({ description: 'Which one; the nation names none', example: 'TH-54' }) readonly value?: string;
}

class HeldRole {
  @ApiProperty({ enum: Object.keys(ROLES) }) readonly role: string;
  @ApiProperty({ type: HeldScopeAnswer }) readonly scope: HeldScopeAnswer;
}

/** Who is asking. */
export class SessionAnswer {
  @ApiProperty() readonly signedIn: boolean;
  @ApiPropertyOptional({ type: SessionTitle, description: 'The function, of a person of the demonstration' })
  readonly title?: SessionTitle;
  @ApiPropertyOptional({ format: 'uuid', description: 'Under which the ledger records what they do' })
  readonly pseudonym?: string;
  @ApiPropertyOptional({ type: [HeldRole] }) readonly roles?: HeldRole[];
  @ApiPropertyOptional({ format: 'date-time', description: 'When the session ends at the latest' })
  readonly expiresAt?: string;
  @ApiPropertyOptional({ description: 'For the X-CSRF-Token header of commands by this session' })
  readonly csrfToken?: string;
  @ApiPropertyOptional({ description: 'Where a browser signs in' }) readonly signInAt?: string;
}

/** What is left to do for somebody who has signed out. */
export class SignedOutAnswer {
  @ApiPropertyOptional({ format: 'uri', description: 'Where the browser signs out at the issuer too' })
  readonly continueAt?: string;
}

class OwnSessionAnswer {
  @ApiProperty({ format: 'date-time' }) readonly begunAt: string;
  @ApiProperty({ format: 'date-time', description: 'To the minute' }) readonly lastUsedAt: string;
  @ApiProperty({ format: 'date-time', description: 'When it ends at the latest' }) readonly expiresAt: string;
  @ApiProperty({ description: 'Whether it is the one that asks' }) readonly isThisOne: boolean;
}

/** Where somebody is signed in by browser. From which address is not kept. */
export class OwnSessionsAnswer {
  @ApiProperty({ type: [OwnSessionAnswer], description: 'The one last begun first' })
  readonly sessions: OwnSessionAnswer[];
}

/** What became of sessions that were to end. */
export class EndedSessionsAnswer {
  @ApiProperty({ type: 'integer', description: 'How many sessions there were that have ended now' })
  readonly endedCount: number;
}

export function ownSessionsAnswer(sessions: readonly OwnSession[]): OwnSessionsAnswer {
  return { sessions: sessions.map((session) => ({ ...timesOf(session), isThisOne: session.isThisOne })) };
}

/** When a session began, was last in use and ends, in words. */
export function timesOf({ begunAt, lastUsedAt, expiresAt }: SessionRecord): Omit<OwnSessionAnswer, 'isThisOne'> {
  const [begun, lastUsed, expires] = [begunAt, lastUsedAt, expiresAt].map((time) => new Date(time).toISOString());
  return { begunAt: begun as string, lastUsedAt: lastUsed as string, expiresAt: expires as string };
}

export function sessionAnswer(requester: Requester | undefined, session: BrowserSession | undefined): SessionAnswer {
  if (requester === undefined) return { signedIn: false, signInAt: '/session/login' };
  const title = titleOf(requester);
  return {
    signedIn: true,
    ...(title && { title }),
    pseudonym: requester.actor.id,
    roles: requester.grants.map(({ role, scope }) => ({ role, scope: scopeAnswer(scope) })),
    ...(session && { expiresAt: new Date(session.expiresAt).toISOString(), csrfToken: session.csrfToken }),
  };
}

function scopeAnswer(scope: Scope): HeldScopeAnswer {
  switch (scope.kind) {
    case 'nation':
      return { kind: 'nation' };
    case 'province':
      return { kind: 'province', value: scope.province };
    case 'zone':
      return { kind: 'zone', value: scope.zone };
    case 'office':
      return { kind: 'office', value: scope.office };
    case 'indicator':
      return { kind: 'indicator', value: scope.indicator };
  }
}
