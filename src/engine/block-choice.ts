import type { Bitfield } from "../core/bitfield.ts";
import { randomBelow } from "../core/random.ts";
import type { Client } from "./client.ts";
import { Parole } from "./parole.ts";
import type { Picker, PieceChoice } from "./picker.ts";

/**
 * Which block to ask a connection for: strict priority (finish started pieces), then a new piece (the first ones at
 * random, later ones by the picker), then endgame. The answer is in `row` and `block`.
 */
export class BlockChoice {
  /** Pieces that we lack and have not started. */
  readonly unstarted: Bitfield;
  /** Rows of the pieces under way, oldest first. */
  readonly rows: number[] = [];
  readonly parole = new Parole();
  /** How many of `rows` have a free block. */
  openRows = 0;
  row = -1;
  block = -1;
  private readonly client: Client;
  private readonly picker: Picker;
  private readonly choice: PieceChoice;
  private handle = 0;

  constructor(client: Client, picker: Picker, unstarted: Bitfield) {
    this.client = client;
    this.picker = picker;
    this.unstarted = unstarted;
    const { pieces } = client;
    const { have } = pieces;
    this.choice = {
      candidates: { next: (from) => client.remotePieces.nextCommon(this.handle, unstarted, from) },
      pieceCount: have.length,
      get completed() {
        return have.count;
      },
      availability: (piece) => pieces.availability(piece),
      random: client.random.picker,
    };
  }

  /** Every missing block is in flight. */
  get isEndgame(): boolean {
    return this.unstarted.count === 0 && this.openRows === 0;
  }

  /** Finds a block for the connection behind `handle` and puts it in flight; false when there is none. */
  choose(handle: number): boolean {
    const row = this.rowFor(handle);
    if (row < 0) return this.isEndgame && this.chooseAgain(handle);
    const { partials } = this.client.arenas;
    this.client.cells.setCurrentPartial(handle, row);
    this.row = row;
    this.block = partials.take(row);
    if (this.isSeeder(handle)) partials.markSeedStarted(row);
    if (partials.unrequested(row) === 0) this.openRows--;
    return true;
  }

  /** The row of `piece`, or -1. */
  find(piece: number): number {
    const { partials } = this.client.arenas;
    for (let i = 0; i < this.rows.length; i++) {
      const row = this.rows[i] as number;
      if (partials.piece(row) === piece) return row;
    }
    return -1;
  }

  /** The piece of `row` is done, or starts again from nothing. */
  drop(row: number): void {
    this.rows.splice(this.rows.indexOf(row), 1);
    this.parole.dropped(row);
    this.client.arenas.partials.close(row);
    const { openHandles, cells } = this.client;
    for (let i = 0; i < openHandles.length; i++) {
      const handle = openHandles[i] as number;
      if (cells.currentPartial(handle) === row) cells.setCurrentPartial(handle, -1);
    }
  }

  dispose(): void {
    for (const row of this.rows) this.client.arenas.partials.close(row);
    this.rows.length = 0;
  }

  /**
   * A connection stays with its piece as long as that has free blocks, which is ours: mainline looks for the rarest started
   * one before each request. Otherwise mainline 4.x (`PiecePicker.next`): of a seeder only what was started at seeders is
   * finished first, lest it sends again what is on its way in the swarm already.
   */
  private rowFor(handle: number): number {
    const { partials } = this.client.arenas;
    const isSeeder = this.isSeeder(handle);
    if (this.openRows > 0) {
      const current = this.client.cells.currentPartial(handle);
      if (current >= 0 && partials.unrequested(current) > 0) return current;
      const row = this.startedRow(handle, isSeeder);
      if (row >= 0) return row;
    }
    const piece = this.newPiece(handle);
    if (piece >= 0) return this.start(piece, handle);
    return isSeeder && this.openRows > 0 ? this.startedRow(handle, false) : -1;
  }

  private isSeeder(handle: number): boolean {
    return this.client.cells.pieces(handle) === this.client.geometry.pieceCount;
  }

  /** The rarest piece under way that has a free block and that the peer has, ties at random; or -1. */
  private startedRow(handle: number, isOnlySeedStarted: boolean): number {
    const { arenas, pieces, random } = this.client;
    const { partials, remotePieces } = arenas;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    let ties = 0;
    for (let i = 0; i < this.rows.length; i++) {
      const row = this.rows[i] as number;
      if (partials.unrequested(row) === 0) continue;
      if (isOnlySeedStarted && !partials.isSeedStarted(row)) continue;
      if (this.parole.isOthers(row, handle)) continue;
      const piece = partials.piece(row);
      if (!remotePieces.has(handle, piece)) continue;
      const copies = pieces.availability(piece);
      if (copies > least) continue;
      ties = copies < least ? 1 : ties + 1;
      least = copies;
      if (ties === 1 || randomBelow(random.picker, ties) === 0) best = row;
    }
    return best;
  }

  private newPiece(handle: number): number {
    if (this.unstarted.count === 0) return -1;
    this.handle = handle;
    const first = this.client.remotePieces.nextCommon(this.handle, this.unstarted, 0);
    if (first < 0) return -1;
    const { settings, pieces, random } = this.client;
    if (pieces.have.count >= settings.randomFirstPieces || this.picker.ownFirstPieces) {
      return this.picker.pick(this.choice);
    }
    let chosen = first;
    let seen = 1;
    const { candidates } = this.choice;
    for (let piece = candidates.next(first + 1); piece >= 0; piece = candidates.next(piece + 1)) {
      if (randomBelow(random.picker, ++seen) === 0) chosen = piece;
    }
    return chosen;
  }

  private start(piece: number, handle: number): number {
    const { arenas, geometry, observer, number } = this.client;
    const row = arenas.partials.open(piece, geometry.blocksOfPiece(piece));
    this.unstarted.clear(piece);
    this.rows.push(row);
    this.openRows++;
    this.parole.started(piece, row, handle);
    observer.pieceStarted(number, piece);
    return row;
  }

  /** Endgame: a block in flight elsewhere, the least often requested first. */
  private chooseAgain(handle: number): boolean {
    const { arenas, geometry, remotePieces, requests } = this.client;
    const { partials } = arenas;
    let least = 255;
    for (let i = 0; least > 1 && i < this.rows.length; i++) {
      const row = this.rows[i] as number;
      const piece = partials.piece(row);
      if (partials.missing(row) === 0 || !remotePieces.has(handle, piece)) continue;
      if (this.parole.isOthers(row, handle)) continue;
      const blocks = geometry.blocksOfPiece(piece);
      for (let block = 0; least > 1 && block < blocks; block++) {
        const times = partials.requests(row, block);
        if (times === 0 || times >= least) continue;
        if (requests.has(2 * handle, row, block)) continue;
        least = times;
        this.row = row;
        this.block = block;
      }
    }
    return least < 255 && partials.requestAgain(this.row, this.block);
  }
}
