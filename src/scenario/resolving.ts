import type { Path, Problem } from "./issues.ts";

/** What resolving needs besides the file. */
export interface Surroundings {
  /** Name of a scenario that has none. */
  readonly name: string;
  /** The text of a file, named as the scenario names it. */
  readonly readFile: ((path: string) => string) | undefined;
}

/** Tells of a problem at `keys` of the part that is resolved. */
export type Report = (keys: Path, problem: Omit<Problem, "path">) => void;

/** What resolving a part of a scenario needs. */
export interface Context {
  readonly around: Surroundings;
  /** When the run ends at the latest, ms. */
  readonly atMost: number;
  readonly report: Report;
}
