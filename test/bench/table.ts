import type { WholeResult } from "./flashcrowd.ts";
import type { Measured } from "./measure.ts";
import type { RunCost } from "./simulate-once.ts";

/** The rows of short benches under their head. */
export function shortTable(rows: readonly Measured[]): string {
  const cells = rows.map((row) => [
    row.name,
    `${digits(row.nanoseconds)} ns`,
    `${digits(row.perSecond / 1e6)} M/s`,
    row.megabytesPerSecond === null ? "" : `${digits(row.megabytesPerSecond)} MB/s`,
    `${Math.round(100 * row.spread)} %`,
    row.operation,
  ]);
  return columns([["", "CPU time", "rate", "bytes", "spread", "of a"], ...cells]);
}

/** What a whole simulation cost, and how it stands to the queue alone. */
export function wholeTable({ name, runs, queue }: WholeResult): string {
  const sorted = [...runs].sort((a, b) => a.cpuSeconds - b.cpuSeconds);
  const run = sorted[Math.floor((sorted.length - 1) / 2)] as RunCost;
  const eventsPerSecond = run.events / run.cpuSeconds;
  const grown = run.peakRss - run.baseRss;
  const rows: [string, string][] = [
    ["leechers x blocks", `${whole(run.leechers)} x ${whole(run.blocks / run.leechers)}`],
    ["digest", `${run.digest}, ${whole(run.simulatedSeconds)} s simulated`],
    ["CPU", cpu(sorted, run)],
    ["blocks per CPU second", `${whole(run.blocks / run.cpuSeconds)}${to99(run)}`],
    ["events per CPU second", whole(eventsPerSecond)],
    ["events per block", (run.events / run.blocks).toFixed(2)],
    ["queue alone", limit(queue, run, eventsPerSecond)],
    ["peak RSS", `${mib(run.peakRss)}, ${mib(grown)} over the process base`],
    ["a peer", `${whole(grown / run.leechers / 1024)} KiB`],
  ];
  return `${name}\n${columns(rows.map(([label, text]) => [`  ${label}`, text]))}`;
}

function cpu(sorted: readonly RunCost[], run: RunCost): string {
  const range =
    sorted.length === 1
      ? "one run"
      : `median of ${sorted.length}: ${sorted.map((one) => one.cpuSeconds.toFixed(1)).join(", ")}`;
  return `${run.cpuSeconds.toFixed(1)} s (${range}), ${run.wallSeconds.toFixed(1)} s of wall time`;
}

function to99({ blocks, cpuSecondsTo99 }: RunCost): string {
  return cpuSecondsTo99 === 0
    ? ""
    : `, ${whole((0.99 * blocks) / cpuSecondsTo99)} to 99 % of blocks`;
}

function limit(queue: Measured, run: RunCost, eventsPerSecond: number): string {
  const pending = `${whole(run.meanPending)} pending on average, ${whole(run.mostPending)} at most`;
  const share = Math.round((100 * eventsPerSecond) / queue.perSecond);
  return `${whole(queue.perSecond)} a second (${pending}); the simulator reaches ${share} % of it`;
}

/** Rows as columns of text. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? "").length)),
  );
  const last = widths.length - 1;
  const lines = rows.map((row) =>
    row
      .map((cell, at) =>
        at === 0 || at === last ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

function digits(value: number): string {
  return value >= 100 ? whole(value) : value.toPrecision(3);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function mib(bytes: number): string {
  return `${whole(bytes / 2 ** 20)} MiB`;
}
