import { clockTime } from "../../report/units.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { fractionOf, singleBar } from "../progress-bar.ts";
import type { RunningCell } from "../simulation-pool.ts";

/** Shows how far many runs are. */
export interface BatchDisplay {
  /** `done` of `total` runs are over, so many real seconds after the first began. */
  show(done: number, total: number, running: readonly NamedRun[], elapsed: number): void;
  stop(): void;
}

export interface NamedRun {
  readonly name: string;
  /** 0..1 */
  readonly fraction: number;
}

/** A bar on standard error, which goes away at the end. */
export async function batchBar(): Promise<BatchDisplay> {
  const bar = await singleBar();
  return {
    show: (done, total, running, elapsed) => {
      const fraction = wholeFraction(done, total, running);
      bar.show(fraction, batchLine(done, total, running, elapsed));
    },
    stop: () => bar.stop(),
  };
}

/** What a run under way is called, and how far it is. */
export function namedRun(name: string, run: RunningCell, stop: Scenario["stop"]): NamedRun {
  return { name, fraction: fractionOf(run.progress, stop) };
}

/** `7/10 runs, 3:10 left: bittyrant, seed 3 42 %; tit-for-tat, seed 4 80 %`. */
export function batchLine(
  done: number,
  total: number,
  running: readonly NamedRun[],
  elapsed: number,
): string {
  const fraction = wholeFraction(done, total, running);
  const left = fraction > 0.01 ? `, ${clockTime((elapsed * (1 - fraction)) / fraction)} left` : "";
  const runs = running.map((run) => `${run.name} ${Math.floor(run.fraction * 100)} %`);
  return `${done}/${total} runs${left}${runs.length === 0 ? "" : `: ${runs.join("; ")}`}`;
}

function wholeFraction(done: number, total: number, running: readonly NamedRun[]): number {
  const begun = running.reduce((sum, { fraction }) => sum + fraction, 0);
  return total === 0 ? 1 : Math.min(1, (done + begun) / total);
}
