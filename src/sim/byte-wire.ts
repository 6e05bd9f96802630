import type { Geometry } from "../core/geometry.ts";
import type { Connection } from "../engine/connection.ts";
import { Decoder } from "../wire/decoder.ts";
import { Encoder } from "../wire/encoder.ts";
import { MessageLengths } from "../wire/message-lengths.ts";
import type { PeerMessages } from "../wire/messages.ts";

/** `wire: bytes`: every message of a run is encoded and decoded on its way to the connection, and nothing else changes. */
export class ByteWire {
  private readonly lengths: MessageLengths;
  /**
   * By connection and not by handle: a handle serves many connections, and one that we close ourselves goes without a word
   * here.
   */
  private readonly encoders = new WeakMap<Connection, Encoder>();

  constructor(geometry: Geometry) {
    this.lengths = new MessageLengths(geometry.pieceCount);
  }

  /** What is said here lands on `connection`. */
  into(connection: Connection): PeerMessages {
    let encoder = this.encoders.get(connection);
    if (encoder === undefined) {
      const { reserved } = connection.client.handshake;
      const decoder = new Decoder(connection, this.lengths, reserved);
      encoder = new Encoder((bytes) => decoder.push(bytes));
      this.encoders.set(connection, encoder);
    }
    return encoder;
  }

  closed(connection: Connection): void {
    this.encoders.delete(connection);
  }
}
