import { InputError } from "../exit-codes.ts";
import type { Dimension, DimensionValue } from "./dimensions.ts";

/** One combination of the dimensions' values. */
export interface Variant {
  /** For charts and tables. */
  readonly name: string;
  /** As `path=value`; the later wins. */
  readonly overrides: readonly string[];
  /** Which option each override comes from, as the user gave it: `--vary torrent.size=1 MiB`. */
  readonly origins: ReadonlyMap<string, string>;
  /** Run among real sockets. */
  readonly isLive?: true;
}

/** A comparison with more would be a sweep. */
const maxVariants = 1000;

/** Every combination of the dimensions' values, the last dimension changing fastest. */
export function variantsOf(dimensions: readonly Dimension[]): Variant[] {
  const count = dimensions.reduce((product, { values }) => product * values.length, 1);
  if (count > maxVariants) {
    throw new InputError(`These are ${count} variants, and at most ${maxVariants} can be.`);
  }
  let combinations: (readonly { option: string; value: DimensionValue }[])[] = [[]];
  for (const { option, values } of dimensions) {
    combinations = combinations.flatMap((before) =>
      values.map((value) => [...before, { option, value }]),
    );
  }
  const shorten = shortener(dimensions);
  return combinations.map((combination) => ({
    name: combination.map(({ value }) => shorten(value.label)).join(" + "),
    overrides: combination.flatMap(({ value }) => value.overrides),
    origins: new Map(
      combination.flatMap(({ option, value }) =>
        value.overrides.map((override) => [override, `${option} ${value.given}`]),
      ),
    ),
    ...(combination.some(({ value }) => value.isLive) ? { isLive: true } : {}),
  }));
}

/** Shows a path by its last key alone, where no other dimension ends in the same. */
function shortener(dimensions: readonly Dimension[]): (label: string) => string {
  const paths = dimensions.flatMap(({ option, values }) => {
    const [first] = values;
    return option === "--vary" && first !== undefined ? [pathOf(first.label)] : [];
  });
  const lastKey = (path: string) => path.slice(path.lastIndexOf(".") + 1);
  return (label) => {
    const path = pathOf(label);
    if (!paths.includes(path)) return label;
    const key = lastKey(path);
    const isAlone = paths.filter((one) => lastKey(one) === key).length === 1;
    return isAlone ? key + label.slice(path.length) : label;
  };
}

function pathOf(label: string): string {
  return label.split("=", 1)[0] ?? "";
}
