import { RequestRefused } from '../problem';
import { OpenStreams } from './open-streams';

const refusal = (take: () => unknown): unknown => {
  try {
    take();
  } catch (error) {
    return error instanceof RequestRefused && error.occurrence;
  }
  return undefined;
};
const refused = (policy: string) => ({
  code: 'quotaExceeded',
  headers: { 'retry-after': '30' },
  members: { 'violated-policies': [policy] },
});

test('so many of one, while others go on; what is given back, once however often, may be taken again', () => {
  const streams = new OpenStreams(2, 100);
  const giveBack = streams.take('a');
  streams.take('a');
  expect(refusal(() => streams.take('a'))).toEqual(refused('streamsOfOne'));
  streams.take('b');
  giveBack();
  giveBack();
  streams.take('a');
  expect(refusal(() => streams.take('a'))).toEqual(refused('streamsOfOne'));
});

test('so many of all together', () => {
  const streams = new OpenStreams(2, 3);
  const open = ['a', 'a', 'b'].map((key) => streams.take(key));
  expect(refusal(() => streams.take('c'))).toEqual(refused('streams'));
  open[0]?.();
  streams.take('c');
  expect(refusal(() => streams.take('d'))).toEqual(refused('streams'));
});
