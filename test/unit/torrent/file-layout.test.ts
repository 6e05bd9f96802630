import { describe, expect, test } from "@jest/globals";
import { FileLayout } from "../../../src/torrent/file-layout.ts";

/** Of files of these lengths; a negative one is padding. */
function layoutOf(lengths: readonly number[], pieceLength = 10): FileLayout {
  let offset = 0;
  const files = lengths.map((given, at) => {
    const length = Math.abs(given);
    const file = { path: [`${at}`], length, offset, isPadding: given < 0 };
    offset += length;
    return file;
  });
  return new FileLayout({ files, pieceLength, size: offset });
}

/** `file:offset+length` of each range. */
function texts(layout: FileLayout, ...asked: [number, number?, number?]): string[] {
  return layout.rangesOf(...asked).map(({ file, offset, length, isPadding }) => {
    return `${file}:${offset}+${length}${isPadding ? " zeros" : ""}`;
  });
}

describe("a layout of files", () => {
  test("of one file is that file", () => {
    const layout = layoutOf([25]);
    expect(layout.pieceCount).toBe(3);
    expect(texts(layout, 0)).toEqual(["0:0+10"]);
    expect(texts(layout, 1, 4, 3)).toEqual(["0:14+3"]);
    expect(texts(layout, 2)).toEqual(["0:20+5"]);
    expect(texts(layout, 2, 5)).toEqual([]);
  });

  test("cuts a piece where a file ends, and passes over empty files", () => {
    const layout = layoutOf([0, 4, 0, 0, 3, 8, 0]);
    expect(texts(layout, 0)).toEqual(["1:0+4", "4:0+3", "5:0+3"]);
    expect(texts(layout, 0, 4, 2)).toEqual(["4:0+2"]);
    expect(texts(layout, 1)).toEqual(["5:3+5"]);
  });

  test("says where a range begins in what was asked for", () => {
    expect(layoutOf([4, 6]).rangesOf(0, 2, 5)).toEqual([
      { file: 0, offset: 2, at: 0, length: 2, isPadding: false },
      { file: 1, offset: 0, at: 2, length: 3, isPadding: false },
    ]);
  });

  test("has pieces in a row, whose ranges are those of each joined where a file goes on", () => {
    const ranges = layoutOf([4, 18, 3]).rangesOfPieces(0, 3);
    expect(ranges.map(({ file, at, length }) => [file, at, length])).toEqual([
      [0, 0, 4],
      [1, 4, 18],
      [2, 22, 3],
    ]);
    expect(layoutOf([4, 18, 3]).rangesOfPieces(1, 2)).toHaveLength(1);
  });

  test("marks padding, which is zeros", () => {
    expect(texts(layoutOf([7, -3, 5]), 0)).toEqual(["0:0+7", "1:0+3 zeros"]);
  });

  test("says which pieces a file is in", () => {
    const layout = layoutOf([10, 0, 5, 16]);
    const pieces = [0, 1, 2, 3].map((file) => layout.piecesOf(file));
    expect(pieces).toEqual([
      { first: 0, end: 1 },
      { first: 1, end: 1 },
      { first: 1, end: 2 },
      { first: 1, end: 4 },
    ]);
    expect(layout.piecesOf(3, 5)).toEqual({ first: 2, end: 4 });
    expect(layout.piecesOf(3, 16)).toEqual({ first: 3, end: 3 });
  });

  test("asserts that what is asked for is there", () => {
    const layout = layoutOf([25]);
    for (const [piece, begin, length] of [
      [0, 0, 11],
      [2, 0, 6],
      [3, 0, 1],
      [-1, 0, 1],
      [0, -1, 1],
      [0, 1, -1],
    ] as const) {
      expect(() => layout.rangesOf(piece, begin, length)).toThrow(`piece ${piece} has no`);
    }
  });
});
