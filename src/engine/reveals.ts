import { Bitfield } from "../core/bitfield.ts";
import type { Client } from "./client.ts";
import type { Connection } from "./connection.ts";
import type { Picker } from "./picker.ts";

/** What one peer was shown of our pieces. */
interface Shown {
  readonly pieces: Bitfield;
  last: number;
  /** When that was, in ms. */
  lastAt: number;
  /** Bytes sent to it of each piece that it does not have yet. */
  readonly sent: Map<number, number>;
}

/**
 * The pieces that we show to each peer, when the picker decides which (BEP 16 is one such picker): to the peer we are a client
 * that has just these. A client does not tell us of a piece that we have, so far as it knows. So we take it that it has the
 * piece when we have sent it all of it, or when it wants nothing more of what it was shown.
 */
export class Reveals {
  private readonly client: Client;
  private readonly picker: Picker;
  private readonly shown = new Map<Connection, Shown>();
  /** By piece: to how many connections it was shown last. */
  private readonly lastShownTo: Uint16Array;

  constructor(client: Client, picker: Picker) {
    this.client = client;
    this.picker = picker;
    this.lastShownTo = new Uint16Array(client.geometry.pieceCount);
  }

  /** Until now the client told of all its pieces, but of `last`. */
  begin(last: number): void {
    const { open, pieces, cells, clock } = this.client;
    for (const connection of open) {
      const shown = this.shownTo(connection);
      for (let piece = pieces.have.next(0); piece >= 0; piece = pieces.have.next(piece + 1)) {
        if (piece !== last) shown.pieces.set(piece);
      }
      shown.lastAt = clock.now;
      cells.setWatched(connection.handle, true);
    }
  }

  /** A peer joined, or something changed for it: shows what the picker will have shown. */
  show(connection: Connection): void {
    const { out, cells, clock } = this.client;
    const shown = this.shownTo(connection);
    for (let piece = this.ask(connection, shown); piece >= 0; piece = this.ask(connection, shown)) {
      shown.pieces.set(piece);
      this.moveLast(shown, piece);
      shown.lastAt = clock.now;
      out.have([connection.handle], piece);
      cells.speak(connection.handle);
    }
  }

  /** The timer. Who has shown no interest in what it was shown a round ago has it, and does not say so. */
  round(): void {
    const { open, clock, settings } = this.client;
    for (let i = open.length - 1; i >= 0; i--) {
      const connection = open[i] as Connection;
      const { lastAt } = this.shownTo(connection);
      const isLong = clock.now - lastAt >= settings.rechokeInterval;
      if (!connection.peerInterested && isLong) this.lostInterest(connection);
    }
    this.showAll();
  }

  /** We have a piece more. */
  showAll(): void {
    const { open } = this.client;
    for (let i = 0; i < open.length; i++) this.show(open[i] as Connection);
  }

  /** `connection` says that it has `piece`: it may go on, and so may those that were shown it last. */
  peerGained(connection: Connection, piece: number): void {
    this.show(connection);
    if (this.lastShownTo[piece] === 0) return;
    for (const [other, shown] of this.shown) {
      if (shown.last === piece && other !== connection) this.show(other);
    }
  }

  /** A block of `piece` left for `connection`. */
  sent(connection: Connection, piece: number, length: number): void {
    const { client } = this;
    if (client.remotePieces.has(connection.handle, piece)) return;
    const { sent } = this.shownTo(connection);
    const bytes = (sent.get(piece) ?? 0) + length;
    sent.set(piece, bytes);
    if (bytes < client.geometry.lengthOfPiece(piece)) return;
    sent.delete(piece);
    client.pieces.remoteHas(connection.handle, piece);
  }

  /** `connection` is not interested any more. */
  lostInterest(connection: Connection): void {
    const { pieces, remotePieces } = this.client;
    const { handle } = connection;
    const shown = this.shownTo(connection).pieces.copy();
    for (let piece = shown.next(0); piece >= 0; piece = shown.next(piece + 1)) {
      if (!connection.isClosed && !remotePieces.has(handle, piece)) {
        pieces.remoteHas(handle, piece);
      }
    }
  }

  forget(connection: Connection): void {
    const shown = this.shown.get(connection);
    if (shown !== undefined) this.moveLast(shown, -1);
    this.shown.delete(connection);
    this.picker.left?.(connection);
  }

  private shownTo(connection: Connection): Shown {
    let shown = this.shown.get(connection);
    if (shown === undefined) {
      shown = {
        pieces: new Bitfield(this.client.geometry.pieceCount),
        last: -1,
        lastAt: 0,
        sent: new Map(),
      };
      this.shown.set(connection, shown);
    }
    return shown;
  }

  private moveLast(shown: Shown, piece: number): void {
    const { lastShownTo } = this;
    if (shown.last >= 0) lastShownTo[shown.last] = (lastShownTo[shown.last] as number) - 1;
    if (piece >= 0) lastShownTo[piece] = (lastShownTo[piece] as number) + 1;
    shown.last = piece;
  }

  private ask(connection: Connection, shown: Shown): number {
    const { client } = this;
    const { remotePieces, pieces, geometry, clock, random } = client;
    const { handle } = connection;
    const next = (from: number) =>
      remotePieces.nextLacking(handle, pieces.have, shown.pieces, from);
    if (next(0) < 0) return -1;
    return this.picker.reveal?.({
      peer: connection,
      hidden: { next },
      pieceCount: geometry.pieceCount,
      completed: pieces.have.count,
      lastShown: shown.last,
      outstanding: shown.pieces.count - remotePieces.countCommon(handle, shown.pieces),
      availability: (piece) => pieces.availability(piece),
      peerHas: (piece) => remotePieces.has(handle, piece),
      time: clock.now,
      random: random.picker,
    }) as number;
  }
}
