import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HANDLE_RUN, type HandleOwner, HandlePool } from "../../../src/sim/handle-pool.ts";

function owner(): HandleOwner {
  return { freeHandles: [], handleRuns: [] };
}

describe("the pool of handles", () => {
  test("gives an owner the handles of its run in order, then another run", () => {
    const pool = new HandlePool();
    const [a, b] = [owner(), owner()];
    expect(pool.take(a)).toBe(0);
    expect(pool.take(b)).toBe(HANDLE_RUN);
    const more = Array.from({ length: HANDLE_RUN }, () => pool.take(a));
    expect(more.slice(0, -1)).toEqual(Array.from({ length: HANDLE_RUN - 1 }, (_, i) => i + 1));
    expect(more.at(-1)).toBe(2 * HANDLE_RUN);
    expect(pool.size).toBe(3 * HANDLE_RUN);
  });

  test("never gives a handle to two owners, and uses those of the gone again", () => {
    const step = fc.record({ who: fc.nat(4), what: fc.constantFrom("take", "give", "go") });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const pool = new HandlePool();
        const owners = Array.from({ length: 5 }, owner);
        const held = owners.map(() => new Set<number>());
        let most = 0;
        for (const { who, what } of steps) {
          const [own, mine] = [owners[who]!, held[who]!];
          if (what === "take") {
            const handle = pool.take(own);
            expect(held.some((others) => others.has(handle))).toBe(false);
            expect(handle).toBeLessThan(pool.size);
            mine.add(handle);
          } else if (what === "give") {
            const [first] = mine;
            if (first === undefined) continue;
            mine.delete(first);
            own.freeHandles.push(first);
          } else {
            pool.release(own);
            mine.clear();
          }
          most = Math.max(
            most,
            owners.reduce((sum, one) => sum + one.handleRuns.length, 0),
          );
        }
        expect(pool.size).toBe(most * HANDLE_RUN);
      }),
    );
  });
});
