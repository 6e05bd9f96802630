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

/** A scenario that cannot be run. The message has a line for every issue. */
export class ScenarioError extends Error {
  override name = "ScenarioError";
  readonly issues: readonly ScenarioIssue[];

  constructor(issues: readonly ScenarioIssue[]) {
    super(issues.map(formatIssue).join("\n"));
    this.issues = issues;
  }
}

/** "scenarios/x.yaml:7:33: peers.dsl.upload: lacks its unit. Write it as in 10 Mbit/s." */
export function formatIssue(issue: ScenarioIssue): string {
  const { file, line, column, override, path, message, hint } = issue;
  const place =
    override === undefined
      ? [file ?? (line === undefined ? undefined : "line"), line, column]
          .filter((part) => part !== undefined)
          .join(":")
      : `--set ${override}`;
  const parts = [place, path].filter((part) => part !== "");
  return `${[...parts, sentence(message)].join(": ")}${hint === undefined ? "" : ` ${sentence(hint)}`}`;
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** A path as overrides are written; a class goes by its name where it has one of its own. */
export function formatPath(path: Path, root: unknown): string {
  let text = "";
  path.forEach((key, depth) => {
    const name = depth === 1 && path[0] === "peers" ? className(root, key) : undefined;
    if (typeof key === "number" && name === undefined) text += `[${key}]`;
    else text += `${text === "" ? "" : "."}${name ?? key}`;
  });
  return text;
}

/** The name of class number `index`, if no other class has the same. */
function className(root: unknown, index: string | number): string | undefined {
  const { peers } = root as { peers?: unknown };
  if (!Array.isArray(peers)) return undefined;
  const names = peers.map((one) => (one as { class?: unknown } | null)?.class);
  const name = names[Number(index)];
  if (typeof name !== "string" || !/^[\p{L}\p{N}_-]+$/u.test(name)) return undefined;
  return names.indexOf(name) === names.lastIndexOf(name) ? name : undefined;
}
