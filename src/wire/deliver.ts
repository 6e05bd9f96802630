import { Bitfield } from "../core/bitfield.ts";
import { uint32At } from "../core/bytes.ts";
import type { ChunkReader } from "./chunk-reader.ts";
import * as id from "./message-ids.ts";
import type { ExtensionMessages, FastMessages, PeerMessages } from "./messages.ts";
import { WireError } from "./wire-error.ts";

/** Who hears the messages. Only who offers an extension in its handshake needs the methods of it. */
export interface DecoderTarget
  extends PeerMessages,
    Partial<FastMessages>,
    Partial<ExtensionMessages> {}

/** The message of `length` bytes that `body` has just taken, as a call on `target`; all but `piece`. */
export function deliver(
  messageId: number,
  body: ChunkReader,
  length: number,
  pieceCount: number,
  target: DecoderTarget,
): void {
  switch (messageId) {
    case id.CHOKE:
      return target.choke();
    case id.UNCHOKE:
      return target.unchoke();
    case id.INTERESTED:
      return target.interested();
    case id.NOT_INTERESTED:
      return target.notInterested();
    case id.HAVE:
      return target.have(field(body, 0));
    case id.BITFIELD:
      return target.bitfield(bitfieldIn(body.view(0, length), pieceCount));
    case id.REQUEST:
      return target.request(field(body, 0), field(body, 1), field(body, 2));
    case id.CANCEL:
      return target.cancel(field(body, 0), field(body, 1), field(body, 2));
    case id.HAVE_ALL:
      return target.haveAll?.();
    case id.HAVE_NONE:
      return target.haveNone?.();
    case id.SUGGEST_PIECE:
      return target.suggestPiece?.(field(body, 0));
    case id.REJECT_REQUEST:
      return target.rejectRequest?.(field(body, 0), field(body, 1), field(body, 2));
    case id.ALLOWED_FAST:
      return target.allowedFast?.(field(body, 0));
    case id.EXTENDED:
      return target.extended?.(body.bytes[body.from] as number, body.view(1, length - 1));
  }
}

/** The 32-bit field number `index` of what `body` has taken. */
export function field(body: ChunkReader, index: number): number {
  return uint32At(body.bytes, body.from + 4 * index);
}

function bitfieldIn(bytes: Uint8Array, pieceCount: number): Bitfield {
  const pieces = Bitfield.fromBytes(bytes, pieceCount);
  if (pieces !== undefined) return pieces;
  throw new WireError("spare-bits", "the bitfield has bits beyond the last piece"); // BEP 3: drop
}
