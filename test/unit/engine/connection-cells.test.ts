import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ConnectionCells } from "../../../src/engine/connection-cells.ts";
import { ConnectionRows, DRIVER_FLOAT, ROW_FLOATS } from "../../../src/engine/connection-rows.ts";

const HANDLE = 2;

function cellsOf(handles = 4): ConnectionCells {
  const rows = new ConnectionRows();
  rows.ensure(handles);
  return new ConnectionCells(rows);
}

function opened(): ConnectionCells {
  const cells = cellsOf();
  cells.open(HANDLE, 7, 70);
  return cells;
}

const flags = ["Interested", "AmChoking", "PeerChoking", "Starved", "Stalled", "Paced"] as const;
type Flag = (typeof flags)[number];

function read(cells: ConnectionCells, flag: Flag): boolean {
  switch (flag) {
    case "AmChoking":
      return cells.amChoking(HANDLE);
    case "PeerChoking":
      return cells.peerChoking(HANDLE);
    default:
      return cells[`is${flag}`](HANDLE);
  }
}

describe("the cells of a connection", () => {
  test("begin choked both ways, interested in nothing, with no block and no piece", () => {
    const cells = opened();
    expect([cells.number(HANDLE), cells.remote(HANDLE)]).toEqual([7, 70]);
    expect(flags.filter((flag) => read(cells, flag))).toEqual(["AmChoking", "PeerChoking"]);
    expect([cells.pieces(HANDLE), cells.wanted(HANDLE)]).toEqual([0, 0]);
    expect([cells.lastBlockAt(HANDLE), cells.blocksThisTurn(HANDLE)]).toEqual([-1, 0]);
    expect(cells.currentPartial(HANDLE)).toBe(-1);
  });

  test("begin as having heard and spoken, so that the first sweep counts no silence", () => {
    const cells = opened();
    expect([cells.takeHeard(HANDLE), cells.takeSpoke(HANDLE)]).toEqual([true, true]);
    expect([cells.takeHeard(HANDLE), cells.takeSpoke(HANDLE)]).toEqual([false, false]);
  });

  test("keep each flag apart from the others and from the count of blocks", () => {
    const step = fc.oneof(
      fc.record({ flag: fc.constantFrom(...flags), isOn: fc.boolean() }),
      fc.constantFrom("block", "end of turn", "heard", "spoke", "take"),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const cells = opened();
        const model = new Map<Flag, boolean>(flags.map((flag) => [flag, flag.endsWith("Choking")]));
        let blocks = 0;
        let heard = true;
        let spoke = true;
        for (const one of steps) {
          if (typeof one !== "string") {
            cells[`set${one.flag}`](HANDLE, one.isOn);
            model.set(one.flag, one.isOn);
          } else if (one === "block") {
            cells.blockCame(HANDLE, 1_000);
            model.set("Stalled", false);
            blocks++;
          } else if (one === "end of turn") {
            cells.endTurn(HANDLE);
            blocks = 0;
          } else if (one === "heard") {
            cells.hear(HANDLE);
            heard = true;
          } else if (one === "spoke") {
            cells.speak(HANDLE);
            spoke = true;
          } else {
            expect([cells.takeHeard(HANDLE), cells.takeSpoke(HANDLE)]).toEqual([heard, spoke]);
            heard = false;
            spoke = false;
          }
          for (const flag of flags) expect(read(cells, flag)).toBe(model.get(flag));
          expect(cells.blocksThisTurn(HANDLE)).toBe(blocks);
        }
      }),
    );
  });

  test("count up to 255 blocks of a turn and stay there", () => {
    const cells = opened();
    for (let i = 1; i <= 300; i++) {
      cells.blockCame(HANDLE, i);
      expect(cells.blocksThisTurn(HANDLE)).toBe(Math.min(i, 255));
    }
    expect(cells.lastBlockAt(HANDLE)).toBe(300);
    cells.endTurn(HANDLE);
    expect(cells.blocksThisTurn(HANDLE)).toBe(0);
    expect(cells.amChoking(HANDLE)).toBe(true);
  });

  test("leave the neighbouring rows alone", () => {
    const cells = opened();
    cells.open(1, 5, 50);
    cells.open(3, 6, 60);
    cells.setInterested(HANDLE, true);
    cells.addPiece(HANDLE);
    cells.want(HANDLE);
    cells.setCurrentPartial(HANDLE, 4);
    cells.blockCame(HANDLE, 9);
    for (const handle of [1, 3]) {
      expect(cells.isInterested(handle)).toBe(false);
      expect([cells.pieces(handle), cells.wanted(handle)]).toEqual([0, 0]);
      expect([cells.currentPartial(handle), cells.lastBlockAt(handle)]).toEqual([-1, -1]);
    }
  });

  test("have no number once the connection closed, and nothing left when the handle is used again", () => {
    const cells = opened();
    cells.setInterested(HANDLE, true);
    cells.setPeerChoking(HANDLE, false);
    cells.setPieces(HANDLE, 3);
    cells.setWanted(HANDLE, 2);
    cells.setCurrentPartial(HANDLE, 4);
    cells.blockCame(HANDLE, 9);
    cells.close(HANDLE);
    expect(cells.number(HANDLE)).toBe(0);
    cells.open(HANDLE, 8, 80);
    expect(flags.filter((flag) => read(cells, flag))).toEqual(["AmChoking", "PeerChoking"]);
    expect([cells.number(HANDLE), cells.pieces(HANDLE), cells.wanted(HANDLE)]).toEqual([8, 0, 0]);
    expect([cells.currentPartial(HANDLE), cells.lastBlockAt(HANDLE)]).toEqual([-1, -1]);
    expect(cells.blocksThisTurn(HANDLE)).toBe(0);
  });

  test("stay as they are when there is room for more connections", () => {
    const rows = new ConnectionRows();
    rows.ensure(3);
    const cells = new ConnectionCells(rows);
    cells.open(HANDLE, 7, 70);
    cells.setPieces(HANDLE, 11);
    cells.setCurrentPartial(HANDLE, 4);
    rows.floats[HANDLE * ROW_FLOATS + DRIVER_FLOAT] = 0.5;
    rows.ensure(5_000);
    expect([cells.number(HANDLE), cells.remote(HANDLE), cells.pieces(HANDLE)]).toEqual([7, 70, 11]);
    expect(cells.currentPartial(HANDLE)).toBe(4);
    expect(rows.floats[HANDLE * ROW_FLOATS + DRIVER_FLOAT]).toBe(0.5);
  });
});
