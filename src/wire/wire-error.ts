export type WireErrorReason =
  /** The first bytes are not BEP 3's handshake. */
  | "bad-protocol"
  /** A length prefix above the bound. */
  | "too-long"
  /** A length that its message cannot have. */
  | "wrong-length"
  /** A bit of the bitfield beyond the last piece. */
  | "spare-bits"
  /** A message of an extension that not both sides offered. */
  | "not-negotiated"
  /** A message of an extension that is not what the extension says. */
  | "bad-extension";

/** What a peer sent is not BitTorrent: it costs that peer its connection. */
export class WireError extends Error {
  override name = "WireError";
  readonly reason: WireErrorReason;

  constructor(reason: WireErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
