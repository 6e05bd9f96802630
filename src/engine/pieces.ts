import { Bitfield } from "../core/bitfield.ts";
import type { Client } from "./client.ts";
import type { Connection } from "./connection.ts";

/** What we have, what the connected peers have, and so who is interesting to whom. */
export class Pieces {
  readonly have: Bitfield;
  /** Copies of each piece among our connections. */
  readonly availability: Uint16Array;
  private readonly client: Client;

  constructor(client: Client) {
    this.client = client;
    this.have = new Bitfield(client.geometry.pieceCount);
    this.availability = new Uint16Array(client.geometry.pieceCount);
  }

  remoteHas(connection: Connection, piece: number): void {
    const { client, have } = this;
    if (piece < 0 || piece >= have.length) {
      client.close(connection, "protocol-error");
      return;
    }
    if (!client.remotePieces.set(connection.slot, piece)) return;
    connection.pieces++;
    this.availability[piece] = (this.availability[piece] as number) + 1;
    if (have.has(piece)) {
      if (connection.pieces === have.length && have.isComplete) {
        client.close(connection, "both-seeding");
      }
      return;
    }
    connection.wanted++;
    if (!connection.amInterested) this.sendInterest(connection);
    if (connection.isStarved) client.downloads.fill(connection);
  }

  remoteHasAll(connection: Connection, pieces: Bitfield): void {
    const { client, have } = this;
    client.remotePieces.copyFrom(connection.slot, pieces);
    connection.pieces = pieces.count;
    for (let piece = pieces.next(0); piece >= 0; piece = pieces.next(piece + 1)) {
      this.availability[piece] = (this.availability[piece] as number) + 1;
    }
    connection.wanted = pieces.count - client.remotePieces.countCommon(connection.slot, have);
    if (connection.wanted > 0) this.sendInterest(connection);
    else if (pieces.isComplete && have.isComplete) client.close(connection, "both-seeding");
  }

  /** The pieces of a closed connection are no longer there to be had. */
  forget(connection: Connection): void {
    if (connection.pieces === 0) return;
    const { remotePieces } = this.client;
    for (let piece = 0; piece < this.have.length; piece++) {
      if (remotePieces.has(connection.slot, piece)) {
        this.availability[piece] = (this.availability[piece] as number) - 1;
      }
    }
  }

  /** We have `piece` now: tell those who lack it, and lose interest in those who had nothing else for us. */
  gained(piece: number): void {
    this.have.set(piece);
    const { open, remotePieces, observer, number } = this.client;
    for (let i = 0; i < open.length; i++) {
      const connection = open[i] as Connection;
      // A peer that has the piece gains nothing from our have; leaving it out halves the messages.
      if (!remotePieces.has(connection.slot, piece)) {
        connection.out.have(piece);
        connection.spoke = true;
      } else if (--connection.wanted === 0) {
        connection.amInterested = false;
        connection.out.notInterested();
        connection.spoke = true;
        observer.interested(number, connection.remote, false);
      }
    }
  }

  private sendInterest(connection: Connection): void {
    connection.amInterested = true;
    connection.out.interested();
    connection.spoke = true;
    this.client.observer.interested(this.client.number, connection.remote, true);
  }
}
