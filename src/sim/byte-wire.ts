import type { Geometry } from "../core/geometry.ts";
import type { Connection } from "../engine/connection.ts";
import type { PeerMessages } from "../wire/messages.ts";

/** `wire: bytes`. */
export class ByteWire {
  constructor(_geometry: Geometry) {}
  into(connection: Connection): PeerMessages {
    return connection;
  }
  closed(_connection: Connection): void {}
}
