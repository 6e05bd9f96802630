import * as z from "zod";
import { readQuantity } from "./read-quantity.ts";
import type { Distribution } from "./scenario.ts";
import { mustBe, show } from "./show.ts";
import { article, type Dimension, examples, patternOf, what } from "./units.ts";

/** Bounds of a quantity, as people write them. */
export interface Limits {
  readonly above?: string;
  readonly atLeast?: string;
  readonly atMost?: string;
}

/** A schema of text with a unit, whose output is the number inside. */
export type QuantitySchema = z.ZodType<number, string>;

/** Text such as "10 Mbit/s", read within `limits`. */
export function quantity(dimension: Dimension, limits: Limits = {}): QuantitySchema {
  const example = examples[dimension].join(", ");
  return z
    .string({ error: ({ input }) => wrongType(dimension, input) })
    .transform((text, context) => {
      const reading = readQuantity(dimension, text);
      const complain = (message: string, hint: string) => {
        context.addIssue({ code: "custom", message, params: { hint } });
        return z.NEVER;
      };
      if (reading.problem !== undefined) return complain(reading.problem, reading.hint);
      const problem = outside(dimension, reading.value, limits);
      if (problem === undefined) return reading.value;
      return complain(`"${text}" ${problem}`, `Write ${article[dimension]} as in ${example}`);
    })
    .meta({
      pattern: patternOf(dimension),
      description: `A ${what[dimension]} with its unit: ${example}.`,
    });
}

/** A size in whole bytes. */
export function wholeSize(limits: Limits): z.ZodType<number, string> {
  return quantity("size", { atMost: "1000 TiB", ...limits }).refine(Number.isSafeInteger, {
    error: "must be a whole number of bytes",
  });
}

/** Link capacities: above 0, at most 1 Tbit/s. */
export const capacity = quantity("rate", { above: "0 bit/s", atMost: "1 Tbit/s" });
export const duration = quantity("duration", { atMost: "3650 d" });
export const positiveDuration = quantity("duration", { above: "0 s", atMost: "3650 d" });
/** One-way delays. */
export const delay = quantity("duration", { atMost: "60 s" });

/** One value for all, or a distribution that each peer's value is drawn from. */
export function distribution(
  value: QuantitySchema,
  about: string,
  bounds: { readonly canBeTiny: boolean },
): z.ZodType<Distribution> {
  const values = z
    .array(
      z.union([
        value.transform((one) => ({ value: one, weight: 1 })),
        z.strictObject({
          value,
          weight: z.number().positive().meta({ description: "Relative frequency." }),
        }),
      ]),
    )
    .min(1)
    .meta({ description: "One of these values, equally often or by `weight`." });
  const probability = z.number().min(0).max(1);
  const table = z
    .array(z.tuple([probability, value]))
    .min(2)
    .meta({
      description:
        "Points [share, value] of a cumulative distribution, linear in between; the last share is 1.",
    });
  const uniform = z
    .tuple([value, value], { error: mustBe("a list of two values") })
    .meta({ description: "Uniform between the two." });
  const exponential = value.meta({ description: "Exponential with this mean." });
  const shapes = z.strictObject({
    uniform: uniform.optional(),
    values: values.optional(),
    table: table.optional(),
    ...(bounds.canBeTiny ? { exponential: exponential.optional() } : {}),
  });
  const names = Object.keys(shapes.shape);
  return z
    .union(
      [
        value.transform((one): Distribution => ({ kind: "constant", value: one })),
        shapes
          .superRefine((shape, context) => checkShape(shape as Shapes, names, context))
          .transform((shape) => toDistribution(shape as Shapes))
          .meta({ minProperties: 1, maxProperties: 1 }),
      ],
      { error: mustBe(`one value with its unit, or { ${names.join(" | ")}: … }`, isScalar) },
    )
    .meta({
      description: `${about} One value, or { ${names.join(" | ")}: … } to draw one for each peer.`,
    });
}

/** A quantity tells best itself what is wrong with it. */
function isScalar(input: unknown): boolean {
  return typeof input !== "object" || input === null;
}

interface Shapes {
  readonly uniform?: [number, number] | undefined;
  readonly exponential?: number | undefined;
  readonly values?: { value: number; weight: number }[] | undefined;
  readonly table?: [number, number][] | undefined;
}

function toDistribution({ uniform, exponential, values, table }: Shapes): Distribution {
  if (uniform !== undefined) return { kind: "uniform", min: uniform[0], max: uniform[1] };
  if (exponential !== undefined) return { kind: "exponential", mean: exponential };
  if (values !== undefined) return { kind: "values", values };
  return { kind: "table", points: (table ?? []).map(([cdf, value]) => ({ cdf, value })) };
}

function checkShape(shape: Shapes, names: readonly string[], context: z.RefinementCtx): void {
  exactlyOne(shape, names, context);
  const { uniform, table } = shape;
  if (uniform !== undefined && uniform[0] > uniform[1]) {
    context.addIssue({
      code: "custom",
      path: ["uniform"],
      message: "must have the smaller value first",
    });
  }
  if (table === undefined) return;
  for (let i = 1; i < table.length; i++) {
    const [before, point] = [table[i - 1] as [number, number], table[i] as [number, number]];
    if (point[0] >= before[0] && point[1] >= before[1]) continue;
    const message = "must not be smaller than the point before, neither in share nor in value";
    context.addIssue({ code: "custom", path: ["table", i], message });
  }
  if (table.at(-1)?.[0] !== 1) {
    context.addIssue({
      code: "custom",
      path: ["table", table.length - 1],
      message: "must have share 1, being the last point",
    });
  }
}

/** Complains unless exactly one of `names` is given. */
export function exactlyOne(
  value: object,
  names: readonly string[],
  context: z.RefinementCtx,
): void {
  const given = names.filter((name) => (value as Record<string, unknown>)[name] !== undefined);
  if (given.length === 1) return;
  const found = given.length === 0 ? "none is given" : `${given.join(" and ")} are given`;
  context.addIssue({
    code: "custom",
    message: `must have exactly one of ${names.join(", ")}; ${found}`,
  });
}

function outside(
  dimension: Dimension,
  value: number,
  { above, atLeast, atMost }: Limits,
): string | undefined {
  const bound = (text: string) => readQuantity(dimension, text).value ?? Number.NaN;
  if (above !== undefined && value <= bound(above)) return `must be above ${above}`;
  if (atLeast !== undefined && value < bound(atLeast)) return `must be at least ${atLeast}`;
  if (atMost !== undefined && value > bound(atMost)) return `must be at most ${atMost}`;
  return undefined;
}

function wrongType(dimension: Dimension, input: unknown): string {
  const written = `${article[dimension]} as in ${examples[dimension].join(", ")}`;
  if (input === undefined) return `Write ${written}`;
  if (typeof input === "number" && Number.isFinite(input)) {
    return `lacks its unit: write ${written}, not ${input}`;
  }
  return `must be ${written}, and is ${show(input)}`;
}
