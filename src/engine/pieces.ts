import { Bitfield } from "../core/bitfield.ts";
import type { Client } from "./client.ts";
import type { Connection } from "./connection.ts";
import { BECAME_COMPLETE, BECAME_WANTED, NOTHING, WATCHED } from "./haves.ts";
import type { PieceCounts } from "./piece-counts.ts";

/** What we have, what the connected peers have, and so who is interesting to whom. */
export class Pieces {
  readonly have: Bitfield;
  private readonly client: Client;
  private readonly counts: PieceCounts;
  /** Handles of those to tell of a piece; reused. */
  private readonly lacking: number[] = [];

  constructor(client: Client, initial: Iterable<number>) {
    this.client = client;
    this.have = new Bitfield(client.geometry.pieceCount);
    this.counts = client.arenas.pieceCounts;
    for (const piece of initial) this.own(piece);
  }

  /** Copies of `piece` among our connections. */
  availability(piece: number): number {
    return this.counts.copies(this.client.row, piece);
  }

  isOwn(piece: number): boolean {
    return this.counts.isOwn(this.client.row, piece);
  }

  /** BEP 3 `have`. */
  remoteHas(handle: number, piece: number): void {
    const { client, have } = this;
    if (piece >= 0 && piece < have.length) {
      this.follow(handle, piece, client.arenas.haves.note(client.row, handle, piece));
    } else {
      client.close(client.connectionOf(handle), "protocol-error");
    }
  }

  /** Does what follows from a `have` (see `Haves`). */
  follow(handle: number, piece: number, outcome: number): void {
    if (outcome === NOTHING) return;
    const { client } = this;
    const connection = client.connectionOf(handle);
    if ((outcome & BECAME_WANTED) !== 0) this.becameWanted(connection);
    if ((outcome & WATCHED) !== 0) client.reveals?.peerGained(connection, piece);
    if ((outcome & BECAME_COMPLETE) !== 0 && this.have.isComplete) {
      client.close(connection, "both-seeding");
    }
  }

  remoteHasAll(connection: Connection, pieces: Bitfield): void {
    const { client, have } = this;
    const { handle } = connection;
    client.remotePieces.copyFrom(handle, pieces);
    for (let piece = pieces.next(0); piece >= 0; piece = pieces.next(piece + 1)) {
      this.counts.add(this.client.row, piece);
    }
    const wanted = pieces.count - client.remotePieces.countCommon(handle, have);
    client.cells.setPieces(handle, pieces.count);
    client.cells.setWanted(handle, wanted);
    if (wanted > 0) this.becameWanted(connection);
    else if (pieces.isComplete && have.isComplete) client.close(connection, "both-seeding");
    if (!connection.isClosed) client.reveals?.show(connection);
  }

  /** The pieces of a closed connection are no longer there to be had. */
  forget(handle: number): void {
    const { remotePieces, cells } = this.client;
    if (cells.pieces(handle) === 0) return;
    for (let piece = 0; piece < this.have.length; piece++) {
      if (remotePieces.has(handle, piece)) this.counts.remove(this.client.row, piece);
    }
  }

  /** We have `piece` now: tell those who lack it, and lose interest in those who had nothing else for us. */
  gained(piece: number): void {
    this.own(piece);
    if (this.have.isComplete) this.client.becameSeeder(piece);
    const { openHandles, remotePieces, cells, out } = this.client;
    const { lacking } = this;
    lacking.length = 0;
    for (let i = 0; i < openHandles.length; i++) {
      const handle = openHandles[i] as number;
      // A peer that has the piece gains nothing from our have; leaving it out halves the messages.
      if (!remotePieces.has(handle, piece)) lacking.push(handle);
      else if (cells.unwant(handle) === 0) this.loseInterest(this.client.connectionOf(handle));
    }
    if (this.client.reveals === undefined) out.have(lacking, piece);
    else this.client.reveals.showAll();
  }

  private becameWanted(connection: Connection): void {
    const { client } = this;
    if (!connection.amInterested) {
      client.cells.setInterested(connection.handle, true);
      client.out.interested(connection.handle);
      client.cells.speak(connection.handle);
      client.observer.interested(client.number, connection.remote, true);
    }
    if (client.cells.isStarved(connection.handle)) client.downloads.fill(connection.handle);
  }

  private loseInterest(connection: Connection): void {
    const { client } = this;
    client.cells.setInterested(connection.handle, false);
    client.out.notInterested(connection.handle);
    client.cells.speak(connection.handle);
    client.observer.interested(client.number, connection.remote, false);
  }

  private own(piece: number): void {
    this.have.set(piece);
    this.counts.own(this.client.row, piece);
  }
}
