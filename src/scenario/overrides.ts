import { nearest } from "../core/nearest.ts";
import { at, formatPath, isClassList, type Path, type Problem } from "./issues.ts";
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

/** Classes and members of mixes, by name or all of them (`*`), turned into indexes. */
function expand(root: unknown, keys: readonly (string | number)[]): Expanded[] {
  const classes = expandIn(root, [], keys.slice(0, 2));
  return classes.flatMap((one) => {
    if (!("keys" in one)) return [one];
    const rest = keys.slice(2);
    if (rest[0] !== "mix") return [{ keys: [...one.keys, ...rest] }];
    return expandIn(root, one.keys, rest.slice(0, 2)).map((member) =>
      "keys" in member ? { keys: [...member.keys, ...rest.slice(2)] } : member,
    );
  });
}

/** `[list, name]` below `above`, where `list` has classes. */
function expandIn(
  root: unknown,
  above: Path,
  [list, name]: readonly (string | number)[],
): Expanded[] {
  const path = [...above, list as string];
  if (name === undefined) return [{ keys: path }];
  const classes = at(root, path);
  if (!isClassList(path) || !Array.isArray(classes)) return [{ keys: [...path, name] }];
  if (name === "*") return classes.map((_, index) => ({ keys: [...path, index] }));
  const where = formatPath(path, root);
  if (typeof name === "number") {
    if (name < classes.length) return [{ keys: [...path, name] }];
    return [
      {
        message: `there is no ${where}[${name}]`,
        hint: `The last is ${where}[${classes.length - 1}]`,
      },
    ];
  }
  const names = classes.map((one) => String(at(one, ["class"])));
  const index = names.indexOf(name);
  if (index >= 0) return [{ keys: [...path, index] }];
  return [{ message: `there is no class "${name}"`, hint: classHint(name, names, classes) }];
}

/** The class that was probably meant, which may be a member of another's mix. */
function classHint(name: string, names: readonly string[], classes: readonly unknown[]): string {
  const holder = classes.findIndex((one) => {
    const mix = at(one, ["mix"]);
    return Array.isArray(mix) && mix.some((member) => at(member, ["class"]) === name);
  });
  if (holder >= 0) return `Write ${names[holder]}.mix.${name}`;
  const near = nearest(name, names);
  if (near !== undefined) return `Did you mean "${near}"?`;
  return `Classes: ${names.join(", ")}; or * for all of them`;
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
