import { BitRows } from "../../src/core/bit-rows.ts";
import { Bitfield } from "../../src/core/bitfield.ts";
import type { Case } from "./measure.ts";

const PIECES = 400; // 100 MiB in pieces of 256 KiB
const NEIGHBOURS = 64;
const ROUNDS = 200;

/** "Has the neighbour a piece that I lack?", at its dearest: the only such piece is the last one. */
export function bitfieldCases(): Case[] {
  const rows = new BitRows(PIECES);
  rows.ensure(NEIGHBOURS);
  const lacking = new Bitfield(PIECES);
  lacking.set(PIECES - 1);
  const all = new Bitfield(PIECES);
  all.setAll();
  for (let row = 0; row < NEIGHBOURS; row++) rows.copyFrom(row, all);
  const sets = Array.from(
    { length: NEIGHBOURS },
    () => new Set(Array.from({ length: PIECES }, (_, i) => i)),
  );
  const mine = new Set(Array.from({ length: PIECES - 1 }, (_, i) => i));
  const shape = { operation: "question", operations: NEIGHBOURS * ROUNDS };
  return [
    {
      ...shape,
      name: "a piece I lack, bit rows",
      run() {
        let sum = 0;
        for (let i = 0; i < NEIGHBOURS * ROUNDS; i++) {
          sum += rows.nextCommon(i % NEIGHBOURS, lacking, 0);
        }
        return sum;
      },
    },
    {
      ...shape,
      name: "a piece I lack, Set",
      operations: NEIGHBOURS,
      run() {
        let sum = 0;
        for (const set of sets) sum += firstOutside(set, mine);
        return sum;
      },
    },
  ];
}

function firstOutside(theirs: ReadonlySet<number>, mine: ReadonlySet<number>): number {
  for (const piece of theirs) if (!mine.has(piece)) return piece;
  return -1;
}
