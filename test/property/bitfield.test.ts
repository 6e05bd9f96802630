import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Bitfield } from "../../src/core/bitfield.ts";
import { bytesToHex } from "../../src/core/bytes.ts";

/** A length and what is done with indexes below it. */
const script = fc.integer({ min: 1, max: 100 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    actions: fc.array(
      fc.record({
        what: fc.constantFrom("set", "set", "clear", "setAll"),
        index: fc.nat(length - 1),
      }),
      { maxLength: 60 },
    ),
  }),
);

function run({ length, actions }: typeof script extends fc.Arbitrary<infer S> ? S : never): {
  field: Bitfield;
  model: Set<number>;
} {
  const field = new Bitfield(length);
  const model = new Set<number>();
  for (const { what, index } of actions) {
    if (what === "set") {
      expect(field.set(index)).toBe(!model.has(index));
      model.add(index);
    } else if (what === "clear") {
      expect(field.clear(index)).toBe(model.delete(index));
    } else {
      field.setAll();
      for (let i = 0; i < length; i++) model.add(i);
    }
  }
  return { field, model };
}

function indexesOf(field: Bitfield): number[] {
  const indexes: number[] = [];
  for (let i = field.next(0); i >= 0; i = field.next(i + 1)) indexes.push(i);
  return indexes;
}

function sorted(model: Set<number>): number[] {
  return [...model].sort((a, b) => a - b);
}

describe("a bitfield", () => {
  test("is a set of indexes", () => {
    fc.assert(
      fc.property(script, (steps) => {
        const { field, model } = run(steps);
        expect(indexesOf(field)).toEqual(sorted(model));
        expect(field.count).toBe(model.size);
        expect(field.isComplete).toBe(model.size === steps.length);
        const all = Array.from({ length: steps.length }, (_, index) => index);
        expect(all.filter((index) => field.has(index))).toEqual(sorted(model));
      }),
      { numRuns: 300 },
    );
  });

  test("finds the next index from anywhere", () => {
    fc.assert(
      fc.property(script, fc.nat(130), (steps, from) => {
        const { field, model } = run(steps);
        expect(field.next(from)).toBe(sorted(model).find((index) => index >= from) ?? -1);
      }),
      { numRuns: 300 },
    );
  });

  test("and its copy go their own ways", () => {
    fc.assert(
      fc.property(script, (steps) => {
        const { field, model } = run(steps);
        const copy = field.copy();
        field.setAll();
        expect(indexesOf(copy)).toEqual(sorted(model));
        expect(copy.count).toBe(model.size);
      }),
    );
  });

  test("is BEP 3's payload in bytes, and back", () => {
    fc.assert(
      fc.property(script, (steps) => {
        const { field, model } = run(steps);
        const bytes = field.toBytes();
        const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
        expect(bits.length).toBe(Math.ceil(steps.length / 8) * 8);
        const ones = Array.from(bits, (bit, index) => (bit === "1" ? index : -1));
        expect(ones.filter((index) => index >= 0)).toEqual(sorted(model));
        const back = Bitfield.fromBytes(bytes, steps.length);
        expect(back).toEqual(field);
      }),
      { numRuns: 300 },
    );
  });

  test("is not in bytes of a wrong length, or with a spare bit set", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        (bytes, length) => {
          const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
          const isRight =
            bytes.length === Math.ceil(length / 8) && !bits.slice(length).includes("1");
          const field = Bitfield.fromBytes(bytes, length);
          expect(field !== undefined).toBe(isRight);
          if (field !== undefined) expect(bytesToHex(field.toBytes())).toBe(bytesToHex(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });
});
