import type { Progress, RunResult } from "../metrics/results.ts";

/** Events between two looks at the world: some 50 ms. */
const slice = 50_000;

/** Real ms between two looks of a display. */
const displayInterval = 100;

/** What is run: a `Simulation`, or in tests something like it. */
export interface Runnable {
  readonly isDone: boolean;
  advance(events: number): void;
  progress(): Progress;
  finish(): RunResult;
}

export interface RunLoopOptions {
  /** Asked between slices: true ends the run where it is. */
  isCancelled(): boolean;
  /** Told a few times a second how far the run is. */
  onProgress?: (progress: Progress) => void;
}

/** Runs to the end, or until cancelled, and lets signals and displays have a turn between slices. */
export async function runToEnd(run: Runnable, options: RunLoopOptions): Promise<RunResult> {
  const { isCancelled, onProgress } = options;
  let shown = 0;
  while (!run.isDone && !isCancelled()) {
    run.advance(slice);
    const now = performance.now();
    if (onProgress !== undefined && now - shown >= displayInterval) {
      shown = now;
      onProgress(run.progress());
    }
    await new Promise((resume) => setImmediate(resume));
  }
  return run.finish();
}
