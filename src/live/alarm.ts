import type { LiveClock } from "./live-clock.ts";

/** A wake-up that can be moved: only the time asked for last counts. */
export class Alarm {
  private readonly clock: LiveClock;
  private readonly ring: () => void;
  private timer: NodeJS.Timeout | undefined;
  private at = Number.POSITIVE_INFINITY;

  constructor(clock: LiveClock, ring: () => void) {
    this.clock = clock;
    this.ring = ring;
  }

  /** Rings at `at` (ms of the clock), or a little later. */
  set(at: number): void {
    if (at === this.at) return;
    this.clear();
    this.at = at;
    const wait = Math.max(0, Math.ceil(at - this.clock.now));
    this.timer = setTimeout(() => {
      this.at = Number.POSITIVE_INFINITY;
      this.ring();
    }, wait);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.at = Number.POSITIVE_INFINITY;
  }
}
