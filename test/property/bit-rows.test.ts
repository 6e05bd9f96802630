import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { BitRows } from "../../src/core/bit-rows.ts";
import { Bitfield } from "../../src/core/bitfield.ts";

const ROWS = 4;

/** A length, what is done with the rows, and a field to compare them with. */
const script = fc.integer({ min: 1, max: 100 }).chain((length) => {
  const indexes = fc.array(fc.nat(length - 1), { maxLength: 40 });
  return fc.record({
    length: fc.constant(length),
    actions: fc.array(
      fc.record({
        what: fc.constantFrom("set", "set", "set", "clearRow", "copyFrom", "ensure"),
        row: fc.nat(ROWS - 1),
        index: fc.nat(length - 1),
        indexes,
      }),
      { maxLength: 60 },
    ),
    wanted: indexes,
    except: indexes,
    from: fc.nat(length + 40),
  });
});

function fieldOf(length: number, indexes: Iterable<number>): Bitfield {
  const field = new Bitfield(length);
  for (const index of indexes) field.set(index);
  return field;
}

function sorted(model: Set<number>): number[] {
  return [...model].sort((a, b) => a - b);
}

describe("bit rows", () => {
  test("are sets of indexes that do not touch each other", () => {
    fc.assert(
      fc.property(script, ({ length, actions, wanted, except, from }) => {
        const rows = new BitRows(length);
        rows.ensure(ROWS);
        const models = Array.from({ length: ROWS }, () => new Set<number>());
        let capacity = ROWS;
        for (const { what, row, index, indexes } of actions) {
          const model = models[row] as Set<number>;
          if (what === "set") {
            expect(rows.set(row, index)).toBe(!model.has(index));
            model.add(index);
          } else if (what === "clearRow") {
            rows.clearRow(row);
            model.clear();
          } else if (what === "copyFrom") {
            rows.copyFrom(row, fieldOf(length, indexes));
            models[row] = new Set(indexes);
          } else {
            capacity *= 4; // growing keeps what is there
            rows.ensure(capacity < 10_000 ? capacity : ROWS);
          }
        }
        const field = fieldOf(length, wanted);
        const all = Array.from({ length }, (_, index) => index);
        models.forEach((model, row) => {
          expect(all.filter((index) => rows.has(row, index))).toEqual(sorted(model));
          const common = sorted(model).filter((index) => field.has(index));
          expect(rows.countCommon(row, field)).toBe(common.length);
          expect(rows.nextCommon(row, field, from)).toBe(
            common.find((index) => index >= from) ?? -1,
          );
          const lacking = all.filter((index) => {
            return field.has(index) && !model.has(index) && !except.includes(index);
          });
          expect(rows.nextLacking(row, field, fieldOf(length, except), from)).toBe(
            lacking.find((index) => index >= from) ?? -1,
          );
        });
      }),
      { numRuns: 200 },
    );
  });
});
