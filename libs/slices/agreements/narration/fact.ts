import type { Fact } from '@khamrap/audit/events';
import type { BothLanguages, Json } from '@khamrap/kernel';

/**
 * One fact; what is absent states nothing.
 * @param shown how people read the value
 */
export function fact<Value>(
  key: Fact['key'],
  label: BothLanguages,
  value: Value | undefined,
  shown: (value: Value) => BothLanguages,
): readonly Fact[] {
  // Events hold nothing that is not JSON, and no fact holds anything that no event does.
  return value === undefined ? [] : [{ key, label, value: value as Json, shown: shown(value) }];
}

/** Nothing stands. */
export const NO_FACTS: readonly Fact[] = [];

/** The facts of a part, made once: parts that nothing happened to stay the same objects, and so do their facts. */
export function madeOnce<Part extends object>(make: (part: Part) => readonly Fact[]): (part: Part) => readonly Fact[] {
  const made = new WeakMap<Part, readonly Fact[]>();
  return (part) => {
    const known = made.get(part);
    if (known) return known;
    const facts = make(part);
    made.set(part, facts);
    return facts;
  };
}

/**
 * The same where facts rest on more than the part: they are made anew where any of that is another.
 * @param restsOn all other arguments where absent
 */
export function madeOnceWith<Part extends object, Others extends readonly unknown[]>(
  make: (part: Part, ...others: Others) => readonly Fact[],
  restsOn: (part: Part, ...others: Others) => readonly unknown[] = (_part, ...others) => others,
): (part: Part, ...others: Others) => readonly Fact[] {
  const made = new WeakMap<Part, { readonly basis: readonly unknown[]; readonly facts: readonly Fact[] }>();
  return (part, ...others) => {
    const basis = restsOn(part, ...others);
    const known = made.get(part);
    if (known?.basis.length === basis.length && known.basis.every((each, index) => each === basis[index]))
      return known.facts;
    const facts = make(part, ...others);
    made.set(part, { basis, facts });
    return facts;
  };
}
