import type { Rejection } from '@khamrap/kernel';
import type {
  FilePersonalDataRequest,
  FulfilPersonalDataRequest,
  PersonalDataRequestCommand,
  RefusePersonalDataRequest,
} from './personal-data-request.commands';
import type {
  PersonalDataErased,
  PersonalDataRequestEvent,
  PersonalDataRequestFiled,
} from './personal-data-request.events';
import { refuse } from './personal-data-request.refusals';
import type { FiledRequest, PersonalDataRequestState } from './personal-data-request.state';
import { dueOn, mayBeRefusedOn } from './personal-data-request.terms';

/** What one event may name. */
const COMMITMENT_COUNT_MAX = 1_000;

/** Every command of the stream, and the one function that judges it. */
export function decide(
  command: PersonalDataRequestCommand,
  state: PersonalDataRequestState,
): readonly PersonalDataRequestEvent[] | Rejection {
  switch (command.type) {
    case 'FilePersonalDataRequest':
      return state.status === 'notFiled' ? file(command) : refuse('personalDataRequest.alreadyFiled');
    case 'FulfilPersonalDataRequest':
      return decideOn(command.by, state, (request) => fulfil(command, request));
    case 'RefusePersonalDataRequest':
      return decideOn(command.by, state, (request) => decline(command, request));
  }
}

function file({ data, today }: FilePersonalDataRequest): readonly PersonalDataRequestFiled[] | Rejection {
  const { kind, receivedOn, scope } = data;
  if (receivedOn > today) return refuse('personalDataRequest.receivedInTheFuture', { receivedOn }, '/receivedOn');
  const namesNothing = !scope.identity && scope.values.length === 0 && scope.evidence.length === 0;
  if (kind === 'erasure' && namesNothing) return refuse('personalDataRequest.nothingNamed', {}, '/scope');
  if (kind !== 'erasure' && !namesNothing) return refuse('personalDataRequest.scopeOnlyForErasure', {}, '/scope');
  return [{ type: 'PersonalDataRequestFiled', data: { ...data, dueOn: dueOn(kind, receivedOn) } }];
}

/** Four eyes: neither the person whose data it is about nor who has filed it decides a request, and it is decided once. */
function decideOn(
  by: string,
  state: PersonalDataRequestState,
  judge: (request: FiledRequest) => readonly PersonalDataRequestEvent[] | Rejection,
): readonly PersonalDataRequestEvent[] | Rejection {
  if (state.status === 'notFiled') return refuse('personalDataRequest.notFiled');
  if (by === state.subject || by === state.filedBy) return refuse('personalDataRequest.decidedByTheSame');
  if (state.status !== 'open') return refuse('personalDataRequest.alreadyDecided', { status: state.status });
  return judge(state);
}

function fulfil(
  { data, found: { commitments, evidence } }: FulfilPersonalDataRequest,
  { kind, scope, subject }: FiledRequest,
): readonly PersonalDataRequestEvent[] | Rejection {
  const fulfilled: PersonalDataRequestEvent = { type: 'PersonalDataRequestFulfilled', data };
  if (kind !== 'erasure') return [fulfilled];
  if (commitments.length > COMMITMENT_COUNT_MAX)
    return refuse('personalDataRequest.tooMuchAtOnce', { count: commitments.length });
  const categories: PersonalDataErased['data']['categories'] = [
    ...(commitments.length > 0 ? (['privateValues'] as const) : []),
    ...(scope.identity ? (['identity'] as const) : []),
    ...(evidence.length > 0 ? (['evidence'] as const) : []),
  ];
  if (categories.length === 0) return refuse('personalDataRequest.nothingFound');
  const fromVault = { commitments, ...(scope.identity && { pseudonym: subject }) };
  return [fulfilled, { type: 'PersonalDataErased', data: { categories, fromVault, evidence } }];
}

function decline(
  { data }: RefusePersonalDataRequest,
  { kind }: FiledRequest,
): readonly PersonalDataRequestEvent[] | Rejection {
  if (!mayBeRefusedOn(kind, data.ground))
    return refuse('personalDataRequest.groundOfAnotherKind', { kind, ground: data.ground }, '/ground');
  return [{ type: 'PersonalDataRequestRefused', data }];
}
