import { nearest } from "../core/nearest.ts";
import { at, formatPath, type Path, type Problem } from "./issues.ts";
import { keysAt } from "./known-keys.ts";
import { readSource } from "./source.ts";

/** A problem of an override, as given. */
export interface OverrideProblem extends Problem {
  readonly override: string;
}

/** A scenario with its overrides put in, and which paths come from which. */
export interface Overridden {
  readonly value: unknown;
  readonly origins: readonly { readonly path: Path; readonly override: string }[];
  readonly problems: readonly OverrideProblem[];
}

/** Puts "peers.dsl.count=100" and the like into the tree `root`, which is left as it is. */
export function applyOverrides(root: unknown, overrides: readonly string[]): Overridden {
  let value = root;
  const origins: { path: Path; override: string }[] = [];
  const problems: OverrideProblem[] = [];
  for (const override of overrides) {
    const result = applyOne(value, override);
    problems.push(...result.problems.map((problem) => ({ ...problem, override })));
    value = result.value;
    origins.push(...result.paths.map((path) => ({ path, override })));
  }
  return { value, origins, problems };
}

interface Applied {
  readonly value: unknown;
  readonly paths: readonly Path[];
  readonly problems: readonly Problem[];
}

function applyOne(root: unknown, override: string): Applied {
  const failed = (problem: Omit<Problem, "path">): Applied => ({
    value: root,
    paths: [],
    problems: [{ path: [], ...problem }],
  });
  const split = override.indexOf("=");
  if (split < 1) {
    return failed({
      message: "is not of the form path=value",
      hint: "Write it as in peers.dsl.count=100",
    });
  }
  const keys = readPath(override.slice(0, split).trim());
  if (keys === undefined) {
    return failed({
      message: "has a path that cannot be read",
      hint: "Write it as in peers.dsl.upload or peers[0].upload",
    });
  }
  if (keys.includes("__proto__")) return failed({ message: "__proto__ cannot be a key" });
  const { value: given, errors } = readSource(override.slice(split + 1));
  const [error] = errors;
  if (error !== undefined) {
    return failed({
      message: `has a value that cannot be read: ${error.message}`,
      hint: error.hint,
    });
  }

  let value = root;
  const paths: Path[] = [];
  for (const path of expand(root, keys)) {
    if ("message" in path) return failed(path);
    const blocked = obstacle(value, path.keys);
    if (blocked !== undefined) return failed(blocked);
    value = replace(value, path.keys, given);
    paths.push(path.keys);
  }
  return { value, paths, problems: [] };
}

/** "peers[0].arrive.trace[2]" in parts, or undefined. */
function readPath(text: string): (string | number)[] | undefined {
  const keys: (string | number)[] = [];
  if (!/^[^.[\]]+(\.[^.[\]]+|\[\d+\])*$/.test(text)) return undefined;
  for (const part of text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)) {
    keys.push(part[1] === undefined ? (part[2] as string) : Number(part[1]));
  }
  return keys;
}

type Expanded = { readonly keys: Path } | Omit<Problem, "path">;

/** Classes by name or all of them (`*`) turned into indexes. */
function expand(root: unknown, keys: readonly (string | number)[]): Expanded[] {
  const [first, name, ...rest] = keys;
  const peers = at(root, ["peers"]);
  if (first !== "peers" || name === undefined || !Array.isArray(peers)) return [{ keys }];
  if (name === "*") return peers.map((_, index) => ({ keys: ["peers", index, ...rest] }));
  if (typeof name === "number") {
    if (name < peers.length) return [{ keys }];
    return [
      { message: `there is no peers[${name}]`, hint: `The last is peers[${peers.length - 1}]` },
    ];
  }
  const names = peers.map((one) => String(at(one, ["class"])));
  const index = names.indexOf(name);
  if (index >= 0) return [{ keys: ["peers", index, ...rest] }];
  const near = nearest(name, names);
  return [
    {
      message: `there is no class "${name}"`,
      hint:
        near === undefined
          ? `Classes: ${names.join(", ")}; or * for all of them`
          : `Did you mean "${near}"?`,
    },
  ];
}

/** What stands in the way of `path`: a value without keys. */
function obstacle(root: unknown, path: Path): Omit<Problem, "path"> | undefined {
  for (let depth = 1; depth < path.length; depth++) {
    const above = path.slice(0, depth);
    const value = at(root, above);
    if (value === undefined || value === null) {
      const known = keysAt(above.slice(0, -1));
      const key = String(above.at(-1));
      if (typeof path[depth] === "string" && known.includes(key)) continue;
      const near = known.includes(key) ? undefined : nearest(key, known);
      return {
        message: `${formatPath(above, root)} is not in the scenario`,
        hint: near === undefined ? undefined : `Did you mean "${near}"?`,
      };
    }
    const key = path[depth] as string | number;
    const where = formatPath(above, root);
    if (typeof value !== "object") {
      return {
        message: `${where} is ${JSON.stringify(value)}, which has no "${key}"`,
        hint: `Set the whole of it: ${where}={ … }`,
      };
    }
    if (Array.isArray(value) && (typeof key !== "number" || key >= value.length)) {
      return {
        message: `${where} is a list without "${key}"`,
        hint: `Write ${where}[0] to [${value.length - 1}]`,
      };
    }
  }
  return undefined;
}

/** A copy of `root` with `value` at `path`; what is not on the path is shared. */
function replace(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(root)) {
    return root.map((one: unknown, index) => (index === key ? replace(one, rest, value) : one));
  }
  const object = (root ?? {}) as Record<string, unknown>;
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  return { ...object, [key]: replace(inner, rest, value) };
}
