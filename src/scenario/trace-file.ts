import type { Problem } from "./issues.ts";
import { readQuantity } from "./read-quantity.ts";
import { readTextFile } from "./read-text-file.ts";

type Read =
  | { readonly times: readonly number[]; readonly problem?: undefined }
  | { readonly times?: undefined; readonly problem: Omit<Problem, "path"> };

/**
 * Arrival times in ms from a text with one time a line ("12.5 s"). Where the first line is a unit alone ("s"), as a column's
 * head would be, numbers need none. Empty lines and lines from # on are skipped.
 */
export function readTraceFile(
  path: string,
  readFile: ((path: string) => string) | undefined,
): Read {
  const { text, problem } = readTextFile(path, readFile, "Give the times as a list");
  if (text === undefined) return { problem };
  const times: number[] = [];
  let unit = "";
  let isFirst = true;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const word = line
      .replace(/^\uFEFF/, "")
      .replace(/#.*/, "")
      .trim();
    if (word === "") continue;
    if (isFirst && readQuantity("duration", `1 ${word}`).value !== undefined) {
      unit = word;
      isFirst = false;
      continue;
    }
    isFirst = false;
    const isBare = /^[\d.]+(e[+-]?\d+)?$/i.test(word);
    const reading = readQuantity("duration", isBare ? `${word} ${unit}` : word);
    if (reading.value === undefined) {
      return failed(
        `${path}:${index + 1}: ${reading.problem}`,
        isBare ? 'Write a unit in every line, or alone in the first line ("s")' : reading.hint,
      );
    }
    times.push(reading.value);
  }
  return times.length === 0 ? failed(`${path} has no arrival times`) : { times };
}

function failed(message: string, hint?: string): Read {
  return { problem: { message, hint } };
}
