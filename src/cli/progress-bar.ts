import { SingleBar } from "cli-progress";
import type { Progress } from "../metrics/results.ts";
import { clockTime, grouped } from "../report/units.ts";

/** Shows how far a run is. `fraction`: of the whole, 0..1; `elapsed`: real seconds since it started. */
export interface ProgressDisplay {
  show(progress: Progress, fraction: number, elapsed: number): void;
  stop(): void;
}

/** A bar on standard error, which goes away at the end. */
export function progressBar(): ProgressDisplay {
  const bar = new SingleBar({
    format: "{bar} {percent} | {line}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 24,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    gracefulExit: false, // we listen for the signals ourselves
    fps: 20,
  });
  bar.start(1000, 0, { percent: "  0 %", line: "starting" });
  return {
    show: (progress, fraction, elapsed) => {
      const percent = `${String(Math.floor(fraction * 100)).padStart(3)} %`;
      bar.update(Math.round(fraction * 1000), {
        percent,
        line: progressLine(progress, fraction, elapsed),
      });
    },
    stop: () => bar.stop(),
  };
}

/** `6:12 simulated | 412 of 1,000 done | 402,113 blocks/s | 0:21 left`. */
export function progressLine(progress: Progress, fraction: number, elapsed: number): string {
  const speed = elapsed > 0 ? progress.blocks / elapsed : 0;
  const left = fraction > 0.01 ? `${clockTime((elapsed * (1 - fraction)) / fraction)} left` : "";
  const parts = [
    `${clockTime(progress.simulatedSeconds)} simulated`,
    `${grouped(progress.completed)} of ${grouped(progress.expected)} done`,
    `${grouped(speed)} blocks/s`,
    left,
  ];
  return parts.filter((part) => part !== "").join(" | ");
}
