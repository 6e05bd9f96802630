import type * as z from "zod";
import { nearest } from "../core/nearest.ts";
import { at, type Path, type Problem, startsWith } from "./issues.ts";
import { keysAt } from "./known-keys.ts";
import { linkProblems } from "./link-schema.ts";
import { show } from "./show.ts";
import { synonym } from "./synonyms.ts";
import { bestBranch } from "./unions.ts";

type Issue = z.core.$ZodIssue;

const MISSING = "is missing";

/** What to write where it is missing, for keys whose type says little. */
const examples: Readonly<Record<string, string>> = {
  torrent: "Write it as in torrent: { size: 100 MiB }",
  peers: "Write a list of classes, each as { class: dsl, count: 10, upload: …, download: … }",
  class: "Give the class a name: class: dsl",
};

/** The schema's issues in people's words, and what it cannot say. `root` is what was parsed. */
export function explain(issues: readonly Issue[], root: unknown): Problem[] {
  const problems = [
    ...issues.flatMap((issue) => problemsOf(issue, [], root)),
    ...linkProblems(root),
  ];
  const misspelt = problems.filter(({ isKey }) => isKey);
  return problems.filter((one) => one.isKey || !misspelt.some((key) => isDueTo(one, key)));
}

/** What is missing because of a misspelt key in the same mapping. */
function isDueTo({ path, message, hint }: Problem, misspelt: Problem): boolean {
  const parent = misspelt.path.slice(0, -1);
  const isBeside = path.length === misspelt.path.length && startsWith(path, parent);
  if (isBeside && message === MISSING) {
    const key = String(path.at(-1));
    const keys = key === "upload" || key === "download" ? [key, "link"] : [key];
    const wrong = String(misspelt.path.at(-1));
    return nearest(wrong, keys) !== undefined || synonym(wrong, keys) !== undefined;
  }
  return path.length === parent.length && startsWith(path, parent) && hint === undefined;
}

function problemsOf(issue: Issue, base: Path, root: unknown): Problem[] {
  const path = [...base, ...(issue.path as Path)];
  const input = at(root, path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...path, key], key));
  }
  if (input === undefined) return [{ path, message: MISSING, hint: expected(issue, path) }];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branch = bestBranch(issue, input);
    if (branch !== undefined) return branch.flatMap((one) => problemsOf(one, path, root));
  }
  if (issue.code === "custom") {
    return [{ path, message: issue.message, hint: issue.params?.hint as string | undefined }];
  }
  // z.int() has a bound of its own besides the schema's.
  if (issue.code === "too_big" && issue.maximum === Number.MAX_SAFE_INTEGER) return [];
  return [{ path, ...describe(issue, input) }];
}

function unknownKey(path: Path, key: string): Problem {
  const known = keysAt(path.slice(0, -1));
  const near = nearest(key, known);
  const guess = near === undefined ? synonym(key, known) : `Did you mean "${near}"?`;
  const list = `Known keys: ${known.join(", ")}`;
  const isCommon = path.at(-3) === "mix" && keysAt(["peers", 0]).includes(key);
  const remark =
    "Members of a mix differ only in strategies, profile and settings: write it in the class";
  return { path, message: "unknown key", hint: isCommon ? remark : (guess ?? list), isKey: true };
}

interface Description {
  readonly message: string;
  readonly hint?: string | undefined;
}

function describe(issue: Issue, input: unknown): Description {
  switch (issue.code) {
    case "invalid_type": {
      const isOwn = !issue.message.startsWith("Invalid input");
      const message = `must be ${typeName(issue.expected)}, and is ${show(input)}`;
      if (isOwn) return { message: issue.message, hint: rewrite("", input) };
      return { message, hint: rewrite(issue.expected, input) };
    }
    case "invalid_value":
      return wrongChoice(issue.values.map(String), input);
    case "too_small":
    case "too_big":
      return { message: `must be ${bound(issue)}, and is ${show(input)}` };
    case "invalid_union":
      return wrongAlternative(issue, input);
    default:
      return { message: issue.message };
  }
}

/** None of a union's alternatives is meant. */
function wrongAlternative(issue: Issue & { code: "invalid_union" }, input: unknown): Description {
  // Of the alternatives told apart by one key, none has this value.
  if (issue.errors.length === 0) return wrongChoice(optionsOf(issue), input);
  const all = issue.errors.flat();
  const words = all.flatMap((one) => (one.code === "invalid_value" ? one.values.map(String) : []));
  const near = typeof input === "string" ? nearest(input, words) : undefined;
  if (near !== undefined) return { message: issue.message, hint: `Did you mean "${near}"?` };
  const number = all.find(
    (one) => one.code === "invalid_type" && typeName(one.expected) === NUMBER,
  );
  return { message: issue.message, hint: rewrite(number ? "number" : "", input) };
}

/** How the value should be written to be of the type. */
function rewrite(type: string, input: unknown): string | undefined {
  if (input === null) return "Give it a value, or leave the key out";
  if (type === "string" && (typeof input === "number" || typeof input === "boolean")) {
    return `Write it in quotes: "${input}"`;
  }
  if ((type !== "number" && type !== "int") || typeof input !== "string") return undefined;
  const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(input);
  if (percent !== null) return `Write ${Number(percent[1]) / 100}`;
  if (/^\d{1,3}([_,' ]\d{3})+$/.test(input)) return `Write ${input.replace(/\D/g, "")}`;
  return /^\d+(\.\d+)?$/.test(input) ? "Write it without quotes" : undefined;
}

function wrongChoice(values: readonly string[], input: unknown): Description {
  const list = values.length === 1 ? `${values[0]}` : `one of ${values.join(", ")}`;
  const near = typeof input === "string" ? nearest(input, values) : undefined;
  const message = `must be ${list}, and is ${show(input)}`;
  return { message, hint: near === undefined ? rewrite("", input) : `Did you mean "${near}"?` };
}

function bound(issue: Issue & { code: "too_small" | "too_big" }): string {
  const isLeast = issue.code === "too_small";
  const value = isLeast ? issue.minimum : issue.maximum;
  const strict = isLeast ? "above" : "below";
  const side = issue.inclusive === false ? strict : isLeast ? "at least" : "at most";
  const limit = `${side} ${value}`;
  if (issue.origin === "string") return `${limit} character${Number(value) === 1 ? "" : "s"} long`;
  if (issue.origin === "array") return `a list of ${limit}`;
  return limit;
}

function expected(issue: Issue, path: Path): string | undefined {
  const key = String(path.at(-1));
  if (Object.hasOwn(examples, key)) return examples[key];
  if (issue.code === "invalid_value")
    return `It must be one of ${issue.values.map(String).join(", ")}`;
  // Quantities and unions say themselves how they are written.
  if (!issue.message.startsWith("Invalid")) return issue.message;
  const inner = issue.code === "invalid_union" ? issue.errors[0]?.[0] : undefined;
  if (inner !== undefined) return expected(inner, path);
  if (issue.code === "invalid_union") return `It must be one of ${optionsOf(issue).join(", ")}`;
  return issue.code === "invalid_type" ? `It must be ${typeName(issue.expected)}` : undefined;
}

/** The values of the key that tells the alternatives apart. */
function optionsOf(issue: Issue & { code: "invalid_union" }): string[] {
  const { options } = issue as { options?: readonly unknown[] };
  return (options ?? []).map(String);
}

const NUMBER = "a number";
const typeNames: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: NUMBER,
  string: "a text",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "a mapping of keys to values",
  record: "a mapping of keys to values",
};

function typeName(type: string): string {
  return typeNames[type] ?? type;
}
