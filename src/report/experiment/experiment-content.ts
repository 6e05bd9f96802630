import type { Experiment, Finding } from "../../experiments/experiment.ts";
import type { Figure } from "../../experiments/figure.ts";
import { grouped, significant } from "../units.ts";

/** A reproduction that is over, with what is said of it. */
export interface Reproduction {
  readonly experiment: Pick<
    Experiment,
    "name" | "title" | "source" | "rank" | "paper" | "differences"
  >;
  readonly findings: readonly Finding[];
  readonly figures: readonly Figure[];
  /** The command that makes it again. */
  readonly command: string;
  readonly version: string;
  readonly seeds: number;
  readonly runs: number;
  /** Of all runs, those of earlier commands that this one found among them. */
  readonly cpuSeconds: number;
}

/** The findings as cells of text. */
export const findingsHeader = [
  "finding",
  "published",
  "here",
  "95 % interval",
  "counts as reproduced",
  "verdict",
];

export function findingCells(finding: Finding): string[] {
  const { what, published, tolerance, verdict } = finding;
  return [what, published, oursText(finding), intervalText(finding), tolerance, verdict];
}

/** `123 s`. */
export function oursText({ ours: { value, unit } }: Pick<Finding, "ours">): string {
  return value === null ? "–" : withUnit(number(value), unit);
}

/** `120 … 126`; a dash with one seed. */
export function intervalText({ ours: { interval } }: Pick<Finding, "ours">): string {
  return interval === null ? "–" : `${number(interval.low)} … ${number(interval.high)}`;
}

/** `3 of 5 findings reproduced`. */
export function verdictText(findings: readonly Finding[]): string {
  const count = findings.filter(({ verdict }) => verdict === "reproduced").length;
  return `${count} of ${findings.length} findings reproduced`;
}

function withUnit(text: string, unit: string): string {
  return unit === "" ? text : `${text} ${unit}`;
}

/** Three digits, and whole thousands grouped. */
function number(value: number): string {
  const short = significant(value, 3);
  return Math.abs(short) >= 1000 ? grouped(short) : String(short);
}
