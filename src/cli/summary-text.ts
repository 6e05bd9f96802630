import type { RunResult } from "../metrics/results.ts";
import type { Cost } from "../report/summary-json.ts";
import { headlines, summaryTable } from "../report/summary-table.ts";
import { grouped } from "../report/units.ts";
import { textTable } from "./text-table.ts";

/** What is printed of a run at its end. */
export function summaryText(
  result: RunResult,
  cost: Cost | undefined,
  bold: (text: string) => string,
  isLive = false,
): string {
  const { summary } = result;
  const { shortHeader, rows } = summaryTable(result);
  const facts = headlines(result, isLive).map(([name, value]) => `${name} ${value}`);
  const seed = summary.seed === "" ? "" : `, seed ${summary.seed}`;
  const title = `${bold(summary.scenario)}${seed}${summary.partial ? " (partial)" : ""}`;
  const lines = [
    title,
    "",
    textTable(shortHeader, rows, bold),
    wrapped(facts, " · ", 79),
    `digest ${summary.digest} · ${grouped(summary.blocks)} blocks · ${grouped(summary.events)} events`,
  ];
  if (cost !== undefined) {
    const speed = summary.blocks / Math.max(cost.cpuSeconds, 0.001);
    const memory = Math.round(cost.peakRssBytes / 2 ** 20);
    lines.push(
      `${cost.wallSeconds.toFixed(1)} s, ${cost.cpuSeconds.toFixed(1)} s of CPU: ${grouped(speed)} blocks a second · ${memory} MiB at most`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Parts joined into lines of at most `width` letters. */
function wrapped(parts: readonly string[], joint: string, width: number): string {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + joint.length + part.length <= width) {
      lines[lines.length - 1] = `${last}${joint}${part}`;
    } else {
      lines.push(part);
    }
  }
  return lines.join("\n");
}
