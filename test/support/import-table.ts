/** What the files of a folder of `src` may import. */
export interface FolderRule {
  /** Folders, and single files where a whole folder would be too much. */
  readonly imports: readonly string[];
  /** Packages; "node:" stands for all built-ins of Node, "import()" for modules that a user names. */
  readonly packages: readonly string[];
  /** No clock, chance, timer, file, process or promise of its own: runs in a browser worker too. */
  readonly isPure: boolean;
}

/**
 * Who may import whom. A new arrow is a decision: it changes this table and the one in docs/architecture.md, in the commit
 * that needs it. A folder may always import from itself.
 */
export const importTable: Readonly<Record<string, FolderRule>> = {
  core: { imports: [], packages: [], isPure: true },
  theory: { imports: ["core"], packages: [], isPure: true },
  chance: { imports: ["core"], packages: ["seedrandom"], isPure: true },
  torrent: { imports: ["core"], packages: [], isPure: true },
  wire: { imports: ["core"], packages: [], isPure: true },
  tracker: { imports: ["core"], packages: [], isPure: true },
  engine: { imports: ["core", "wire/handshake", "wire/messages"], packages: [], isPure: true },
  strategies: {
    imports: [
      "core",
      "engine/choker",
      "engine/picker",
      "engine/profiles",
      "engine/settings",
      "engine/slots",
    ],
    packages: [],
    isPure: true,
  },
  metrics: {
    imports: ["core", "theory/kumar-ross-2006", "engine/choker", "engine/observer"],
    packages: [],
    isPure: true,
  },
  scenario: {
    imports: ["core", "engine/profiles", "engine/settings", "theory/capacities"],
    packages: ["yaml", "zod"],
    isPure: true,
  },
  workload: {
    imports: ["core", "chance", "tracker/settings", "metrics", "scenario"],
    packages: [],
    isPure: true,
  },
  sim: {
    imports: [
      "core",
      "chance",
      "wire",
      "tracker",
      "engine",
      "strategies",
      "metrics",
      "scenario",
      "workload",
    ],
    packages: [],
    isPure: true,
  },
  live: {
    imports: [
      "core",
      "chance",
      "torrent",
      "wire",
      "tracker",
      "engine",
      "strategies/create",
      "strategies/guarded-calls",
      "strategies/registry",
      "metrics",
      "scenario/scenario",
      "workload",
    ],
    packages: ["node:"],
    isPure: false,
  },
  compare: { imports: ["core", "metrics"], packages: ["seedrandom"], isPure: true },
  experiments: { imports: ["core", "theory", "metrics", "compare"], packages: [], isPure: true },
  report: {
    imports: ["core", "metrics", "compare", "experiments/experiment", "experiments/figure"],
    packages: ["@resvg/resvg-js", "node:url", "vega", "vega-lite"],
    isPure: false,
  },
  notebook: {
    imports: ["report/chart", "report/font-files", "report/png", "report/render", "report/theme"],
    packages: ["esbuild", "node:"],
    isPure: false,
  },
  cli: {
    imports: [
      "core",
      "engine/profiles",
      "strategies",
      "metrics",
      "scenario",
      "sim",
      "torrent",
      "live",
      "compare",
      "experiments",
      "report",
    ],
    packages: ["cli-progress", "commander", "esbuild", "piscina", "node:", "import()"],
    isPure: false,
  },
};

/** `src/index.ts`, the library: it hands on what the pure folders export. */
export const libraryRule: FolderRule = {
  imports: Object.keys(importTable).filter((folder) => importTable[folder]?.isPure),
  packages: [],
  isPure: true,
};

export const pureFolders: readonly string[] = libraryRule.imports;
