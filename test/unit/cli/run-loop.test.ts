import { expect, test } from "@jest/globals";
import { type Runnable, runToEnd } from "../../../src/cli/run-loop.ts";
import type { Progress } from "../../../src/metrics/results.ts";
import { fixedResult } from "../../support/run-results.ts";

/** Is done after so many slices. */
class Countdown implements Runnable {
  left: number;
  finished = 0;

  constructor(slices: number) {
    this.left = slices;
  }

  get isDone(): boolean {
    return this.left === 0;
  }

  advance(): void {
    this.left--;
  }

  progress(): Progress {
    return {
      simulatedSeconds: 0,
      events: 0,
      blocks: 0,
      completed: 0,
      arrived: 0,
      expected: 0,
      fraction: 0,
    };
  }

  finish() {
    this.finished++;
    return fixedResult();
  }
}

test("runs to the end, and finishes once", async () => {
  const run = new Countdown(5);
  await runToEnd(run, { isCancelled: () => false });
  expect([run.left, run.finished]).toEqual([0, 1]);
});

test("gives timers and signals a turn between slices, and stops when told to", async () => {
  const run = new Countdown(1_000_000);
  let isCancelled = false;
  setTimeout(() => {
    isCancelled = true;
  }, 1);
  await runToEnd(run, { isCancelled: () => isCancelled });
  expect(run.left).toBeGreaterThan(0);
  expect(run.finished).toBe(1);
});

test("does not begin when it is cancelled already", async () => {
  const run = new Countdown(3);
  await runToEnd(run, { isCancelled: () => true });
  expect(run.left).toBe(3);
});

test("tells how far it is, at least once", async () => {
  const told: Progress[] = [];
  await runToEnd(new Countdown(3), {
    isCancelled: () => false,
    onProgress: (progress) => told.push(progress),
  });
  expect(told.length).toBeGreaterThan(0);
});

test("ends with the error of the simulation", async () => {
  const run = new Countdown(3);
  run.advance = () => {
    throw new Error("a strategy threw");
  };
  await expect(runToEnd(run, { isCancelled: () => false })).rejects.toThrow("a strategy threw");
  expect(run.finished).toBe(0);
});
