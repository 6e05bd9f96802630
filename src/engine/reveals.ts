import { Bitfield } from "../core/bitfield.ts";
import type { Client } from "./client.ts";
import type { Connection } from "./connection.ts";
import type { Picker } from "./picker.ts";

/** What one peer was shown of our pieces. */
interface Shown {
  readonly pieces: Bitfield;
  last: number;
}

/**
 * The pieces that we show to each peer, when the picker decides which (BEP 16 is one such picker): to the peer we are a client
 * that has just these.
 */
export class Reveals {
  private readonly client: Client;
  private readonly picker: Picker;
  private readonly shown = new Map<Connection, Shown>();

  constructor(client: Client, picker: Picker) {
    this.client = client;
    this.picker = picker;
  }

  /** A peer joined, or something changed for it: shows what the picker will have shown. */
  show(connection: Connection): void {
    const shown = this.shownTo(connection);
    for (let piece = this.ask(connection, shown); piece >= 0; piece = this.ask(connection, shown)) {
      shown.pieces.set(piece);
      shown.last = piece;
      this.client.out.have([connection.handle], piece);
      this.client.cells.speak(connection.handle);
    }
  }

  showAll(): void {
    const { open } = this.client;
    for (let i = 0; i < open.length; i++) this.show(open[i] as Connection);
  }

  /** `connection` says that it has `piece`: it may go on, and so may those that were shown it last. */
  peerGained(connection: Connection, piece: number): void {
    this.show(connection);
    for (const [other, shown] of this.shown) {
      if (shown.last === piece && other !== connection) this.show(other);
    }
  }

  forget(connection: Connection): void {
    this.shown.delete(connection);
    this.picker.left?.(connection);
  }

  private shownTo(connection: Connection): Shown {
    let shown = this.shown.get(connection);
    if (shown === undefined) {
      shown = { pieces: new Bitfield(this.client.geometry.pieceCount), last: -1 };
      this.shown.set(connection, shown);
    }
    return shown;
  }

  private ask(connection: Connection, shown: Shown): number {
    const { client } = this;
    const { remotePieces, pieces, geometry, clock, random } = client;
    const { handle } = connection;
    const next = (from: number): number => {
      for (let piece = pieces.have.next(from); piece >= 0; piece = pieces.have.next(piece + 1)) {
        if (!shown.pieces.has(piece) && !remotePieces.has(handle, piece)) return piece;
      }
      return -1;
    };
    if (next(0) < 0) return -1;
    return this.picker.reveal?.({
      peer: connection,
      hidden: { next },
      pieceCount: geometry.pieceCount,
      lastShown: shown.last,
      outstanding: shown.pieces.count - remotePieces.countCommon(handle, shown.pieces),
      availability: (piece) => pieces.availability(piece),
      peerHas: (piece) => remotePieces.has(handle, piece),
      time: clock.now,
      random: random.picker,
    }) as number;
  }
}
