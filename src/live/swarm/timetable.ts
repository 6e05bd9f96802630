import type { LiveClock } from "../live-clock.ts";

/** What a run has to do at given times of its clock. */
export class Timetable {
  private readonly clock: LiveClock;
  private readonly timers = new Set<NodeJS.Timeout>();
  private isClear = false;

  constructor(clock: LiveClock) {
    this.clock = clock;
  }

  /** Does `action` at `time` (ms) or a little later, and never from inside this call. At Infinity: never. */
  at(time: number, action: () => void): void {
    if (time === Number.POSITIVE_INFINITY || this.isClear) return;
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        this.clock.tick();
        action();
      },
      Math.max(0, Math.ceil(time - this.clock.now)),
    );
    this.timers.add(timer);
  }

  /** Does `action` each `interval` ms, counted from now. */
  every(interval: number, action: () => void): void {
    this.repeat(this.clock.now + interval, interval, action);
  }

  private repeat(time: number, interval: number, action: () => void): void {
    this.at(time, () => {
      action();
      this.repeat(time + interval, interval, action);
    });
  }

  /** Nothing of it is done any more. */
  clear(): void {
    this.isClear = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
