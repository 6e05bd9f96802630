import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { AssertionError } from "../../src/core/assert.ts";
import { BLOCK_SIZE, Geometry } from "../../src/core/geometry.ts";

/** Whole blocks, parts of blocks, less than a block; and the torrent cut anywhere. */
const geometry = fc
  .record({
    pieceLength: fc.oneof(
      fc.integer({ min: 1, max: 8 }).map((blocks) => blocks * BLOCK_SIZE),
      fc.integer({ min: 1, max: 5 * BLOCK_SIZE }),
    ),
    pieces: fc.nat(6),
    rest: fc.integer({ min: 1, max: 200_000 }),
  })
  .map(({ pieceLength, pieces, rest }) => {
    return new Geometry(pieces * pieceLength + 1 + (rest % pieceLength), pieceLength);
  });

describe("a torrent's geometry", () => {
  test("cuts it into pieces and blocks without a gap or an overlap", () => {
    fc.assert(
      fc.property(geometry, (one) => {
        let size = 0;
        let blocks = 0;
        for (let piece = 0; piece < one.pieceCount; piece++) {
          let length = 0;
          for (let block = 0; block < one.blocksOfPiece(piece); block++) {
            expect(length).toBe(block * BLOCK_SIZE);
            length += one.lengthOfBlock(piece, block);
            blocks++;
          }
          expect(length).toBe(one.lengthOfPiece(piece));
          expect(size).toBe(piece * one.pieceLength);
          size += length;
        }
        expect(size).toBe(one.size);
        expect(blocks).toBe(one.blockCount);
      }),
      { numRuns: 100 },
    );
  });

  test("has no empty piece or block, none too long, and only the last ones short", () => {
    fc.assert(
      fc.property(geometry, (one) => {
        for (let piece = 0; piece < one.pieceCount; piece++) {
          const isLast = piece === one.pieceCount - 1;
          const length = one.lengthOfPiece(piece);
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(one.pieceLength);
          if (!isLast) expect(length).toBe(one.pieceLength);
          const blocks = one.blocksOfPiece(piece);
          expect(blocks).toBeLessThanOrEqual(one.blocksPerPiece);
          for (let block = 0; block < blocks; block++) {
            const part = one.lengthOfBlock(piece, block);
            expect(part).toBeGreaterThan(0);
            if (block < blocks - 1) expect(part).toBe(BLOCK_SIZE);
            else expect(part).toBeLessThanOrEqual(BLOCK_SIZE);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test("holds above 2^32 bytes too", () => {
    const one = new Geometry(5 * 2 ** 40 + 1, 2 ** 24);
    expect(one.pieceCount).toBe(327_681);
    expect(one.lengthOfPiece(327_680)).toBe(1);
    expect(one.lengthOfPiece(327_679)).toBe(2 ** 24);
    expect(one.blockCount).toBe(327_680 * 1024 + 1);
  });

  test.each([0, -1, 1.5, Number.NaN, 2 ** 53])("has no size of %p", (size) => {
    expect(() => new Geometry(size, BLOCK_SIZE)).toThrow(AssertionError);
    expect(() => new Geometry(BLOCK_SIZE, size)).toThrow(AssertionError);
  });
});
