import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { SortedRun } from "../../../src/sim/sorted-run.ts";
import { testRandom } from "../../support/net.ts";

function rowsOf(run: SortedRun): number[] {
  const rows: number[] = [];
  run.forEach((row) => {
    rows.push(row);
  });
  return rows;
}

/** Rows are numbered in the order in which they come; Array.prototype.sort is stable. */
function sorted(times: readonly number[]): number[] {
  return times.map((_, row) => row).sort((a, b) => times[a]! - times[b]!);
}

describe("a sorted run", () => {
  // Up to 64 rows are sorted by insertion, more by merging; 256 fit before it grows.
  test.each([0, 1, 2, 63, 64, 65, 66, 100, 127, 128, 129, 255, 256, 257, 1_000, 5_000])(
    "of %d rows is in order of time, and at one time in the order of insertion",
    (count) => {
      const random = testRandom(count);
      for (const kinds of [1, 2, 10, 1e9]) {
        const run = new SortedRun();
        const times = Array.from({ length: count }, () => Math.floor(random.next() * kinds));
        times.forEach((time, row) => {
          run.append(row, time);
        });
        run.sort();
        expect(rowsOf(run)).toEqual(sorted(times));
      }
    },
  );

  test("keeps its order when rows are taken out and put in between", () => {
    const step = fc.oneof(fc.nat(20), fc.constant("shift" as const));
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { maxLength: 150 }),
        fc.array(step, { maxLength: 100 }),
        (first, steps) => {
          const run = new SortedRun();
          const times = [...first];
          times.forEach((time, row) => {
            run.append(row, time);
          });
          run.sort();
          let model = sorted(times);
          for (const one of steps) {
            if (one !== "shift") {
              const row = times.push(one) - 1;
              run.insert(row, one);
              const at = model.findIndex((other) => times[other]! > one);
              model.splice(at < 0 ? model.length : at, 0, row);
            } else if (model.length > 0) {
              expect(run.shift()).toBe(model[0]);
              model = model.slice(1);
            }
            expect(run.length).toBe(model.length);
            expect(run.isEmpty).toBe(model.length === 0);
          }
          expect(rowsOf(run)).toEqual(model);
          model.forEach((row, i) => {
            expect(run.at(i)).toBe(row);
          });
        },
      ),
    );
  });

  test("can be sorted again after it was emptied, larger or smaller than before", () => {
    const run = new SortedRun();
    const random = testRandom(7);
    for (const count of [300, 70, 2_000, 5, 90]) {
      run.clear();
      expect(run.isEmpty).toBe(true);
      const times = Array.from({ length: count }, () => Math.floor(random.next() * 50));
      times.forEach((time, row) => {
        run.append(row, time);
      });
      run.sort();
      expect(rowsOf(run)).toEqual(sorted(times));
      for (let i = 0; i < count / 2; i++) run.shift();
    }
  });
});
