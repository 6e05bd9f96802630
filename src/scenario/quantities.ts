import * as z from "zod";
import { nearest } from "../core/nearest.ts";
import { type Reading, readQuantity } from "./read-quantity.ts";
import { show } from "./show.ts";
import { article, type Dimension, examples, patternOf, what } from "./units.ts";

/** Bounds of a quantity, as people write them. */
export interface Limits {
  readonly above?: string;
  readonly atLeast?: string;
  readonly atMost?: string;
  /** Whether there may be no bound at all: the word "unlimited", which is Infinity inside. */
  readonly orUnlimited?: boolean;
}

const UNLIMITED = "unlimited";

/** Quantities of a kind. */
export interface Range {
  readonly dimension: Dimension;
  readonly limits: Limits;
}

/** A schema of text with a unit, whose output is the number inside. */
export type QuantitySchema = z.ZodType<number, string>;

/** Text such as "10 Mbit/s", read within `limits`. */
export function quantity(dimension: Dimension, limits: Limits = {}): QuantitySchema {
  const example = examples[dimension].join(", ");
  const { orUnlimited = false } = limits;
  const pattern = patternOf(dimension);
  return z
    .string({ error: ({ input }) => wrongType(dimension, input) })
    .transform((text, context) => {
      const reading = readWithin({ dimension, limits }, text);
      if (reading.problem === undefined) return reading.value;
      const { problem: message, hint } = reading;
      context.addIssue({ code: "custom", message, params: { hint } });
      return z.NEVER;
    })
    .meta({
      pattern: orUnlimited ? `${pattern}|^ *${UNLIMITED} *$` : pattern,
      description: `A ${what[dimension]} with its unit: ${example}${orUnlimited ? `, or ${UNLIMITED}` : ""}.`,
    });
}

/** The number inside of a text such as "10 Mbit/s", or what is wrong with it. */
export function readWithin({ dimension, limits }: Range, text: string): Reading {
  const isUnlimited = text.trim() === UNLIMITED;
  if (isUnlimited && limits.orUnlimited === true) return { value: Number.POSITIVE_INFINITY };
  if (isUnlimited && dimension === "rate") {
    return {
      problem: `"${UNLIMITED}" is for a download alone, or one of its values`,
      hint: `Write a rate as in ${examples.rate.join(", ")}`,
    };
  }
  const reading = readQuantity(dimension, text);
  if (reading.problem !== undefined) {
    const isMeant = limits.orUnlimited === true && nearest(text, [UNLIMITED]) !== undefined;
    return isMeant ? { ...reading, hint: `Did you mean "${UNLIMITED}"?` } : reading;
  }
  const problem = outside({ dimension, limits }, reading.value);
  if (problem === undefined) return reading;
  const hint = `Write ${article[dimension]} as in ${examples[dimension].join(", ")}`;
  return { problem: `"${text}" ${problem}`, hint };
}

/** A size in whole bytes. */
export function wholeSize(limits: Limits): z.ZodType<number, string> {
  return quantity("size", { atMost: "1000 TiB", ...limits }).refine(Number.isSafeInteger, {
    error: "must be a whole number of bytes",
  });
}

/** Link capacities: above 0, at most 1 Tbit/s. */
export const capacities: Range = {
  dimension: "rate",
  limits: { above: "0 bit/s", atMost: "1 Tbit/s" },
};
/** Capacities of downlinks, which may be no limit. */
export const unlimitedCapacities: Range = {
  ...capacities,
  limits: { ...capacities.limits, orUnlimited: true },
};
/** One-way delays. */
export const delays: Range = { dimension: "duration", limits: { atMost: "60 s" } };
export const durations: Range = { dimension: "duration", limits: { atMost: "3650 d" } };
export const positiveDurations: Range = {
  dimension: "duration",
  limits: { above: "0 s", atMost: "3650 d" },
};
export const delay = quantity(delays.dimension, delays.limits);
export const duration = quantity(durations.dimension, durations.limits);
export const positiveDuration = quantity(positiveDurations.dimension, positiveDurations.limits);

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

/** What a value breaks of the limits, or undefined. */
export function outside({ dimension, limits }: Range, value: number): string | undefined {
  const { above, atLeast, atMost, orUnlimited } = limits;
  const bound = (text: string) => readQuantity(dimension, text).value ?? Number.NaN;
  if (orUnlimited === true && value === Number.POSITIVE_INFINITY) return undefined;
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
