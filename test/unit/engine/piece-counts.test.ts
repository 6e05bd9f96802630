import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { PieceCounts } from "../../../src/engine/piece-counts.ts";

const PIECES = 5;

describe("piece counts", () => {
  test("are copies and an own mark for each client and piece, like objects", () => {
    const step = fc.record({
      row: fc.nat(3),
      piece: fc.nat(PIECES - 1),
      what: fc.constantFrom("add", "remove", "own", "open", "reserve"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const counts = new PieceCounts(PIECES);
        const fresh = () => Array.from({ length: PIECES }, () => ({ copies: 0, isOwn: false }));
        const model = new Map<number, ReturnType<typeof fresh>>();
        for (const { row, piece, what } of steps) {
          const cell = model.get(row)?.[piece];
          if (what === "reserve") {
            counts.reserve(row * 7);
          } else if (what === "open" || cell === undefined) {
            counts.open(row);
            model.set(row, fresh());
          } else if (what === "add") {
            expect(counts.add(row, piece)).toBe(cell.isOwn);
            cell.copies++;
          } else if (what === "remove" && cell.copies > 0) {
            counts.remove(row, piece);
            cell.copies--;
          } else if (what === "own") {
            counts.own(row, piece);
            cell.isOwn = true;
          }
        }
        for (const [row, cells] of model) {
          cells.forEach(({ copies, isOwn }, piece) => {
            expect([counts.copies(row, piece), counts.isOwn(row, piece)]).toEqual([copies, isOwn]);
          });
        }
      }),
    );
  });

  test("hold 32,767 copies beside the own mark, and stop the run at one more", () => {
    const counts = new PieceCounts(2);
    counts.open(0);
    counts.own(0, 1);
    for (let i = 0; i < 32_767; i++) counts.add(0, 1);
    expect([counts.copies(0, 1), counts.isOwn(0, 1)]).toEqual([32_767, true]);
    expect([counts.copies(0, 0), counts.isOwn(0, 0)]).toEqual([0, false]);
    expect(() => counts.add(0, 1)).toThrow("more copies of a piece than connections allow");
    expect(counts.isOwn(0, 1)).toBe(true);
  });
});
