/** A number of which a model has need that it be above 0; `Infinity` passes. Throws a RangeError that names it. */
export function above0(name: string, value: number): number {
  if (!(value > 0)) throw new RangeError(`${name} is ${value}, and must be above 0.`);
  return value;
}

/** The same for 0 and above. */
export function atLeast0(name: string, value: number): number {
  if (!(value >= 0)) throw new RangeError(`${name} is ${value}, and must be 0 or more.`);
  return value;
}

/** A whole number from `least` on. */
export function whole(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} is ${value}, and must be a whole number of ${least} or more.`);
  }
  return value;
}
