import { assert } from "./assert.ts";

/** BEP 3: requests are for blocks of 2^14 bytes. */
export const BLOCK_SIZE = 16_384;

/** How a torrent of `size` bytes is cut: pieces of `pieceLength`, blocks of 16 KiB; the last of each may be short. */
export class Geometry {
  readonly size: number;
  readonly pieceLength: number;
  readonly pieceCount: number;
  /** Blocks of every piece but the last. */
  readonly blocksPerPiece: number;
  readonly blockCount: number;

  constructor(size: number, pieceLength: number) {
    assert(
      Number.isSafeInteger(size) && size > 0,
      `torrent size ${size} is not a positive integer`,
    );
    assert(Number.isSafeInteger(pieceLength) && pieceLength > 0, `piece length ${pieceLength}`);
    this.size = size;
    this.pieceLength = pieceLength;
    this.pieceCount = Math.ceil(size / pieceLength);
    this.blocksPerPiece = Math.ceil(pieceLength / BLOCK_SIZE);
    const last = size - (this.pieceCount - 1) * pieceLength;
    this.blockCount = (this.pieceCount - 1) * this.blocksPerPiece + Math.ceil(last / BLOCK_SIZE);
  }

  lengthOfPiece(piece: number): number {
    const rest = this.size - piece * this.pieceLength;
    return rest < this.pieceLength ? rest : this.pieceLength;
  }

  blocksOfPiece(piece: number): number {
    if (piece < this.pieceCount - 1) return this.blocksPerPiece;
    return Math.ceil(this.lengthOfPiece(piece) / BLOCK_SIZE);
  }

  lengthOfBlock(piece: number, block: number): number {
    const rest = this.lengthOfPiece(piece) - block * BLOCK_SIZE;
    return rest < BLOCK_SIZE ? rest : BLOCK_SIZE;
  }
}
