import { createHash } from "node:crypto";
import { formatIssue, ScenarioError } from "../../scenario/issues.ts";
import type { PeerClass, Scenario } from "../../scenario/scenario.ts";
import { InputError } from "../exit-codes.ts";
import { type LoadedScenario, loadScenario, resolvedText } from "../load-scenario.ts";
import type { Cell } from "../simulation-worker.ts";
import { expectLive } from "../swarm/live-places.ts";
import { version } from "../version.ts";
import { cellFormat } from "./cell-file.ts";
import type { Variant } from "./variants.ts";

/** One run of a comparison. */
export interface PlannedCell {
  /** Index of its variant. */
  readonly variant: number;
  readonly seed: string;
  /** What its file is called: the same for the same run with the same version, and for no other. */
  readonly id: string;
  readonly cell: Cell;
}

export interface Plan {
  /** Name and description of the scenario. */
  readonly scenario: string;
  readonly description: string;
  readonly seeds: readonly string[];
  readonly variants: readonly Variant[];
  /** Variant by variant, seed by seed. */
  readonly cells: readonly PlannedCell[];
}

/** Reads the scenario in each variant. Whatever is wrong with one is an error before anything runs. */
export async function planOf(
  file: string,
  set: readonly string[],
  variants: readonly Variant[],
  seedCount: number,
): Promise<Plan> {
  const loaded: LoadedScenario[] = [];
  for (const variant of variants) {
    loaded.push(await loadVariant(file, set, variant));
  }
  const [first] = loaded;
  if (first === undefined) throw new InputError("There is no variant.");
  const { name, description, seed } = first.scenario;
  const seeds = seedsFrom(seed, seedCount);
  const cells = loaded.flatMap((one, variant) =>
    seeds.map((own) => {
      const isLive = variants[variant]?.isLive === true;
      return { variant, seed: own, ...cellOf(one, own, isLive) };
    }),
  );
  return { scenario: name, description, seeds, variants, cells };
}

async function loadVariant(
  file: string,
  set: readonly string[],
  { overrides, origins }: Variant,
): Promise<LoadedScenario> {
  try {
    return await loadScenario(file, [...set, ...overrides]);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const lines = error.issues.map((issue) => {
      const origin = issue.override === undefined ? undefined : origins.get(issue.override);
      // The user wrote no --set for it.
      return formatIssue(
        origin === undefined ? issue : { ...issue, override: undefined, file: origin },
      );
    });
    throw new InputError([...new Set(lines)].join("\n"), { cause: error });
  }
}

function cellOf(
  { scenario, strategies, folder }: LoadedScenario,
  seed: string,
  isLive: boolean,
): Pick<PlannedCell, "id" | "cell"> {
  const seeded: Scenario = { ...scenario, seed };
  if (isLive) expectLive(seeded);
  const { modules } = strategies;
  const hash = createHash("sha256");
  const parts = [version(), String(cellFormat), resolvedText(seeded, folder)];
  for (const { kind, name, code } of modules) parts.push(kind, name, code);
  if (isLive) parts.push("live");
  hash.update(JSON.stringify(parts));
  return {
    id: hash.digest("hex").slice(0, 20),
    cell: { scenario: seeded, modules, ...(isLive ? { live: { directory: null } } : {}) },
  };
}

/** The first seed and those after it: 7, 8, 9; of a word, `word`, `word-2`, `word-3`. */
export function seedsFrom(first: string, count: number): string[] {
  const isNumber = /^-?(0|[1-9]\d{0,14})$/.test(first);
  return Array.from({ length: count }, (_, at) => {
    if (at === 0) return first;
    return isNumber ? String(Number(first) + at) : `${first}-${at + 1}`;
  });
}

/** Where overrides find the classes of these names, or all classes of leechers when there are none: `peers.dsl`. */
export function classPaths({ peers }: Scenario, names: readonly string[]): string[] {
  const chosen = names.length === 0 ? peers.filter(({ role }) => role === "leecher") : [];
  for (const name of names) {
    const own = peers.filter((one) => one.name === name || one.mix?.population === name);
    if (own.length === 0) {
      const known = peers.map((one) => one.name).join(", ");
      throw new InputError(`--for ${name}: there is no class "${name}". Classes: ${known}.`);
    }
    chosen.push(...own);
  }
  return [...new Set(chosen.map(pathOf))];
}

function pathOf({ name, mix }: PeerClass): string {
  return mix === undefined ? `peers.${name}` : `peers.${mix.population}.mix.${name}`;
}
