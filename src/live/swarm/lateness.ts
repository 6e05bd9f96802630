import { monitorEventLoopDelay } from "node:perf_hooks";
import type { LiveFacts } from "../../metrics/results.ts";

/** ms between two looks at how late timers are. */
const INTERVAL = 10;

/** How late the system is with what it was asked to do at a time. */
export class Lateness {
  private readonly histogram = monitorEventLoopDelay({ resolution: INTERVAL });

  begin(): void {
    this.histogram.enable();
  }

  end(): void {
    this.histogram.disable();
  }

  get facts(): Pick<LiveFacts, "lateP99Milliseconds" | "lateMaxMilliseconds"> {
    const { histogram } = this;
    return {
      lateP99Milliseconds: late(histogram.percentile(99)),
      lateMaxMilliseconds: late(histogram.max),
    };
  }
}

/** The histogram has whole intervals, in ns. */
function late(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - INTERVAL);
}
