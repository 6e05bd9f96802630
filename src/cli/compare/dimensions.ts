import { basename, extname, resolve } from "node:path";
import { readSource } from "../../scenario/source.ts";
import { builtInStrategies } from "../../strategies/built-in.ts";
import { findChoker, findPicker, isStrategyPath } from "../../strategies/registry.ts";
import { StrategyError } from "../../strategies/strategy-error.ts";
import { InputError } from "../exit-codes.ts";

/** Something that variants differ in: each value is an override at each of its paths. */
export interface Dimension {
  /** As the user gave it: `--choker tit-for-tat`. */
  readonly option: string;
  readonly values: readonly DimensionValue[];
}

export interface DimensionValue {
  /** For charts and tables. */
  readonly label: string;
  /** As the user gave it. */
  readonly given: string;
  /** As `path=value`. */
  readonly overrides: readonly string[];
  /** Run among real sockets. */
  readonly isLive?: true;
}

/** A strategy as `--choker` and `--picker` take it. */
export interface NamedStrategy {
  readonly label: string;
  readonly given: string;
  /** YAML for a scenario. */
  readonly yaml: string;
}

/** A dimension of strategies: each goes to all of `classPaths` (`peers.dsl`). */
export function strategyDimension(
  kind: "choker" | "picker",
  text: string,
  classPaths: readonly string[],
): Dimension {
  const values = namedStrategies(kind, text).map(({ label, given, yaml }) => {
    return { label, given, overrides: classPaths.map((path) => `${path}.${kind}=${yaml}`) };
  });
  return { option: `--${kind}`, values };
}

/** The same scenario, simulated and live. */
export const liveDimension: Dimension = {
  option: "--live",
  values: [
    { label: "simulated", given: "", overrides: [] },
    { label: "live", given: "", overrides: [], isLive: true },
  ],
};

/** Names, paths of modules (relative to the working directory), or `{ name, options }`, with commas between them. */
export function namedStrategies(kind: "choker" | "picker", text: string): NamedStrategy[] {
  const option = `--${kind}`;
  const given = split(text, option);
  const read = given.map((one) => ({ given: one, ...strategyOf(kind, one) }));
  const names = read.map(({ name, options }) => {
    const short = isStrategyPath(name) ? basename(name, extname(name)) : name;
    return options === undefined ? short : `${short} ${optionsText(options)}`;
  });
  return read.map(({ given: own, name, options }, at) => {
    const label = names[at] as string;
    const isTaken = names.filter((one) => one === label).length > 1;
    const whole = isStrategyPath(name) ? resolve(name) : name;
    const yaml = JSON.stringify(options === undefined ? whole : { name: whole, options });
    return { label: isTaken ? own : label, given: own, yaml };
  });
}

function strategyOf(
  kind: "choker" | "picker",
  text: string,
): { name: string; options: Readonly<Record<string, unknown>> | undefined } {
  const option = `--${kind} ${text}`;
  const { value, errors } = readSource(text);
  const [error] = errors;
  if (error !== undefined) throw new InputError(`${option}: cannot be read: ${error.message}.`);
  const { name, options } =
    typeof value === "object" && value !== null
      ? (value as { name?: unknown; options?: Record<string, unknown> })
      : { name: value, options: undefined };
  if (typeof name !== "string") {
    throw new InputError(
      `${option}: must be a name, the path of a module, or { name, options }, as in --${kind} '{ name: tit-for-tat, options: { minUploads: 3 } }'.`,
    );
  }
  if (!isStrategyPath(name)) {
    try {
      (kind === "choker" ? findChoker : findPicker)(builtInStrategies, name);
    } catch (cause) {
      if (!(cause instanceof StrategyError)) throw cause;
      throw new InputError(`${option}: ${cause.message}`, { cause });
    }
  }
  return { name, options };
}

function optionsText(options: Readonly<Record<string, unknown>>): string {
  return Object.entries(options)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(" ");
}

/** `path=v1,v2`. */
export function varyDimension(text: string): Dimension {
  const option = `--vary ${text}`;
  const at = text.indexOf("=");
  if (at < 1) {
    throw new InputError(
      `${option}: must be path=value,value, as in --vary 'peers.dsl.upload=1 Mbit/s,2 Mbit/s'.`,
    );
  }
  const path = text.slice(0, at).trim();
  if (path === "seed") {
    throw new InputError(`${option}: the seeds are the same for all variants. Write --seeds 10.`);
  }
  const values = split(text.slice(at + 1), option).map((value) => {
    const given = `${path}=${value}`;
    return { label: given, given, overrides: [given] };
  });
  return { option: "--vary", values };
}

/** Parts with commas between them, but for those in brackets and quotes. None twice. */
function split(text: string, option: string): string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  let quote = "";
  for (const letter of text) {
    if (quote !== "") {
      if (letter === quote) quote = "";
    } else if (letter === '"' || letter === "'") quote = letter;
    else if ("{[".includes(letter)) depth++;
    else if ("}]".includes(letter)) depth--;
    if (letter === "," && depth === 0 && quote === "") {
      parts.push(part.trim());
      part = "";
    } else part += letter;
  }
  parts.push(part.trim());
  if (parts.includes("")) {
    throw new InputError(`${option}: has an empty value. Write values with commas: a,b.`);
  }
  const twice = parts.find((one, at) => parts.indexOf(one) < at);
  if (twice !== undefined) throw new InputError(`${option}: has ${twice} twice.`);
  return parts;
}
