import type { Clock } from "../core/clock.ts";

/** Wall time in ms since the run began. It stands still within an input, as a simulated clock does. */
export class LiveClock implements Clock {
  now = 0;
  private begin = performance.now();

  /** The run begins now. */
  restart(): void {
    this.begin = performance.now();
    this.now = 0;
  }

  /** Called before each input. */
  tick(): void {
    this.now = performance.now() - this.begin;
  }
}
