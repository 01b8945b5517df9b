import { fakeClock } from './fake-clock';

describe('a fake clock', () => {
  test('stands still until it is moved', () => {
    const clock = fakeClock('2026-09-30T16:59:59.999Z');
    expect(clock.nowText()).toBe('2026-09-30T16:59:59.999Z');
    expect(clock.now()).toBe(clock.now());
    clock.advance(1);
    expect(clock.nowText()).toBe('2026-09-30T17:00:00.000Z');
  });

  test('jumps, back too', () => {
    const clock = fakeClock();
    const before = clock.now();
    clock.set('2024-02-29T00:00:00+07:00');
    expect(clock.nowText()).toBe('2024-02-28T17:00:00.000Z');
    expect(clock.now()).toBeLessThan(before);
  });

  test('refuses what is not a time', () => {
    expect(() => fakeClock('tomorrow')).toThrow(RangeError);
    expect(() => fakeClock().set('30/9/2569')).toThrow(RangeError);
  });
});
