import type { Progress } from "../metrics/results.ts";
import { clockTime, grouped } from "../report/units.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** Shows how far a run is. `fraction`: of the whole, 0..1; `elapsed`: real seconds since it started. */
export interface ProgressDisplay {
  show(progress: Progress, fraction: number, elapsed: number): void;
  stop(): void;
}

/** Columns that a terminal has when it does not say. */
const defaultColumns = 80;

/** What `progressLine` needs with numbers of usual length, and the percentage. */
const textColumns = 70;

/** A bar on standard error, which goes away at the end. */
export async function progressBar(isLive = false): Promise<ProgressDisplay> {
  const bar = await singleBar();
  return {
    show: (progress, fraction, elapsed) => {
      bar.show(fraction, progressLine(progress, fraction, elapsed, isLive));
    },
    stop: () => bar.stop(),
  };
}

/** A bar with a text beside it, on standard error. */
export async function singleBar(): Promise<{
  show(fraction: number, line: string): void;
  stop(): void;
}> {
  const { SingleBar } = await import("cli-progress");
  const columns = process.stderr.columns ?? defaultColumns;
  const bar = new SingleBar({
    format: "{bar} {percent}  {line}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: Math.max(10, Math.min(40, columns - textColumns)),
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    gracefulExit: false, // we listen for the signals ourselves
    fps: 20,
  });
  bar.start(1000, 0, { percent: "  0 %", line: "starting" });
  return {
    show: (fraction, line) => {
      const percent = `${String(Math.floor(fraction * 100)).padStart(3)} %`;
      bar.update(Math.round(fraction * 1000), { percent, line });
    },
    stop: () => bar.stop(),
  };
}

/** How far a run is, 0..1. It ends when all have completed, or at the stop time in any case. */
export function fractionOf(progress: Progress, stop: Scenario["stop"]): number {
  const ofTime = (progress.simulatedSeconds * 1000) / stop.atMost;
  const fraction = stop.when === "time" ? ofTime : Math.max(ofTime, progress.fraction);
  return Math.min(1, fraction);
}

/** `6:12 simulated, 412/1,000 done, 402,113 blocks/s, 0:21 left`. */
export function progressLine(
  progress: Progress,
  fraction: number,
  elapsed: number,
  isLive = false,
): string {
  const speed = elapsed > 0 ? progress.blocks / elapsed : 0;
  const left = fraction > 0.01 ? `${clockTime((elapsed * (1 - fraction)) / fraction)} left` : "";
  const parts = [
    `${clockTime(progress.simulatedSeconds)}${isLive ? "" : " simulated"}`,
    `${grouped(progress.completed)}/${grouped(progress.expected)} done`,
    `${grouped(speed)} blocks/s`,
    left,
  ];
  return parts.filter((part) => part !== "").join(", ");
}
