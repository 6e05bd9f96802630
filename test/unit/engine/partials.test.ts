import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MANY_SUPPLIERS, NO_SUPPLIER, Partials } from "../../../src/engine/partials.ts";

describe("partial pieces", () => {
  test("hands out free blocks in order, and again what was put back", () => {
    const partials = new Partials(4);
    const row = partials.open(9, 4);
    expect([partials.take(row), partials.take(row), partials.take(row)]).toEqual([0, 1, 2]);
    expect(partials.requeue(row, 1)).toBe(true);
    expect(partials.take(row)).toBe(1);
    expect(partials.take(row)).toBe(3);
    expect(partials.unrequested(row)).toBe(0);
    expect(partials.piece(row)).toBe(9);
  });

  test("a short piece has only its own blocks", () => {
    const partials = new Partials(4);
    const row = partials.open(0, 2);
    partials.take(row);
    partials.take(row);
    expect(partials.unrequested(row)).toBe(0);
    partials.receive(row, 0, 1);
    partials.receive(row, 1, 1);
    expect(partials.missing(row)).toBe(0);
  });

  test("asks for a block in flight at most 254 times, and is free again after as many put back", () => {
    const partials = new Partials(2);
    const row = partials.open(0, 2);
    partials.take(row);
    for (let times = 2; times <= 254; times++) expect(partials.requestAgain(row, 0)).toBe(true);
    expect(partials.requestAgain(row, 0)).toBe(false);
    expect(partials.requests(row, 0)).toBe(254);
    for (let left = 253; left >= 0; left--) expect(partials.requeue(row, 0)).toBe(left === 0);
    expect(partials.unrequested(row)).toBe(2);
    expect(partials.take(row)).toBe(0);
  });

  test("forgets in a row that is used again what was there before", () => {
    const partials = new Partials(4);
    const row = partials.open(1, 4);
    partials.take(row);
    partials.receive(row, 0, 7);
    partials.markSeedStarted(row);
    partials.close(row);
    expect(partials.open(5, 3)).toBe(row);
    expect([partials.piece(row), partials.unrequested(row), partials.missing(row)]).toEqual([
      5, 3, 3,
    ]);
    expect([partials.supplier(row), partials.isSeedStarted(row)]).toEqual([NO_SUPPLIER, false]);
    expect([0, 1, 2, 3].map((block) => partials.isReceived(row, block))).toEqual([
      false,
      false,
      false,
      true, // the piece has no such block
    ]);
    expect(partials.take(row)).toBe(0);
  });

  test("keeps many pieces apart while their memory grows", () => {
    const partials = new Partials(3);
    const rows = Array.from({ length: 100 }, (_, piece) => {
      const row = partials.open(piece, 3);
      partials.receive(row, piece % 3, piece);
      return row;
    });
    rows.forEach((row, piece) => {
      expect([partials.piece(row), partials.supplier(row)]).toEqual([piece, piece]);
      for (let block = 0; block < 3; block++) {
        expect(partials.isReceived(row, block)).toBe(block === piece % 3);
      }
    });
  });

  test("remembers the one supplier, or that there were many", () => {
    const partials = new Partials(4);
    const row = partials.open(0, 4);
    expect(partials.supplier(row)).toBe(NO_SUPPLIER);
    partials.receive(row, 0, 7);
    partials.receive(row, 1, 7);
    expect(partials.supplier(row)).toBe(7);
    partials.receive(row, 2, 8);
    expect(partials.supplier(row)).toBe(MANY_SUPPLIERS);
    partials.receive(row, 3, 7);
    expect(partials.supplier(row)).toBe(MANY_SUPPLIERS);
  });

  test("a block is free, in flight so many times, or received: never two of them", () => {
    const action = fc.record({
      what: fc.constantFrom("take", "again", "requeue", "receive"),
      block: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const partials = new Partials(5);
        partials.open(1, 5);
        const row = partials.open(2, 5);
        const model = new Array<number>(5).fill(0); // requests in flight; -1 received
        for (const { what, block } of actions) {
          const state = model[block] as number;
          if (what === "take" && model.includes(0)) {
            const taken = partials.take(row);
            expect(model[taken]).toBe(0);
            model[taken] = 1;
          } else if (what === "again" && state > 0) {
            partials.requestAgain(row, block);
            model[block] = state + 1;
          } else if (what === "requeue" && state > 0) {
            expect(partials.requeue(row, block)).toBe(state === 1);
            model[block] = state - 1;
          } else if (what === "receive" && state >= 0) {
            expect(partials.receive(row, block, 1)).toBe(state);
            model[block] = -1;
          }
        }
        expect(partials.unrequested(row)).toBe(model.filter((one) => one === 0).length);
        expect(partials.missing(row)).toBe(model.filter((one) => one >= 0).length);
        model.forEach((one, block) => {
          expect(partials.requests(row, block)).toBe(Math.max(one, 0));
          expect(partials.isReceived(row, block)).toBe(one < 0);
        });
      }),
    );
  });
});
