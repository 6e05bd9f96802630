import { assert } from "../core/assert.ts";
import type { Bitfield } from "../core/bitfield.ts";
import { putUint32 } from "../core/bytes.ts";
import { encodeHandshake } from "./handshake.ts";
import * as id from "./message-ids.ts";
import type { Block, Handshake, WireMessages } from "./messages.ts";

/**
 * Takes the bytes of a connection in their order. A message with a payload comes as two arrays, its header and the payload.
 * The arrays are the sink's to keep, but not to change: a block's is the storage's own, so that it is never copied here.
 */
export type Sink = (bytes: Uint8Array) => void;

/** Turns messages into bytes: BEP 3, BEP 6, and the frame of BEP 10. */
export class Encoder implements WireMessages {
  private readonly sink: Sink;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  handshake(handshake: Handshake): void {
    this.sink(encodeHandshake(handshake));
  }

  /** BEP 3: a message of length zero. */
  keepAlive(): void {
    this.sink(new Uint8Array(4));
  }

  choke(): void {
    this.sink(header(id.CHOKE, 0));
  }

  unchoke(): void {
    this.sink(header(id.UNCHOKE, 0));
  }

  interested(): void {
    this.sink(header(id.INTERESTED, 0));
  }

  notInterested(): void {
    this.sink(header(id.NOT_INTERESTED, 0));
  }

  have(piece: number): void {
    this.ofPiece(id.HAVE, piece);
  }

  bitfield(pieces: Bitfield): void {
    const bytes = pieces.toBytes();
    this.sink(header(id.BITFIELD, 0, bytes.length));
    this.sink(bytes);
  }

  request(piece: number, begin: number, length: number): void {
    this.ofBlock(id.REQUEST, piece, begin, length);
  }

  piece(piece: number, begin: number, block: Block): void {
    const { bytes } = block;
    assert(bytes !== undefined && bytes.length === block.length, "a block on a wire has its bytes");
    const message = header(id.PIECE, 8, bytes.length);
    put(message, 5, piece);
    put(message, 9, begin);
    this.sink(message);
    this.sink(bytes);
  }

  cancel(piece: number, begin: number, length: number): void {
    this.ofBlock(id.CANCEL, piece, begin, length);
  }

  haveAll(): void {
    this.sink(header(id.HAVE_ALL, 0));
  }

  haveNone(): void {
    this.sink(header(id.HAVE_NONE, 0));
  }

  suggestPiece(piece: number): void {
    this.ofPiece(id.SUGGEST_PIECE, piece);
  }

  rejectRequest(piece: number, begin: number, length: number): void {
    this.ofBlock(id.REJECT_REQUEST, piece, begin, length);
  }

  allowedFast(piece: number): void {
    this.ofPiece(id.ALLOWED_FAST, piece);
  }

  extended(extendedId: number, payload: Uint8Array): void {
    assert(extendedId === (extendedId & 0xff), "an extended id is one byte");
    const message = header(id.EXTENDED, 1, payload.length);
    message[5] = extendedId;
    this.sink(message);
    this.sink(payload);
  }

  private ofPiece(messageId: number, piece: number): void {
    const message = header(messageId, 4);
    put(message, 5, piece);
    this.sink(message);
  }

  private ofBlock(messageId: number, piece: number, begin: number, length: number): void {
    const message = header(messageId, 12);
    put(message, 5, piece);
    put(message, 9, begin);
    put(message, 13, length);
    this.sink(message);
  }
}

/** BEP 3: length prefix and id, with room for `fields` bytes; a payload of `payload` bytes follows apart. */
function header(messageId: number, fields: number, payload = 0): Uint8Array {
  const message = new Uint8Array(5 + fields);
  putUint32(message, 0, 1 + fields + payload);
  message[4] = messageId;
  return message;
}

function put(message: Uint8Array, at: number, value: number): void {
  assert(value === value >>> 0, "a field of a message is an unsigned 32-bit integer");
  putUint32(message, at, value);
}
