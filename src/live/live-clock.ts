import type { Clock } from "../core/clock.ts";

/** Wall time in ms since the run began. It stands still within an input, as a simulated clock does. */
export class LiveClock implements Clock {
  now = 0;
  private readonly begin = performance.now();

  /** Called before each input. */
  tick(): void {
    this.now = performance.now() - this.begin;
  }
}
