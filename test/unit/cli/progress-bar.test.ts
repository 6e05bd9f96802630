import { describe, expect, test } from "@jest/globals";
import { fractionOf, progressLine } from "../../../src/cli/progress-bar.ts";
import type { Progress } from "../../../src/metrics/results.ts";

function progress(options: Partial<Progress> = {}): Progress {
  return {
    simulatedSeconds: 372,
    events: 0,
    blocks: 4_000_000,
    completed: 412,
    arrived: 1000,
    expected: 1000,
    fraction: 0.5,
    ...options,
  };
}

describe("the progress line", () => {
  test("has simulated time, peers done, speed and the time that is left", () => {
    expect(progressLine(progress(), 0.5, 21)).toBe(
      "6:12 simulated, 412/1,000 done, 190,476 blocks/s, 0:21 left",
    );
  });

  test("does not guess what is left before anything is known", () => {
    expect(progressLine(progress({ blocks: 0 }), 0, 0)).toBe(
      "6:12 simulated, 412/1,000 done, 0 blocks/s",
    );
  });

  test("fits beside a bar of 10 and the percentage into 80 columns", () => {
    const line = progressLine(progress({ completed: 1000 }), 0.5, 21);
    expect(line.length).toBeLessThanOrEqual(80 - 10 - "  50 %  ".length);
  });
});

describe("how far a run is", () => {
  const stop = { when: "all-complete", atMost: 3_600_000 } as const;

  test("is the pieces that leechers have", () => {
    expect(fractionOf(progress(), stop)).toBe(0.5);
  });

  test("is the time, when that is further: nobody may ever complete", () => {
    expect(fractionOf(progress({ simulatedSeconds: 2700, fraction: 0.1 }), stop)).toBe(0.75);
  });

  test("is the time alone, when the run ends at a time", () => {
    const timed = { ...stop, when: "time" } as const;
    expect(fractionOf(progress({ simulatedSeconds: 360, fraction: 1 }), timed)).toBe(0.1);
  });

  test("is never more than all", () => {
    expect(fractionOf(progress({ fraction: 1.01 }), stop)).toBe(1);
  });
});
