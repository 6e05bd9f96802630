import { assert } from "../core/assert.ts";
import { uint32At } from "../core/bytes.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { type DecoderTarget, deliver, field } from "./deliver.ts";
import * as handshakes from "./handshake.ts";
import * as id from "./message-ids.ts";
import type { MessageLengths } from "./message-lengths.ts";
import { WireError } from "./wire-error.ts";

type Stage = "handshake" | "length" | "id" | "body" | "piece" | "block" | "unknown";

const LENGTH_PREFIX = 4; // BEP 3
const PIECE_FIELDS = 8; // BEP 3: piece and begin, before the block

/**
 * The receiving end of a connection's bytes: `push` them in chunks of any size, and each message is a call on the target as
 * soon as its last byte is in. It judges frames alone; whether a piece exists or a block was asked for is the engine's to say.
 *
 * An id that we do not know is some extension's: the message is skipped, within the bound of the longest that we know. So
 * is `extended` when not both sides offered BEP 10. BEP 6 is stricter: its messages close a connection that did not offer it.
 *
 * A block or payload is a view of the chunk that holds all of it, else an array of its own. The decoder never writes to it
 * again: it is good for as long as whoever pushed the chunk leaves that alone.
 */
export class Decoder {
  /** After `close`, and after a throw: whatever is pushed then is ignored. */
  isClosed = false;
  private isPushing = false;
  private readonly target: DecoderTarget;
  private readonly lengths: MessageLengths;
  private readonly reserved: Uint8Array;
  private readonly reader = new ChunkReader();
  private hasFast = false;
  private hasExtensions = false;
  private stage: Stage = "handshake";
  private messageId = 0;
  /** Bytes of the message that are still to be read, after its id. */
  private rest = 0;
  private piece = 0;
  private begin = 0;

  /** `reserved` is of our own handshake: an extension is on when both sides offer it. */
  constructor(target: DecoderTarget, lengths: MessageLengths, reserved: Uint8Array) {
    const { haveAll, extended } = target;
    assert(!handshakes.offersFast(reserved) || haveAll !== undefined, "nobody speaks BEP 6 here");
    assert(
      !handshakes.offersExtensions(reserved) || extended !== undefined,
      "nobody speaks BEP 10 here",
    );
    this.target = target;
    this.lengths = lengths;
    this.reserved = reserved;
  }

  /** Memory held for a message of which only a part is in: never above `maxBuffered` bytes. */
  get bufferedBytes(): number {
    return this.reader.bufferedBytes;
  }

  get maxBuffered(): number {
    return Math.max(handshakes.HANDSHAKE_LENGTH, this.lengths.longest);
  }

  /** Throws `WireError`, once, when the peer breaks the protocol. */
  push(chunk: Uint8Array): void {
    if (this.isClosed) return;
    assert(!this.isPushing, "a target does not push");
    this.isPushing = true;
    this.reader.feed(chunk);
    try {
      let isMore = true;
      while (isMore && !this.isClosed) isMore = this.advance();
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.reader.release();
      this.isPushing = false;
    }
  }

  /** Nothing more is delivered, not even what is left of the chunk: for when the target hangs up in the middle of it. */
  close(): void {
    this.isClosed = true;
    this.reader.clear();
  }

  /** One stage of a message; false when the chunk is used up before. */
  private advance(): boolean {
    const { reader } = this;
    switch (this.stage) {
      case "handshake":
        if (reader.take(handshakes.HANDSHAKE_LENGTH)) return this.handshake();
        handshakes.checkProtocol(reader.started); // a stranger is not waited for
        return false;
      case "length":
        return reader.take(LENGTH_PREFIX) && this.length();
      case "id":
        return reader.take(1) && this.identify();
      case "body":
        return reader.take(this.rest) && this.body();
      case "piece":
        return reader.take(PIECE_FIELDS) && this.blockBegins();
      case "block":
        return reader.take(this.rest) && this.block();
      case "unknown":
        this.rest -= reader.skip(this.rest);
        return this.rest === 0 && this.next("length");
    }
  }

  private next(stage: Stage): true {
    this.stage = stage;
    return true;
  }

  private handshake(): true {
    const handshake = handshakes.decodeHandshake(this.reader.view(0, handshakes.HANDSHAKE_LENGTH));
    const { reserved } = this;
    this.hasFast = handshakes.offersFast(reserved) && handshakes.offersFast(handshake.reserved);
    this.hasExtensions =
      handshakes.offersExtensions(reserved) && handshakes.offersExtensions(handshake.reserved);
    this.next("length");
    this.target.handshake(handshake);
    return true;
  }

  private length(): true {
    const length = uint32At(this.reader.bytes, this.reader.from);
    if (length === 0) {
      this.target.keepAlive();
      return true;
    }
    this.lengths.checkPrefix(length);
    this.rest = length - 1;
    return this.next("id");
  }

  private identify(): true {
    const messageId = this.reader.bytes[this.reader.from] as number;
    this.messageId = messageId;
    const isOurs = messageId !== id.EXTENDED || this.hasExtensions;
    if (!isOurs || !this.lengths.isKnown(messageId)) return this.next("unknown");
    if (id.isFast(messageId) && !this.hasFast) {
      throw new WireError("not-negotiated", `message ${messageId} of BEP 6, which is not on`);
    }
    this.lengths.check(messageId, this.rest);
    return this.next(messageId === id.PIECE ? "piece" : "body");
  }

  private body(): true {
    this.next("length");
    deliver(this.messageId, this.reader, this.rest, this.lengths.pieceCount, this.target);
    return true;
  }

  private blockBegins(): true {
    this.piece = field(this.reader, 0);
    this.begin = field(this.reader, 1);
    this.rest -= PIECE_FIELDS;
    return this.next("block");
  }

  private block(): true {
    this.next("length");
    const bytes = this.reader.view(0, this.rest);
    this.target.piece(this.piece, this.begin, { length: this.rest, bytes });
    return true;
  }
}
