import { describe, expect, test } from "@jest/globals";
import { Bitfield } from "../../../src/core/bitfield.ts";
import type { Picker, RevealChoice } from "../../../src/engine/picker.ts";
import { guardPicker } from "../../../src/strategies/guard-picker.ts";
import { neighbour, randomOf, stoppedClock } from "../../support/neighbours.ts";
import { messageOf } from "../../support/strategy-message.ts";

describe("the guard of a picker", () => {
  const candidates = new Bitfield(8);
  candidates.set(2);
  candidates.set(5);
  const choice = {
    candidates,
    pieceCount: 8,
    completed: 3,
    availability: () => 1,
    random: randomOf("guard"),
  };

  test("lets a candidate pass", () => {
    expect(guardPicker({ pick: () => 5 }, "mine", "dsl/3", stoppedClock).pick(choice)).toBe(5);
  });

  test.each([3, -1, 8, 2.5, Number.NaN, undefined, "2", 2 ** 32 + 2])("refuses %p", (piece) => {
    const guarded = guardPicker({ pick: () => piece as number }, "mine", "dsl/3", stoppedClock);
    expect(messageOf(() => guarded.pick(choice))).toMatch(
      /^Picker "mine" of dsl\/3, at 10 s, pick\(\): picked .* not one of the candidates, with 3 of 8 pieces/,
    );
  });

  test("names strategy and peer when it throws", () => {
    const failing: Picker = {
      pick() {
        throw new RangeError("none left");
      },
    };
    expect(
      messageOf(() => guardPicker(failing, "mine", "dsl/3", stoppedClock).pick(choice)),
    ).toContain('Picker "mine" of dsl/3, at 10 s, pick(): threw RangeError: none left');
  });

  describe("that shows pieces", () => {
    const hidden = new Bitfield(8);
    hidden.set(2);
    const revealing = (answer: unknown) =>
      guardPicker(
        { pick: () => 0, reveal: () => answer } as unknown as Picker,
        "mine",
        "dsl/3",
        stoppedClock,
      );
    const choice = { hidden } as unknown as RevealChoice;

    test("lets a hidden piece pass, and -1", () => {
      expect(revealing(2).reveal?.(choice)).toBe(2);
      expect(revealing(-1).reveal?.(choice)).toBe(-1);
    });

    test.each([3, 8, -2, 1.5, Number.NaN, undefined, null, "2"])("refuses %p", (piece) => {
      expect(messageOf(() => revealing(piece).reveal?.(choice))).toMatch(
        /^Picker "mine" of dsl\/3, at 10 s, reveal\(\): showed .*, which is not one of the hidden\. Return a number that hidden\.next\(\) gave, or -1\.$/,
      );
    });

    test("tells what it throws, there and when a peer leaves", () => {
      const failing = guardPicker(
        {
          pick: () => 0,
          reveal: () => {
            throw new Error("no piece");
          },
          left: () => {
            throw new Error("gone");
          },
        },
        "mine",
        "dsl/3",
        stoppedClock,
      );
      expect(messageOf(() => failing.reveal?.(choice))).toContain(
        "reveal(): threw Error: no piece",
      );
      expect(messageOf(() => failing.left?.(neighbour(1)))).toContain("left(): threw Error: gone");
    });

    test("has no reveal where the picker has none", () => {
      const plain = guardPicker({ pick: () => 0 }, "mine", "dsl/3", stoppedClock);
      expect(plain.reveal).toBeUndefined();
      expect(() => plain.left?.(neighbour(1))).not.toThrow();
    });
  });
});
