import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildFailure } from "esbuild";
import { describeError } from "../strategies/describe.ts";
import {
  type ChokerDefinition,
  isStrategyPath,
  type PickerDefinition,
  type Strategies,
} from "../strategies/registry.ts";
import { StrategyError } from "../strategies/strategy-error.ts";
import { type Exports, strategyOf } from "./strategy-exports.ts";

/** What a scenario names of strategies. */
export interface StrategyNames {
  readonly peers: readonly {
    readonly choker?: { readonly name: string };
    readonly seedChoker?: { readonly name: string } | undefined;
    readonly picker?: { readonly name: string };
  }[];
}

/**
 * `strategies` and the users' modules that `scenario` names by path, each under the path as written. Paths are relative to
 * `folder`, the scenario file's. A module that cannot be loaded or exports no strategy is a StrategyError.
 */
export async function loadStrategies(
  strategies: Strategies,
  scenario: StrategyNames,
  folder: string,
): Promise<Strategies> {
  const chokers = new Map(strategies.chokers);
  const pickers = new Map(strategies.pickers);
  for (const { choker, seedChoker, picker } of scenario.peers) {
    for (const name of [choker?.name, seedChoker?.name]) {
      if (name === undefined || !isStrategyPath(name) || chokers.has(name)) continue;
      chokers.set(name, await loadChoker(name, folder));
    }
    const name = picker?.name;
    if (name === undefined || !isStrategyPath(name) || pickers.has(name)) continue;
    pickers.set(name, await loadPicker(name, folder));
  }
  return { chokers, pickers };
}

/** The choker that the module at `path` exports. */
export async function loadChoker(path: string, folder: string): Promise<ChokerDefinition> {
  const file = resolve(folder, path);
  return strategyOf("choker", await load(file), file, nameOf(file));
}

/** The picker that the module at `path` exports. */
export async function loadPicker(path: string, folder: string): Promise<PickerDefinition> {
  const file = resolve(folder, path);
  return strategyOf("picker", await load(file), file, nameOf(file));
}

function nameOf(file: string): string {
  return basename(file, extname(file));
}

/** Bundles the module with what it imports, TypeScript or JavaScript, and runs it. */
async function load(file: string): Promise<Exports> {
  await access(file).catch((cause: unknown) => {
    throw new StrategyError(`There is no strategy module at ${file}.`, { cause });
  });
  const folder = await mkdtemp(join(tmpdir(), "swarmlab-"));
  try {
    const target = join(folder, `${nameOf(file)}.mjs`);
    await writeFile(target, await bundle(file, target));
    process.setSourceMapsEnabled(true); // so that errors name the user's own lines
    return await run(file, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(file: string, target: string): Promise<Exports> {
  try {
    return (await import(pathToFileURL(target).href)) as Exports;
  } catch (cause) {
    throw new StrategyError(`${file} could not be loaded. It threw ${describeError(cause)}`, {
      cause,
    });
  }
}

async function bundle(file: string, target: string): Promise<string> {
  const { build } = await import("esbuild"); // most scenarios do without it
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      outfile: target,
      write: false,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      sourcemap: "inline",
      sourcesContent: false,
      logLevel: "silent",
      plugins: [
        {
          name: "swarmlab",
          setup: (esbuild) => esbuild.onResolve({ filter: /^swarmlab$/ }, ownIndex),
        },
      ],
    });
    return outputFiles[0]?.text ?? "";
  } catch (cause) {
    throw new StrategyError(syntaxErrors(file, cause as BuildFailure), { cause });
  }
}

/** A module of a user's imports the library that runs it, and not another copy. */
function ownIndex(): { path: string; external: boolean } {
  const index = import.meta.url.endsWith(".ts") ? "../index.ts" : "../index.js";
  return { path: new URL(index, import.meta.url).href, external: true };
}

/** esbuild's errors, one a line, as "file:line:column: text". */
function syntaxErrors(file: string, failure: BuildFailure): string {
  const errors = (failure.errors ?? []).map(({ text, location }) => {
    if (location === null) return text;
    return `${resolve(location.file)}:${location.line}:${location.column + 1}: ${text}`;
  });
  if (errors.length === 0) return `${file} could not be loaded: ${failure.message}`;
  return `${file} could not be loaded:\n  ${errors.join("\n  ")}`;
}
