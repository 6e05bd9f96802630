import { ScenarioError } from "../../src/scenario/issues.ts";
import { type ParseOptions, parseScenario } from "../../src/scenario/parse.ts";
import type { PeerClass, Scenario } from "../../src/scenario/scenario.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";

/** A small scenario: an origin, and ten peers on dsl, whose class is the last thing in it. */
export const hello = `name: hello
torrent: { size: 10 MiB }
peers:
  - class: origin
    count: 1
    role: seeder
    upload: 8 Mbit/s
    download: 8 Mbit/s
  - class: dsl
    count: 10
    upload: 1 Mbit/s
    download: 8 Mbit/s
`;

/** `hello` with `from`, which must be in it, replaced. */
export function changed(from: string, to: string): string {
  if (!hello.includes(from)) throw new Error(`${from} is not in the scenario`);
  return hello.replace(from, to);
}

/** `hello` with a further line at its end: line 13, in class dsl. */
export function dslWith(line: string): string {
  return `${hello}    ${line}\n`;
}

/** `hello` with a further line at its end: line 13, at the top. */
export function topWith(line: string): string {
  return `${hello}${line}\n`;
}

/** Class dsl of `hello` with one more line. */
export function dsl(line: string, options?: ParseOptions): PeerClass {
  const [, last] = parseScenario(dslWith(line), options).peers;
  if (last === undefined) throw new Error("no second class");
  return last;
}

export function top(line: string): Scenario {
  return parseScenario(topWith(line));
}

const strategyNames = {
  chokers: [...builtInStrategies.chokers.keys()],
  pickers: [...builtInStrategies.pickers.keys()],
};

/** What the parser says about a file x.yaml with this text; any other error is let through. */
export function complaint(text: string, options: ParseOptions = {}): string {
  try {
    parseScenario(text, { fileName: "x.yaml", strategyNames, ...options });
  } catch (error) {
    if (error instanceof ScenarioError) return error.message;
    throw error;
  }
  return "no complaint";
}
