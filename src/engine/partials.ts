import { growInt32, growUint8 } from "../core/grow.ts";

/** No peer supplied a block yet; or more than one did. */
export const NO_SUPPLIER = -1;
export const MANY_SUPPLIERS = -2;

const PIECE = 0;
const UNREQUESTED = 1;
const MISSING = 2;
const SUPPLIER = 3;
const CURSOR = 4;
const SEED_STARTED = 5;
const STRIDE = 6;

const FREE = 0;
const RECEIVED = 255;
const MOST_REQUESTS = 254;

/**
 * Pieces under way, in shared arrays: for each block whether it is free, in flight (how many times) or received. A block
 * is in exactly one of these states. Rows are handed out by `open` and given back by `close`.
 */
export class Partials {
  private readonly blocksPerPiece: number;
  private cells = new Int32Array(0);
  private blocks = new Uint8Array(0);
  private used = 0;
  private readonly freed: number[] = [];

  constructor(blocksPerPiece: number) {
    this.blocksPerPiece = blocksPerPiece;
  }

  /** A row for `piece` with all its `blocks` free. */
  open(piece: number, blocks: number): number {
    const row = this.freed.pop() ?? this.used++;
    if (this.used * STRIDE > this.cells.length) {
      this.cells = growInt32(this.cells, this.used * STRIDE);
    }
    if (this.used * this.blocksPerPiece > this.blocks.length) {
      this.blocks = growUint8(this.blocks, this.used * this.blocksPerPiece);
    }
    const at = row * STRIDE;
    this.cells[at + PIECE] = piece;
    this.cells[at + UNREQUESTED] = blocks;
    this.cells[at + MISSING] = blocks;
    this.cells[at + SUPPLIER] = NO_SUPPLIER;
    this.cells[at + CURSOR] = 0;
    this.cells[at + SEED_STARTED] = 0;
    const first = row * this.blocksPerPiece;
    this.blocks.fill(FREE, first, first + blocks);
    this.blocks.fill(RECEIVED, first + blocks, first + this.blocksPerPiece);
    return row;
  }

  close(row: number): void {
    this.freed.push(row);
  }

  /** Whether a block of it was asked of a seeder. */
  isSeedStarted(row: number): boolean {
    return this.cells[row * STRIDE + SEED_STARTED] !== 0;
  }

  markSeedStarted(row: number): void {
    this.cells[row * STRIDE + SEED_STARTED] = 1;
  }

  piece(row: number): number {
    return this.cells[row * STRIDE + PIECE] as number;
  }

  /** Blocks that are free: neither in flight nor received. */
  unrequested(row: number): number {
    return this.cells[row * STRIDE + UNREQUESTED] as number;
  }

  /** Blocks that are not received. */
  missing(row: number): number {
    return this.cells[row * STRIDE + MISSING] as number;
  }

  /** The one peer that supplied all blocks so far, `NO_SUPPLIER` or `MANY_SUPPLIERS`. */
  supplier(row: number): number {
    return this.cells[row * STRIDE + SUPPLIER] as number;
  }

  /** Puts the first free block in flight and returns it. There must be one. */
  take(row: number): number {
    const at = row * STRIDE;
    const first = row * this.blocksPerPiece;
    let block = this.cells[at + CURSOR] as number;
    while (this.blocks[first + block] !== FREE) block++;
    this.blocks[first + block] = 1;
    this.cells[at + CURSOR] = block + 1;
    this.cells[at + UNREQUESTED] = (this.cells[at + UNREQUESTED] as number) - 1;
    return block;
  }

  /** How often `block` is in flight. */
  requests(row: number, block: number): number {
    const state = this.blocks[row * this.blocksPerPiece + block] as number;
    return state === RECEIVED ? 0 : state;
  }

  isReceived(row: number, block: number): boolean {
    return this.blocks[row * this.blocksPerPiece + block] === RECEIVED;
  }

  /** Endgame: one more request for a block in flight. False when it can't take another. */
  requestAgain(row: number, block: number): boolean {
    const at = row * this.blocksPerPiece + block;
    const state = this.blocks[at] as number;
    if (state >= MOST_REQUESTS) return false;
    this.blocks[at] = state + 1;
    return true;
  }

  /** A request for `block` will not be answered. Returns whether the block is free now. */
  requeue(row: number, block: number): boolean {
    const at = row * this.blocksPerPiece + block;
    const state = (this.blocks[at] as number) - 1;
    this.blocks[at] = state;
    if (state !== FREE) return false;
    const cell = row * STRIDE;
    this.cells[cell + UNREQUESTED] = (this.cells[cell + UNREQUESTED] as number) + 1;
    if (block < (this.cells[cell + CURSOR] as number)) this.cells[cell + CURSOR] = block;
    return true;
  }

  /** `block`, not received before, came from `supplier`. Returns the state before: how often it was in flight. */
  receive(row: number, block: number, supplier: number): number {
    const at = row * this.blocksPerPiece + block;
    const before = this.blocks[at] as number;
    this.blocks[at] = RECEIVED;
    const cell = row * STRIDE;
    if (before === FREE) {
      this.cells[cell + UNREQUESTED] = (this.cells[cell + UNREQUESTED] as number) - 1;
    }
    this.cells[cell + MISSING] = (this.cells[cell + MISSING] as number) - 1;
    const known = this.cells[cell + SUPPLIER] as number;
    if (known === NO_SUPPLIER) this.cells[cell + SUPPLIER] = supplier;
    else if (known !== supplier) this.cells[cell + SUPPLIER] = MANY_SUPPLIERS;
    return before;
  }
}
