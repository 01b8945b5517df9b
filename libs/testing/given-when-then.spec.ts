import { Rejection, type Decider, type DomainEvent } from '@khamrap/kernel';
import { specification } from './given-when-then';

type DoorEvent =
  DomainEvent<'DoorOpened', { readonly by: string }> | DomainEvent<'DoorClosed', { readonly by: string }>;
interface OpenDoor {
  readonly kind: 'openDoor';
  readonly by: string;
}

const door: Decider<{ readonly openedBy: string | undefined }, OpenDoor, DoorEvent> = {
  initialState: { openedBy: undefined },
  decide: (command, state) => {
    if (state.openedBy === command.by) return [];
    if (state.openedBy !== undefined) return new Rejection('alreadyOpen', { openedBy: state.openedBy, now: true });
    return [{ type: 'DoorOpened', data: { by: command.by } }];
  },
  evolve: (_state, event) => ({ openedBy: event.type === 'DoorOpened' ? event.data.by : undefined }),
};

const opened = (by: string): DoorEvent => ({ type: 'DoorOpened', data: { by } });
const closed = (by: string): DoorEvent => ({ type: 'DoorClosed', data: { by } });
const open = (by: string): OpenDoor => ({ kind: 'openDoor', by });

const { given } = specification(door);

describe('a specification', () => {
  test('holds for a command that is accepted', () => {
    given().when(open('ก')).then(opened('ก'));
    given(opened('ก'), closed('ก')).when(open('ข')).then(opened('ข'));
  });

  test('holds for a command that is refused, with the facts that it names', () => {
    given(opened('ก')).when(open('ข')).thenRejected('alreadyOpen');
    given(opened('ก')).when(open('ข')).thenRejected('alreadyOpen', { openedBy: 'ก' });
  });

  test('holds for a command that changes nothing', () => {
    given(opened('ก')).when(open('ก')).thenNothing();
  });

  test.each([
    ['other events', () => given().when(open('ก')).then(opened('ข'))],
    ['more events', () => given().when(open('ก')).then(opened('ก'), opened('ก'))],
    ['no events', () => given().when(open('ก')).then()],
    ['nothing', () => given().when(open('ก')).thenNothing()],
    ['a refusal', () => given().when(open('ก')).thenRejected('alreadyOpen')],
    ['another refusal', () => given(opened('ก')).when(open('ข')).thenRejected('locked')],
    ['other facts', () => given(opened('ก')).when(open('ข')).thenRejected('alreadyOpen', { openedBy: 'ข' })],
    ['acceptance of what is refused', () => given(opened('ก')).when(open('ข')).then(opened('ข'))],
    ['nothing of what is refused', () => given(opened('ก')).when(open('ข')).thenNothing()],
  ])('fails when it expects %s', (_what, wrong) => {
    expect(wrong).toThrow();
  });

  test('fails when it is left without an ending', async () => {
    await expect(Promise.resolve(given().when(open('ก')) as unknown)).rejects.toThrow();
  });
});
