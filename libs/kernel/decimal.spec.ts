import fc from 'fast-check';
import {
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  parseDecimal,
  percentOf,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from './decimal';

/** A decimal as a whole number of units of 10^-scale: the same value without any library. */
interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

const scaled = fc.record<Scaled>({
  units: fc.bigInt({ min: -(10n ** 42n) + 1n, max: 10n ** 42n - 1n }),
  scale: fc.integer({ min: 0, max: 12 }),
});
// Small numbers meet each other's ties and signs far more often than large ones do.
const small = fc.record<Scaled>({
  units: fc.bigInt({ min: -2_000n, max: 2_000n }),
  scale: fc.integer({ min: 0, max: 4 }),
});
const anyScaled = fc.oneof(scaled, small).map(withinBounds);

function withinBounds({ units, scale }: Scaled): Scaled {
  return { units: units % 10n ** BigInt(30 + scale), scale };
}

function text({ units, scale }: Scaled): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const fraction = scale === 0 ? '' : `.${digits.slice(point)}`;
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`;
}

function rescale({ units, scale }: Scaled, to: number): bigint {
  return units * 10n ** BigInt(to - scale);
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const magnitude = (2n * n + d) / (2n * d);
  return negative ? -magnitude : magnitude;
}

describe('parseDecimal', () => {
  it.each(['0', '0.0', '-0.5', '1887', '1887.00', '2446.88', '-12', `${'9'.repeat(30)}.${'9'.repeat(12)}`])(
    'takes %s as it is printed',
    (printed) => expect(parseDecimal(printed)).toBe(printed),
  );

  it.each([
    ['nothing', ''],
    ['space', ' 1'],
    ['a plus', '+1'],
    ['a bare point', '.5'],
    ['a point at the end', '5.'],
    ['a leading zero', '01'],
    ['two zeros', '00'],
    ['minus zero', '-0'],
    ['minus zero in detail', '-0.00'],
    ['an exponent', '1e3'],
    ['a separator', '1,887'],
    ['another base', '0x10'],
    ['no number', 'NaN'],
    ['no finite number', 'Infinity'],
    ['two signs', '--1'],
    ['two points', '1.2.3'],
    ['Thai digits', '๑๘๘๗'],
    ['a line', '1887\n'],
    ['31 digits before the point', '9'.repeat(31)],
    ['13 digits after the point', `0.${'1'.repeat(13)}`],
    ['a million digits', '9'.repeat(1_000_000)],
  ])('refuses %s', (_what, printed) => expect(parseDecimal(printed)).toBeUndefined());

  it('takes every decimal within the bounds', () => {
    fc.assert(fc.property(anyScaled, (value) => parseDecimal(text(value)) === text(value)));
  });
});

describe('exact arithmetic, against whole numbers', () => {
  it('compares values, not texts', () => {
    expect(compareDecimals('1887', '1887.00')).toBe(0);
    expect(compareDecimals('9', '10')).toBeLessThan(0);
    fc.assert(
      fc.property(anyScaled, anyScaled, (a, b) => {
        const difference = rescale(a, 12) - rescale(b, 12);
        expect(Math.sign(compareDecimals(text(a), text(b)))).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
      }),
    );
  });

  it('adds without losing a digit', () => {
    expect(sumDecimals([])).toBe('0');
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(sumDecimals(['1887.00', '1'])).toBe('1888.00');
    fc.assert(
      fc.property(fc.array(anyScaled, { maxLength: 30 }), (values) => {
        const scale = Math.max(0, ...values.map((value) => value.scale));
        const units = values.reduce((total, value) => total + rescale(value, scale), 0n);
        expect(sumDecimals(values.map(text))).toBe(text({ units, scale }));
      }),
    );
  });

  it('subtracts without losing a digit', () => {
    expect(subtractDecimals('0.3', '0.30')).toBe('0.00');
    fc.assert(
      fc.property(anyScaled, anyScaled, (a, b) => {
        const scale = Math.max(a.scale, b.scale);
        expect(subtractDecimals(text(a), text(b))).toBe(text({ units: rescale(a, scale) - rescale(b, scale), scale }));
      }),
    );
  });

  it('multiplies without losing a digit', () => {
    expect(multiplyDecimals('-0.5', '0')).toBe('0.0');
    fc.assert(
      fc.property(anyScaled, anyScaled, (a, b) => {
        const product = { units: a.units * b.units, scale: a.scale + b.scale };
        expect(multiplyDecimals(text(a), text(b))).toBe(text(product));
      }),
    );
  });

  it('divides with one rounding, half away from zero', () => {
    fc.assert(
      fc.property(anyScaled, anyScaled, fc.integer({ min: 0, max: 12 }), (a, b, scale) => {
        fc.pre(b.units !== 0n);
        const units = halfUp(rescale(a, 12) * 10n ** BigInt(scale), rescale(b, 12));
        expect(divideDecimals(text(a), text(b), scale)).toBe(text({ units, scale }));
      }),
      { numRuns: 1_000 },
    );
  });

  it('rounds half away from zero', () => {
    fc.assert(
      fc.property(anyScaled, fc.integer({ min: 0, max: 12 }), (value, scale) => {
        const units = halfUp(rescale(value, 12), 10n ** BigInt(12 - scale));
        expect(roundDecimal(text(value), scale)).toBe(text({ units, scale }));
      }),
    );
  });

  it('divides a numerator wider than what is stored, as an interpolation between anchors makes it', () => {
    const nines = '9'.repeat(30);
    const square = multiplyDecimals(`${nines}.${'9'.repeat(12)}`, `${nines}.${'9'.repeat(12)}`);
    expect(divideDecimals(multiplyDecimals(square, '1000'), '1000', 0)).toBe(roundDecimal(square, 0));
  });
});

describe('ties and edges', () => {
  it.each([
    ['1', '2', 0, '1'],
    ['-1', '2', 0, '-1'],
    ['1', '3', 4, '0.3333'],
    ['2', '3', 4, '0.6667'],
    ['-1', '1000', 2, '0.00'],
    ['9.99995', '1', 4, '10.0000'],
    ['4.49995', '1', 4, '4.5000'],
  ])('%s / %s to %i fraction digits is %s', (dividend, divisor, fractionDigits, quotient) => {
    expect(divideDecimals(dividend, divisor, fractionDigits)).toBe(quotient);
  });

  it.each(['0', '0.000'])('has no quotient by %s', (zero) => expect(divideDecimals('1', zero, 4)).toBeUndefined());

  it('gives a percentage only of a target above zero', () => {
    expect(percentOf('1259.86', '1256.27', 2)).toBe('100.29');
    expect(percentOf('-5', '10', 1)).toBe('-50.0');
    expect(percentOf('5', '0.00', 1)).toBeUndefined();
    expect(percentOf('5', '-10', 1)).toBeUndefined();
  });

  it('refuses what is no decimal number instead of guessing', () => {
    expect(() => sumDecimals(['1', 'notStated'])).toThrow(RangeError);
    expect(() => compareDecimals('1', '1e400')).toThrow(RangeError);
    expect(() => roundDecimal('1', 13)).toThrow(RangeError);
    expect(() => roundDecimal('1', 0.5)).toThrow(RangeError);
  });
});
