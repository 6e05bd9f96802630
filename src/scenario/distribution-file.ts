import { type DistributionFile, problemOfPoints } from "./distribution-schema.ts";
import type { Problem } from "./issues.ts";
import { outside, readWithin } from "./quantities.ts";
import { readTextFile } from "./read-text-file.ts";
import { scaled, valuesOf } from "./scaled.ts";
import type { Distribution } from "./scenario.ts";
import { examples, unitCalled } from "./units.ts";

type Read =
  | { readonly distribution: Distribution; readonly problem?: undefined }
  | { readonly distribution?: undefined; readonly problem: Omit<Problem, "path"> };

/**
 * A cumulative distribution from a text of two columns, value and share, apart by a comma, a semicolon or a tab. A first line
 * without a share is a head; where its first word is a unit, values need none. Empty lines and lines from # on are skipped.
 */
export function readDistributionFile(
  file: DistributionFile,
  readFile: ((path: string) => string) | undefined,
): Read {
  const { path, interpolation, range } = file;
  const { text, problem } = readTextFile(path, readFile, "Give the points as a table");
  if (text === undefined) return { problem };
  const points: [number, number][] = [];
  const places: number[] = [];
  let unit = "";
  for (const [index, line] of linesOf(text)) {
    const cells = line.split(/[,;\t]/).map((cell) => cell.trim());
    const [word = "", share = ""] = cells;
    const isHead = points.length === 0 && places.length === 0 && !isNumber(share);
    places.push(index);
    if (isHead) {
      if (unitCalled(range.dimension, word) !== undefined) unit = word;
      continue;
    }
    const read = readPoint(cells, unit, file);
    if ("problem" in read) return failed(`${path}:${index}: ${read.problem}`, read.hint);
    points.push([Number(share), read.value]);
  }
  if (points.length < 2) return failed(`${path} has fewer than two points`, howTo(file));
  const wrong = problemOfPoints(points, interpolation);
  if (wrong !== undefined) {
    return failed(`${path}:${places.at(wrong.at - points.length)}: the point ${wrong.message}`);
  }
  const table = points.map(([cdf, value]) => ({ cdf, value }));
  const distribution = scaled({ kind: "table", points: table, interpolation }, file.scale);
  const far = valuesOf(distribution).find((one) => outside(range, one));
  if (far === undefined) return { distribution };
  return failed(`${path}: scale takes a value out of bounds: it ${outside(range, far)}`);
}

/** The lines that say something, with their numbers. */
function* linesOf(text: string): Generator<[number, string]> {
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const words = line.replace(/#.*/, "").trim();
    if (words !== "") yield [index + 1, words];
  }
}

type Point = { readonly value: number } | { readonly problem: string; readonly hint: string };

function readPoint(cells: readonly string[], unit: string, file: DistributionFile): Point {
  const [word = "", share = ""] = cells;
  const hint = howTo(file);
  if (cells.length !== 2) return { problem: "is not a value and a share", hint };
  if (!isNumber(share) || Number(share) > 1) {
    const problem = `the share must be a number from 0 to 1, and is ${JSON.stringify(share.slice(0, 40))}`;
    return { problem, hint };
  }
  const range = { ...file.range, limits: { ...file.range.limits, orUnlimited: false } };
  const reading = readWithin(range, isNumber(word) ? `${word} ${unit}` : word);
  if (reading.problem === undefined) return reading;
  const isBare = isNumber(word) && unit === "";
  const head = `${examples[file.range.dimension][0]?.split(" ")[1]},share`;
  return {
    problem: reading.problem,
    hint: isBare ? `Write a unit in every line, or in a first line as "${head}"` : reading.hint,
  };
}

function howTo({ range }: DistributionFile): string {
  return `Write a value and the share of peers that have at most it, as in ${examples[range.dimension][0]}, 0.5`;
}

function isNumber(word: string): boolean {
  return /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word);
}

function failed(message: string, hint?: string): Read {
  return { problem: { message, hint } };
}
