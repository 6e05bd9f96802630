import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, resolve } from "node:path";
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

/** A user's module with all that it imports, so that another thread can run the very same. Plain data. */
export interface StrategyModule {
  readonly kind: "choker" | "picker";
  /** As the scenario names it. */
  readonly name: string;
  /** Its whole path, for messages. */
  readonly file: string;
  /** JavaScript, bundled; what it imports from the library is from `libraryImport`. */
  readonly code: string;
}

/** Strategies, those of users among them, and the modules that the latter came from. */
export interface LoadedStrategies extends Strategies {
  readonly modules: readonly StrategyModule[];
}

/** What stands in a bundle for the library until it is known which thread runs it. */
const libraryImport = "swarmlab:library";

/**
 * `strategies` and the users' modules that `scenario` names by path, each under the path as written. Paths are relative to
 * `folder`, the scenario file's. A module that cannot be loaded or exports no strategy is a StrategyError.
 */
export async function loadStrategies(
  strategies: Strategies | LoadedStrategies,
  scenario: StrategyNames,
  folder: string,
): Promise<LoadedStrategies> {
  let loaded: LoadedStrategies = { modules: [], ...strategies };
  for (const { choker, seedChoker, picker } of scenario.peers) {
    const named = { choker: [choker?.name, seedChoker?.name], picker: [picker?.name] } as const;
    for (const kind of ["choker", "picker"] as const) {
      for (const name of named[kind]) {
        if (name === undefined || !isStrategyPath(name) || loaded[`${kind}s`].has(name)) continue;
        loaded = await withModule(loaded, await bundledModule(kind, name, folder));
      }
    }
  }
  return loaded;
}

/** `strategies` and those of `modules`, which another thread has bundled. */
export async function strategiesWith(
  strategies: Strategies,
  modules: readonly StrategyModule[],
): Promise<Strategies> {
  let loaded: LoadedStrategies = { modules: [], ...strategies };
  for (const module of modules) loaded = await withModule(loaded, module);
  return loaded;
}

/** The choker that the module at `path` exports. */
export async function loadChoker(path: string, folder: string): Promise<ChokerDefinition> {
  return chokerOf(await bundledModule("choker", path, folder));
}

/** The picker that the module at `path` exports. */
export async function loadPicker(path: string, folder: string): Promise<PickerDefinition> {
  return pickerOf(await bundledModule("picker", path, folder));
}

async function withModule(
  { chokers, pickers, modules }: LoadedStrategies,
  module: StrategyModule,
): Promise<LoadedStrategies> {
  const added = [...modules, module];
  if (module.kind === "choker") {
    const definition = await chokerOf(module);
    return { chokers: new Map(chokers).set(module.name, definition), pickers, modules: added };
  }
  const definition = await pickerOf(module);
  return { chokers, pickers: new Map(pickers).set(module.name, definition), modules: added };
}

async function chokerOf(module: StrategyModule): Promise<ChokerDefinition> {
  return strategyOf("choker", await exportsOf(module), module.file, nameOf(module.file));
}

async function pickerOf(module: StrategyModule): Promise<PickerDefinition> {
  return strategyOf("picker", await exportsOf(module), module.file, nameOf(module.file));
}

function nameOf(file: string): string {
  return basename(file, extname(file));
}

/** The module, TypeScript or JavaScript, with what it imports. */
async function bundledModule(
  kind: StrategyModule["kind"],
  name: string,
  folder: string,
): Promise<StrategyModule> {
  const file = resolve(folder, name);
  await access(file).catch((cause: unknown) => {
    throw new StrategyError(`There is no strategy module at ${file}.`, { cause });
  });
  return { kind, name, file, code: await bundle(file) };
}

/** Runs a bundled module. Each time is a new one: what it remembers outside of its strategies is forgotten. */
async function exportsOf({ file, code }: StrategyModule): Promise<Exports> {
  const folder = await mkdtemp(join(tmpdir(), "swarmlab-"));
  try {
    const target = join(folder, `${nameOf(file)}.mjs`);
    await writeFile(target, code.replaceAll(`"${libraryImport}"`, `"${ownIndex()}"`));
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

async function bundle(file: string): Promise<string> {
  const { build } = await import("esbuild"); // most scenarios do without it
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      absWorkingDir: dirname(file),
      outfile: `${nameOf(file)}.mjs`,
      sourceRoot: `${pathToFileURL(dirname(file)).href}/`,
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
          setup: (esbuild) =>
            esbuild.onResolve({ filter: /^swarmlab$/ }, () => {
              return { path: libraryImport, external: true };
            }),
        },
      ],
    });
    return outputFiles[0]?.text ?? "";
  } catch (cause) {
    throw new StrategyError(syntaxErrors(file, cause as BuildFailure), { cause });
  }
}

/** A module of a user's imports the library that runs it, and not another copy. */
function ownIndex(): string {
  const index = import.meta.url.endsWith(".ts") ? "../index.ts" : "../index.js";
  return new URL(index, import.meta.url).href;
}

/** esbuild's errors, one a line, as "file:line:column: text". */
function syntaxErrors(file: string, failure: BuildFailure): string {
  const errors = (failure.errors ?? []).map(({ text, location }) => {
    if (location === null) return text;
    return `${resolve(dirname(file), location.file)}:${location.line}:${location.column + 1}: ${text}`;
  });
  if (errors.length === 0) return `${file} could not be loaded: ${failure.message}`;
  return `${file} could not be loaded:\n  ${errors.join("\n  ")}`;
}
