import { eventually, NotInTime, within } from './eventually';

describe('eventually', () => {
  test('asks until there is an answer', async () => {
    let asked = 0;
    await expect(eventually('the third', () => (++asked === 3 ? asked : undefined))).resolves.toBe(3);
  });

  test('takes false, zero and null for answers', async () => {
    await expect(eventually('false', () => false)).resolves.toBe(false);
    await expect(eventually('null', () => Promise.resolve(null))).resolves.toBeNull();
  });

  test('says what did not come', async () => {
    await expect(eventually('the bus', () => undefined, 20)).rejects.toThrow('the bus: not within 20 ms');
  });
});

describe('within', () => {
  test('passes on what comes in time, failures too', async () => {
    await expect(within(1_000, 'a value', Promise.resolve(5))).resolves.toBe(5);
    await expect(within(1_000, 'a value', Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  test('does not wait for ever', async () => {
    await expect(within(20, 'the train', new Promise(() => undefined))).rejects.toThrow(NotInTime);
  });
});
