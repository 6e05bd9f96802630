import * as z from "zod";
import { capacityPresets, namesOf } from "./presets.ts";
import { exactlyOne, outside, quantity, type Range } from "./quantities.ts";
import { scaled, valuesOf } from "./scaled.ts";
import type { Distribution } from "./scenario.ts";
import { mustBe } from "./show.ts";

/** A distribution whose points are in a file. */
export interface DistributionFile {
  readonly kind: "file";
  readonly path: string;
  readonly interpolation: Interpolation;
  readonly scale: number;
  readonly range: Range;
}

/** A distribution as the file has it. */
export type DistributionInput = Distribution | DistributionFile;

type Interpolation = (Distribution & { kind: "table" })["interpolation"];

/** Factors beyond these are slips. */
export const scale = z.number().positive().max(1_000_000);

/** One value for all, or a distribution that each peer's value is drawn from. */
export function distribution(range: Range, about: string): z.ZodType<DistributionInput> {
  const isRate = range.dimension === "rate";
  const any = quantity(range.dimension, range.limits);
  // There is nothing between a capacity and none.
  const value = quantity(range.dimension, { ...range.limits, orUnlimited: false });
  const kinds = {
    uniform: z
      .tuple([value, value], { error: mustBe("a list of two values") })
      .meta({ description: "Uniform between the two." })
      .optional(),
    values: z
      .array(
        z.union([
          any.transform((one) => ({ value: one, weight: 1 })),
          z.strictObject({
            value: any,
            weight: z.number().positive().meta({ description: "Relative frequency." }),
          }),
        ]),
      )
      .min(1)
      .meta({ description: "One of these values, equally often or by `weight`." })
      .optional(),
    table: z
      .array(z.tuple([z.number().min(0).max(1), value]))
      .min(2)
      .meta({
        description:
          "Points [share, value] of a cumulative distribution; the last share is 1. What is between them: interpolation.",
      })
      .optional(),
    file: z
      .string()
      .min(1)
      .meta({ description: "Path of a file with such points: value, share on each line." })
      .optional(),
    // Some capacities would be next to nothing.
    ...(isRate
      ? {
          preset: z
            .enum(namesOf(capacityPresets))
            .meta({ description: "Capacities that were measured and published." })
            .optional(),
        }
      : {
          exponential: value.meta({ description: "Exponential with this mean." }).optional(),
        }),
  };
  const names = Object.keys(kinds);
  const shapes = z.strictObject({
    ...kinds,
    interpolation: z.enum(["linear", "logarithmic"]).optional().meta({
      description:
        "For table and file: between two points the value itself is linear (if not given), or its logarithm is.",
    }),
    scale: scale
      .optional()
      .meta({ description: "What is drawn is multiplied by this. 1 if not given." }),
  });
  return z
    .union(
      [
        any.transform((one): DistributionInput => ({ kind: "constant", value: one })),
        shapes
          .superRefine((shape, context) => checkShape(shape as Shapes, names, range, context))
          .transform((shape) => toDistribution(shape as Shapes, range))
          .meta({ oneOf: names.map((name) => ({ required: [name] })) }),
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
  readonly file?: string | undefined;
  readonly preset?: keyof typeof capacityPresets | undefined;
  readonly interpolation?: Interpolation | undefined;
  readonly scale?: number | undefined;
}

function toDistribution(shape: Shapes, range: Range): DistributionInput {
  const { file, interpolation = "linear", scale: factor = 1 } = shape;
  if (file !== undefined) return { kind: "file", path: file, interpolation, scale: factor, range };
  return scaled(unscaled(shape), factor);
}

function unscaled({ uniform, exponential, values, table, preset, ...rest }: Shapes): Distribution {
  if (uniform !== undefined) return { kind: "uniform", min: uniform[0], max: uniform[1] };
  if (exponential !== undefined) return { kind: "exponential", mean: exponential };
  if (values !== undefined) return { kind: "values", values };
  if (preset !== undefined) return capacityPresets[preset];
  const points = (table ?? []).map(([cdf, value]) => ({ cdf, value }));
  return { kind: "table", points, interpolation: rest.interpolation ?? "linear" };
}

function checkShape(
  shape: Shapes,
  names: readonly string[],
  range: Range,
  context: z.RefinementCtx,
): void {
  const complain = (path: (string | number)[], message: string) => {
    context.addIssue({ code: "custom", path, message });
  };
  exactlyOne(shape, names, context);
  const { uniform, table, file, interpolation, scale: factor } = shape;
  if (uniform !== undefined && uniform[0] > uniform[1]) {
    complain(["uniform"], "must have the smaller value first");
  }
  if (interpolation !== undefined && table === undefined && file === undefined) {
    complain(["interpolation"], "goes with table and file only");
  }
  if (table !== undefined) {
    const problem = problemOfPoints(table, interpolation);
    if (problem !== undefined) complain(["table", problem.at], problem.message);
  }
  if (factor === undefined || !(factor > 0) || file !== undefined) return;
  const wrong = valuesOf(scaled(unscaled(shape), factor)).find((one) => outside(range, one));
  if (wrong !== undefined)
    complain(["scale"], `takes a value out of bounds: it ${outside(range, wrong)}`);
}

/** What is wrong with the points [share, value] of a cumulative distribution: the first that is, by its index. */
export function problemOfPoints(
  points: readonly (readonly [number, number])[],
  interpolation: Interpolation | undefined,
): { readonly at: number; readonly message: string } | undefined {
  for (const [at, [share, value]] of points.entries()) {
    const before = points[at - 1];
    if (before !== undefined && (share < before[0] || value < before[1])) {
      const message = "must not be smaller than the point before, neither in share nor in value";
      return { at, message };
    }
    if (interpolation === "logarithmic" && value === 0) {
      return { at, message: "must not be 0, which has no logarithm" };
    }
  }
  const last = points.length - 1;
  if (points[last]?.[0] === 1) return undefined;
  return { at: last, message: "must have share 1, being the last point" };
}
