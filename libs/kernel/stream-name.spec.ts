import { LEDGER_STREAM, streamName } from './stream-name';

describe('streamName', () => {
  it('joins a category and an identifier', () => {
    expect(streamName('agreement', '7f0c4b0e-8a55-5f0e-9a44-1b2c3d4e5f60')).toBe(
      'agreement-7f0c4b0e-8a55-5f0e-9a44-1b2c3d4e5f60',
    );
    expect(streamName('goal-set', 'phrae.2565')).toBe('goal-set-phrae.2565');
    expect(LEDGER_STREAM).toBe('ledger');
  });

  it.each([
    ['', 'a'],
    ['agreement', ''],
    ['Agreement', 'a'],
    ['agreement', '-a'],
    ['agreement', 'a b'],
    ['agreement', 'แพร่'],
    ['agreement', 'a/b'],
    ['agreement', 'a\n'],
    ['agreement-', 'a'],
    ['agreement', 'a'.repeat(191)],
  ])('refuses %j with %.20j', (category, id) => expect(() => streamName(category, id)).toThrow(RangeError));

  it('takes 200 characters and no more', () => {
    expect(streamName('agreement', 'a'.repeat(190))).toHaveLength(200);
  });
});
