import type * as z from "zod";
import { nearest } from "../core/nearest.ts";
import type { Path, Problem } from "./issues.ts";
import { keysAt } from "./known-keys.ts";

type Issue = z.core.$ZodIssue;

const MISSING = "is missing";

/** Words that people use for a key, and what to write instead. */
const synonyms: Readonly<Record<string, string>> = {
  name: 'Write "class"',
  nat: 'Write "reachable: false" for peers behind NAT',
  up: 'Write "upload"',
  down: 'Write "download"',
  latency: 'Write "delay"',
  rtt: 'Write "delay": one way, from a peer to the core',
  strategy: 'Write "choker" or "picker"',
  crash: 'Write "leave: { after: …, crash: true }"',
  until: 'Write "atMost" in stop',
};

/** The schema's issues in people's words. `root` is what was parsed. */
export function explain(issues: readonly Issue[], root: unknown): Problem[] {
  const problems = issues.flatMap((issue) => problemsOf(issue, [], root));
  const misspelt = problems.filter(({ isKey }) => isKey);
  return problems.filter((one) => one.isKey || !misspelt.some((key) => isDueTo(one, key)));
}

/** What is missing because of a misspelt key in the same mapping. */
function isDueTo({ path, message, hint }: Problem, misspelt: Problem): boolean {
  const parent = misspelt.path.slice(0, -1);
  const isBeside = path.length === misspelt.path.length && startsWith(path, parent);
  if (isBeside && message === MISSING) {
    return nearest(String(misspelt.path.at(-1)), [String(path.at(-1))]) !== undefined;
  }
  return path.length === parent.length && startsWith(path, parent) && hint === undefined;
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((key, depth) => path[depth] === key);
}

function problemsOf(issue: Issue, base: Path, root: unknown): Problem[] {
  const path = [...base, ...(issue.path as Path)];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...path, key], key));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    return bestBranch(issue.errors, at(root, path)).flatMap((one) => problemsOf(one, path, root));
  }
  const input = at(root, path);
  if (input === undefined) {
    return [{ path, message: MISSING, hint: expected(issue) }];
  }
  if (issue.code === "custom") {
    const hint = issue.params?.hint as string | undefined;
    return [{ path, message: issue.message, hint }];
  }
  return [{ path, ...describe(issue, input) }];
}

/** Of the alternatives of a union, what is wrong with the one that was meant: that of the same type. */
function bestBranch(branches: readonly (readonly Issue[])[], input: unknown): readonly Issue[] {
  const meant = branches.filter((issues) => !issues.some((issue) => isOtherType(issue, input)));
  if (meant.length === 0) return branches[0] ?? [];
  return meant.reduce((best, issues) => (depth(issues) > depth(best) ? issues : best));
}

function isOtherType(issue: Issue, input: unknown): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_value") return typeof input !== typeof issue.values[0];
  return issue.code === "invalid_type" && !(issue.expected === "int" && typeof input === "number");
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function unknownKey(path: Path, key: string): Problem {
  const known = keysAt(path.slice(0, -1));
  const near = nearest(key, known);
  const synonym = Object.hasOwn(synonyms, key) ? synonyms[key] : undefined;
  const guess = near === undefined ? synonym : `Did you mean "${near}"?`;
  const list = `Known keys: ${known.join(", ")}`;
  return { path, message: "unknown key", hint: guess ?? list, isKey: true };
}

function describe(issue: Issue, input: unknown): { message: string; hint?: string } {
  switch (issue.code) {
    case "invalid_type":
      if (!issue.message.startsWith("Invalid input")) return { message: issue.message };
      return { message: `must be ${typeName(issue.expected)}, and is ${show(input)}` };
    case "invalid_value":
      return wrongChoice(issue.values.map(String), input);
    case "too_small":
      return {
        message: `must be ${bound(issue.origin, "at least", issue.minimum, issue.inclusive)}, and is ${show(input)}`,
      };
    case "too_big":
      return {
        message: `must be ${bound(issue.origin, "at most", issue.maximum, issue.inclusive)}, and is ${show(input)}`,
      };
    case "invalid_union":
      // Of the alternatives told apart by one key, none has this value.
      return wrongChoice(optionsOf(issue), input);
    default:
      return { message: issue.message };
  }
}

function wrongChoice(
  values: readonly string[],
  input: unknown,
): { message: string; hint?: string } {
  const list = values.length === 1 ? `${values[0]}` : `one of ${values.join(", ")}`;
  const near = typeof input === "string" ? nearest(input, values) : undefined;
  const message = `must be ${list}, and is ${show(input)}`;
  return near === undefined ? { message } : { message, hint: `Did you mean "${near}"?` };
}

function bound(
  origin: string,
  side: string,
  value: number | bigint,
  isInclusive: boolean | undefined,
): string {
  const limit =
    isInclusive === false
      ? side === "at least"
        ? `above ${value}`
        : `below ${value}`
      : `${side} ${value}`;
  if (origin === "string") return `${limit} characters long`;
  if (origin === "array") return `a list of ${limit}`;
  return limit;
}

function expected(issue: Issue): string | undefined {
  if (issue.code === "invalid_value")
    return `It must be one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "invalid_union") return `It must be one of ${optionsOf(issue).join(", ")}`;
  if (issue.code !== "invalid_type") return undefined;
  // A quantity says itself how it is written.
  return issue.message.startsWith("Invalid input")
    ? `It must be ${typeName(issue.expected)}`
    : issue.message;
}

/** The values of the key that tells the alternatives apart. */
function optionsOf(issue: Issue & { code: "invalid_union" }): string[] {
  const { options } = issue as { options?: readonly unknown[] };
  return (options ?? []).map(String);
}

function typeName(expected: string): string {
  const names: Record<string, string> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    tuple: "a list",
    object: "a mapping of keys to values",
    record: "a mapping of keys to values",
  };
  return names[expected] ?? expected;
}

function show(input: unknown): string {
  if (input === null) return "empty";
  if (Array.isArray(input)) return `a list of ${input.length}`;
  if (typeof input === "object") return "a mapping";
  return typeof input === "string" ? JSON.stringify(input) : String(input);
}

/** The value at `path` of a tree of plain objects and arrays, or undefined. */
export function at(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
