import { describe, expect, test } from "@jest/globals";
import { Geometry } from "../../../src/core/geometry.ts";
import { Arenas } from "../../../src/engine/arenas.ts";
import type { Client } from "../../../src/engine/client.ts";
import { BECAME_COMPLETE, BECAME_WANTED, NOTHING } from "../../../src/engine/haves.ts";

const HANDLE = 5;

/** Columns of one client and one connection, in a torrent of three pieces of which the client has `own`. */
function columns(own: readonly number[]) {
  const arenas = new Arenas(new Geometry(3 * 16_384, 16_384));
  arenas.ensure(HANDLE + 1);
  arenas.cells.open(HANDLE, 1, 9);
  const row = arenas.openClient({} as Client);
  for (const piece of own) arenas.pieceCounts.own(row, piece);
  arenas.cells.takeHeard(HANDLE);
  const note = (piece: number) => arenas.haves.note(row, HANDLE, piece);
  return { ...arenas, row, note };
}

describe("a have", () => {
  test("of a piece that we lack makes the peer interesting", () => {
    const { note, cells } = columns([]);
    expect(note(1)).toBe(BECAME_WANTED);
    expect([cells.pieces(HANDLE), cells.wanted(HANDLE)]).toEqual([1, 1]);
  });

  test("of another piece changes nothing while the peer interests us and has work", () => {
    const { note, cells } = columns([]);
    note(1);
    cells.setInterested(HANDLE, true);
    expect(note(0)).toBe(NOTHING);
    expect(cells.wanted(HANDLE)).toBe(2);
  });

  test("of another piece is news when nothing was left to ask of the peer", () => {
    const { note, cells } = columns([]);
    note(1);
    cells.setInterested(HANDLE, true);
    cells.setStarved(HANDLE, true);
    expect(note(0)).toBe(BECAME_WANTED);
  });

  test("of a piece that we have counts a copy and makes nobody interesting", () => {
    const { note, cells, pieceCounts, row } = columns([1]);
    expect(note(1)).toBe(NOTHING);
    expect(pieceCounts.copies(row, 1)).toBe(1);
    expect([cells.pieces(HANDLE), cells.wanted(HANDLE)]).toEqual([1, 0]);
  });

  test("of the last piece tells that the peer is complete, when we want nothing of it", () => {
    const { note } = columns([0, 1, 2]);
    expect([note(2), note(0), note(1)]).toEqual([NOTHING, NOTHING, BECAME_COMPLETE]);
  });

  test("of the last piece is wanted first of all, when we lack that piece", () => {
    const { note } = columns([0, 1]);
    expect([note(0), note(1), note(2)]).toEqual([NOTHING, NOTHING, BECAME_WANTED]);
  });

  test("said twice counts once, and is still a sign of life", () => {
    const { note, cells, pieceCounts, row } = columns([0]);
    note(0);
    expect(cells.takeHeard(HANDLE)).toBe(true);
    expect(note(0)).toBe(NOTHING);
    expect(pieceCounts.copies(row, 0)).toBe(1);
    expect(cells.pieces(HANDLE)).toBe(1);
    expect(cells.takeHeard(HANDLE)).toBe(true);
  });
});
