import type { IsoDate } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import type { RequestedCommand } from '@khamrap/platform/http';

type CommandClass = new (
  target: never,
  body: never,
  requester: Requester,
  context: CommandContext,
) => RequestedCommand<object, object | undefined>;

/** The body that a class of commands takes, as a user would send it. */
export type BodyOf<Kind extends CommandClass> = InstanceType<Kind>['body'];

/** The identifier that the ledger gave to what an earlier step made. @throws Error when no earlier step has the key */
export type IdOf = (key: string) => string;

/** A step in words, and the command that says them. */
export interface Statement {
  /** Name of the command. */
  readonly type: string;
  /** The identifiers that would stand in the address; undefined where it begins something. */
  readonly target: object | undefined;
  readonly body: object;
  readonly by: (requester: Requester, context: CommandContext) => RequestedCommand<object, object | undefined>;
}

/** One command of the demonstration. */
export interface Step {
  /** Unique; later steps name what this one made by it. */
  readonly key: string;
  /** The earliest day on which it could have been known: the recorded day on logs with a simulated clock. */
  readonly knownOn: IsoDate;
  readonly say: (idOf: IdOf) => Statement;
}

type StepName = Pick<Step, 'key' | 'knownOn'>;
type Telling<Said> = (name: StepName, say: (idOf: IdOf) => Said) => Step;

/** Makes steps about something that is there already, by the identifiers that would stand in the address. */
export function step<Kind extends CommandClass>(Kind: Kind): Telling<Pick<InstanceType<Kind>, 'target' | 'body'>> {
  return ({ key, knownOn }, say) => ({ key, knownOn, say: (idOf) => statementOf(Kind, say(idOf)) });
}

/** Makes steps that begin something. */
export function creationStep<Kind extends CommandClass>(Kind: Kind): Telling<BodyOf<Kind>> {
  return ({ key, knownOn }, say) => ({
    key,
    knownOn,
    say: (idOf) => statementOf(Kind, { target: undefined, body: say(idOf) }),
  });
}

// The types of `step` and `creationStep` have seen to it that target and body are those of the class.
function statementOf(Kind: CommandClass, { target, body }: Pick<Statement, 'target' | 'body'>): Statement {
  return {
    type: Kind.name,
    target,
    body,
    by: (requester, context) => new Kind(target as never, body as never, requester, context),
  };
}
