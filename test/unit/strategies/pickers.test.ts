import { describe, expect, test } from "@jest/globals";
import { Bitfield } from "../../../src/core/bitfield.ts";
import type { PieceChoice } from "../../../src/engine/picker.ts";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createPicker } from "../../../src/strategies/create.ts";
import { randomOf, stoppedClock } from "../../support/neighbours.ts";

function picker(name: string) {
  const settings = profiles["mainline-4"];
  return createPicker(builtInStrategies, { name, options: {} }, settings, {
    peer: "dsl/0",
    clock: stoppedClock,
  });
}

/** A choice among the pieces with a number of copies; an undefined one is no candidate. */
function choiceOf(copies: readonly (number | undefined)[], seed = "pieces"): PieceChoice {
  const candidates = new Bitfield(copies.length);
  copies.forEach((count, piece) => {
    if (count !== undefined) candidates.set(piece);
  });
  return {
    candidates,
    pieceCount: copies.length,
    completed: 0,
    availability: (piece) => copies[piece] ?? 0,
    random: randomOf(seed),
  };
}

/** Chi-square of `draws` picks against all of `pieces` being equally likely. */
function chiSquare(name: string, choice: PieceChoice, pieces: readonly number[], draws: number) {
  const times = new Map(pieces.map((piece) => [piece, 0]));
  const chosen = picker(name);
  for (let draw = 0; draw < draws; draw++) {
    const piece = chosen.pick(choice);
    expect(times.has(piece)).toBe(true);
    times.set(piece, (times.get(piece) ?? 0) + 1);
  }
  const expected = draws / pieces.length;
  return [...times.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe("rarest-first", () => {
  test("picks the candidate with the fewest copies, also when the rarest is none", () => {
    expect(picker("rarest-first").pick(choiceOf([4, undefined, 3, 2, 5]))).toBe(3);
    expect(picker("rarest-first").pick(choiceOf([1, undefined, 3, 0, 5]))).toBe(3);
  });

  test("draws among equally rare pieces with equal chance", () => {
    const choice = choiceOf([7, 2, 3, 2, undefined, 2, 2, 9, 2]);
    expect(chiSquare("rarest-first", choice, [1, 3, 5, 6, 8], 50_000)).toBeLessThan(18.47); // p = 0.001
  });

  test("leaves the first pieces to the engine's random choice", () => {
    expect(picker("rarest-first").ownFirstPieces).toBe(false);
  });
});

describe("random", () => {
  test("draws among all candidates with equal chance, rare or not", () => {
    const choice = choiceOf([7, 2, undefined, undefined, 3, undefined, 9, 1]);
    expect(chiSquare("random", choice, [0, 1, 4, 6, 7], 50_000)).toBeLessThan(18.47); // p = 0.001
  });
});

describe("sequential", () => {
  test("picks the first candidate, and decides about the first pieces too", () => {
    expect(picker("sequential").pick(choiceOf([undefined, undefined, 9, 1]))).toBe(2);
    expect(picker("sequential").ownFirstPieces).toBe(true);
  });
});

describe("every picker", () => {
  test.each([...builtInStrategies.pickers.keys()])("%s takes the only candidate", (name) => {
    const only = choiceOf([...new Array<undefined>(69), 3]);
    expect(picker(name).pick(only)).toBe(69);
  });
});
