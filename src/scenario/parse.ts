import { check, type StrategyNames } from "./check.ts";
import { ClassPlaces } from "./class-places.ts";
import { explain } from "./explain.ts";
import {
  at,
  formatPath,
  type Path,
  type Problem,
  ScenarioError,
  type ScenarioIssue,
  startsWith,
} from "./issues.ts";
import { applyOverrides, type Overridden, type OverrideProblem } from "./overrides.ts";
import { resolve } from "./resolve.ts";
import type { Scenario } from "./scenario.ts";
import { MAX_NAME, scenarioSchema } from "./schema.ts";
import { readSource, type Source, type SourceError } from "./source.ts";

/** What parsing may need besides the text. */
export interface ParseOptions {
  /** Named in errors, and what a scenario without a name is called after. */
  readonly fileName?: string;
  /** As in "peers.dsl.count=100", "peers.*.picker=random", "torrent.size=10 MiB"; the later wins. */
  readonly overrides?: readonly string[];
  /** The text of a file that the scenario names by `path`: arrival times, or a distribution. */
  readonly readFile?: (path: string) => string;
  /** The strategies there are; unknown names are errors then. Paths of modules are never checked here. */
  readonly strategyNames?: StrategyNames;
}

/** A scenario, and where in its text everything stands. */
export interface ParsedScenario {
  readonly scenario: Scenario;
  /** An error that points at a key of class number `index`, for what only the caller can find out: 0, ["choker"]. */
  errorInClass(index: number, keys: Path, message: string): ScenarioError;
}

/** The scenario that the YAML `text` describes, with every default filled in. Throws `ScenarioError` with all that is wrong. */
export function parseScenario(text: string, options: ParseOptions = {}): Scenario {
  return readScenario(text, options).scenario;
}

/** As `parseScenario`, for callers that have more to check. */
export function readScenario(text: string, options: ParseOptions = {}): ParsedScenario {
  const { fileName } = options;
  const source = readSource(text);
  if (source.errors.length > 0) {
    throw new ScenarioError(source.errors.map((error) => yamlIssue(error, fileName)));
  }
  const root = source.value ?? {};
  const isMapping = typeof root === "object" && !Array.isArray(root);
  const overridden = applyOverrides(root, isMapping ? (options.overrides ?? []) : []);
  const fail = (problems: readonly (Problem | OverrideProblem)[]) => {
    const issues = problems.map((problem) => locate(problem, source, overridden, fileName));
    return new ScenarioError(inOrder(issues));
  };
  const parsed = scenarioSchema.safeParse(overridden.value);
  const problems: Problem[] = [...overridden.problems];
  if (!parsed.success && source.value === null) {
    throw fail([...problems, { path: [], message: "is empty", hint: "See docs/scenarios.md" }]);
  }
  const wrong = explain(parsed.error?.issues ?? [], overridden.value);
  problems.push(...wrong);
  if (!parsed.success || wrong.length > 0) throw fail(problems);
  const around = { name: nameOf(fileName), readFile: options.readFile };
  const scenario = resolve(parsed.data, around, problems);
  const places = new ClassPlaces(overridden.value);
  if (problems.length === 0) {
    problems.push(...check(scenario, parsed.data, places, options.strategyNames));
  }
  if (problems.length > 0) throw fail(problems);
  return {
    scenario,
    errorInClass: (index, keys, message) => fail([{ path: places.of(index, keys), message }]),
  };
}

function nameOf(fileName: string | undefined): string {
  const base = fileName
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/\.ya?ml$/i, "")
    .replace(/\p{Cc}/gu, " ")
    .slice(0, MAX_NAME);
  return base === undefined || base === "" ? "scenario" : base;
}

function yamlIssue({ message, hint, place }: SourceError, file: string | undefined): ScenarioIssue {
  return { file, ...place, override: undefined, path: "", message, hint };
}

function locate(
  problem: Problem | OverrideProblem,
  source: Source,
  { value, origins }: Overridden,
  fileName: string | undefined,
): ScenarioIssue {
  const { path, hint } = problem;
  const isMissing = at(value, path) === undefined;
  const holder = isMissing ? path.slice(0, -1) : path;
  const override = "override" in problem ? problem.override : originOf();
  // Without a path the subject of the sentence is missing.
  const isWhole = path.length === 0 && override === undefined;
  const message = isWhole ? `the file ${problem.message}` : problem.message;
  const text = { path: formatPath(path, value), message, hint };
  if (override !== undefined) {
    return { file: undefined, line: undefined, column: undefined, override, ...text };
  }
  const place = source.locate(holder, problem.isKey === true);
  return { file: fileName, ...place, override, ...text };

  /** The last override that set the place or something around it, or made the mapping in which it is missing. */
  function originOf(): string | undefined {
    const around = origins.findLast((one) => startsWith(path, one.path));
    if (around !== undefined || at(source.value, holder) !== undefined) return around?.override;
    return origins.findLast((one) => startsWith(one.path, holder))?.override;
  }
}

/** Overrides first, then down the file; each only once. */
function inOrder(issues: readonly ScenarioIssue[]): ScenarioIssue[] {
  const sorted = [...issues].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const seen = new Set<string>();
  return sorted.filter((issue) => {
    const key = JSON.stringify(issue);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
