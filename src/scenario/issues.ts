/** Keys and indexes from the top of the file down. */
export type Path = readonly (string | number)[];

/** Something that is wrong with a scenario, before its place is known. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The key itself is wrong, rather than its value. */
  readonly isKey?: boolean;
}

/** Something that is wrong with a scenario, and where. Lines and columns count from 1. */
export interface ScenarioIssue {
  /** Undefined when the text came without a name, or the issue is about an override. */
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** The override it is about, as given: "peers.dsl.count=0". */
  readonly override: string | undefined;
  /** As overrides are written: "peers.dsl.upload". Empty for the whole file. */
  readonly path: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** More issues than this are counted in the message, and not told. */
const MAX_TOLD = 20;

/** A scenario that cannot be run. The message has a line for every issue; `issues` has them as data. */
export class ScenarioError extends Error {
  override name = "ScenarioError";
  readonly issues: readonly ScenarioIssue[];

  constructor(issues: readonly ScenarioIssue[]) {
    const told = issues.slice(0, MAX_TOLD).map(formatIssue);
    if (issues.length > MAX_TOLD) told.push(`… and ${issues.length - MAX_TOLD} more.`);
    super(told.join("\n"));
    this.issues = issues;
  }
}

/** "scenarios/x.yaml:7:33: peers.dsl.upload: lacks its unit. Write it as in 10 Mbit/s." */
export function formatIssue(issue: ScenarioIssue): string {
  const { path, message, hint } = issue;
  const parts = [placeOf(issue), path].filter((part) => part !== "");
  return `${[...parts, sentence(message)].join(": ")}${hint === undefined ? "" : ` ${sentence(hint)}`}`;
}

function placeOf({ file, line, column, override }: ScenarioIssue): string {
  if (override !== undefined) return `--set ${onOneLine(override)}`;
  if (file !== undefined)
    return [file, line, column].filter((part) => part !== undefined).join(":");
  return line === undefined ? "" : `line ${line}, column ${column}`;
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** A path as overrides are written; a class, or a member of a mix, goes by its name where it has one of its own. */
export function formatPath(path: Path, root: unknown): string {
  let text = "";
  path.forEach((key, depth) => {
    const list = path.slice(0, depth);
    const name = isClassList(list) ? className(at(root, list), key) : undefined;
    if (typeof key === "number" && name === undefined) text += `[${key}]`;
    else text += `${text === "" ? "" : "."}${name ?? plain(String(key))}`;
  });
  return text;
}

/** Whether classes of peers are at `path`, or the members of a mix. */
export function isClassList(path: Path): boolean {
  const isMix = path.length === 3 && path[2] === "mix";
  return path[0] === "peers" && (path.length === 1 || isMix);
}

/** A key as it is, or in quotes where it would look strange. */
function plain(key: string): string {
  if (/^[\p{L}\p{N}_-]{1,80}$/u.test(key)) return key;
  return JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
}

function onOneLine(text: string): string {
  const line = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}

/** The name of number `index` of a list of classes, if no other of them has the same. */
function className(classes: unknown, index: string | number): string | undefined {
  if (!Array.isArray(classes)) return undefined;
  const names = classes.map((one) => (one as { class?: unknown } | null)?.class);
  const name = names[Number(index)];
  if (typeof name !== "string" || !/^[\p{L}\p{N}_-]+$/u.test(name)) return undefined;
  return names.indexOf(name) === names.lastIndexOf(name) ? name : undefined;
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

export function startsWith(path: Path, start: Path): boolean {
  return start.every((key, depth) => path[depth] === key);
}
