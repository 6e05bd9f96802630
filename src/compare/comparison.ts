import type { RunResult } from "../metrics/results.ts";
import { type Measures, measureKeys, measuresOf } from "./measures.ts";
import { figuresOf, type RunFigures } from "./run-figures.ts";
import { type SpeedUp, speedUp } from "./speed-up.ts";

/** The group of every leecher of a run. No class can be called so. */
export const allLeechers = "all leechers";

/** The runs of one variant, a seed each, in the same order of seeds in all variants. */
export interface ComparedVariant {
  readonly name: string;
  readonly runs: readonly RunFigures[];
}

/** A group of peers in the runs of one variant. */
export interface GroupResult {
  /** Name of a class, or `allLeechers`. */
  readonly group: string;
  readonly role: "all" | "leecher" | "seeder";
  readonly perSeed: readonly Measures[];
  /** Of each measure over the seeds that have it. */
  readonly mean: Measures;
  /** Median completion time against the first variant's; null for that itself, and where no seed has both. */
  readonly speedUp: SpeedUp | null;
}

export interface VariantResult {
  readonly name: string;
  /** All leechers, then each class of leechers, then each of seeders, in the scenario's order; the same in all variants. */
  readonly groups: readonly GroupResult[];
}

export interface Comparison {
  readonly seeds: readonly string[];
  readonly variants: readonly VariantResult[];
}

/** Compares the results of runs: per variant one for each seed, the same seeds in the same order. */
export function compareRuns(
  variants: readonly { readonly name: string; readonly runs: readonly RunResult[] }[],
): Comparison {
  return compare(variants.map(({ name, runs }) => ({ name, runs: runs.map(figuresOf) })));
}

/** Compares variants. The first is what the others are measured against. */
export function compare(variants: readonly ComparedVariant[]): Comparison {
  const [first] = variants;
  const groups = groupsOf(variants);
  const measured = variants.map(({ name, runs }) => {
    const own = groups.map(({ group, role }) => {
      return runs.map((run) => measuresOf(run, role === "all" ? undefined : group));
    });
    return { name, own };
  });
  const results = measured.map(({ name, own }, at): VariantResult => {
    return {
      name,
      groups: groups.map(({ group, role }, index) => {
        const perSeed = own[index] ?? [];
        const reference = measured[0]?.own[index] ?? [];
        return {
          group,
          role,
          perSeed,
          mean: meanOf(perSeed),
          speedUp: at === 0 ? null : speedUp(medians(reference), medians(perSeed)),
        };
      }),
    };
  });
  return { seeds: first?.runs.map(({ seed }) => seed) ?? [], variants: results };
}

/** A variant may have classes that others lack. */
function groupsOf(variants: readonly ComparedVariant[]): Pick<GroupResult, "group" | "role">[] {
  const classes = variants.flatMap(({ runs }) => runs.flatMap((run) => run.classes));
  const named = (role: "leecher" | "seeder") => {
    const names = new Set(classes.filter((one) => one.role === role).map(({ name }) => name));
    return [...names].map((group) => ({ group, role }));
  };
  const leechers = named("leecher");
  const seeders = named("seeder").filter(
    ({ group }) => !leechers.some((one) => one.group === group),
  );
  return variants.length === 0
    ? []
    : [{ group: allLeechers, role: "all" }, ...leechers, ...seeders];
}

function medians(perSeed: readonly Measures[]): (number | null)[] {
  return perSeed.map(({ medianSeconds }) => medianSeconds);
}

function meanOf(perSeed: readonly Measures[]): Measures {
  const entries = measureKeys.map((key) => {
    const values = perSeed.map((one) => one[key]).filter((value) => value !== null);
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    return [key, values.length === 0 ? null : mean];
  });
  return Object.fromEntries(entries) as unknown as Measures;
}
