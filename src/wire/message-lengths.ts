import { BLOCK_SIZE } from "../core/geometry.ts";
import * as id from "./message-ids.ts";
import { WireError } from "./wire-error.ts";

export interface LengthOptions {
  /** Bytes; 16 KiB by default, which is what BEP 3 asks for at once. */
  readonly maxBlockLength?: number;
  /** Bytes; 32 KiB by default: BEP 9 sends 16 KiB behind a short dictionary, and no other extension sends as much. */
  readonly maxExtensionPayload?: number;
}

/** How long the body of each message may be in one torrent, length prefix and id left out. Its decoders share it. */
export class MessageLengths {
  readonly pieceCount: number;
  /** Of the longest body. Also the bound for messages that we do not know. */
  readonly longest: number;
  private readonly names: (string | undefined)[] = [];
  private readonly least: number[] = [];
  private readonly most: number[] = [];

  constructor(pieceCount: number, options: LengthOptions = {}) {
    const { maxBlockLength = BLOCK_SIZE, maxExtensionPayload = 2 * BLOCK_SIZE } = options;
    this.pieceCount = pieceCount;
    this.put(id.CHOKE, "choke", 0);
    this.put(id.UNCHOKE, "unchoke", 0);
    this.put(id.INTERESTED, "interested", 0);
    this.put(id.NOT_INTERESTED, "not interested", 0);
    this.put(id.HAVE, "have", 4);
    this.put(id.BITFIELD, "bitfield", Math.ceil(pieceCount / 8));
    this.put(id.REQUEST, "request", 12);
    this.put(id.PIECE, "piece", 9, 8 + maxBlockLength); // piece, begin, and at least one byte
    this.put(id.CANCEL, "cancel", 12);
    this.put(id.SUGGEST_PIECE, "suggest piece", 4);
    this.put(id.HAVE_ALL, "have all", 0);
    this.put(id.HAVE_NONE, "have none", 0);
    this.put(id.REJECT_REQUEST, "reject request", 12);
    this.put(id.ALLOWED_FAST, "allowed fast", 4);
    this.put(id.EXTENDED, "extended", 1, 1 + maxExtensionPayload);
    this.longest = this.most.reduce((a, b) => Math.max(a, b));
  }

  isKnown(messageId: number): boolean {
    return this.names[messageId] !== undefined;
  }

  /** Throws `WireError` for a length prefix that no message may have. */
  checkPrefix(length: number): void {
    if (length - 1 <= this.longest) return;
    throw new WireError("too-long", `a message of ${length} bytes; at most ${this.longest + 1}`);
  }

  /** Throws `WireError` when a known message cannot have a body of `length` bytes. */
  check(messageId: number, length: number): void {
    const least = this.least[messageId] as number;
    const most = this.most[messageId] as number;
    if (length >= least && length <= most) return;
    const isTooLong = least < most && length > most;
    const allowed = least === most ? `${least}` : `${least} to ${most}`;
    throw new WireError(
      isTooLong ? "too-long" : "wrong-length",
      `${this.names[messageId]} with ${length} bytes after its id, not ${allowed}`,
    );
  }

  private put(messageId: number, name: string, least: number, most = least): void {
    this.names[messageId] = name;
    this.least[messageId] = least;
    this.most[messageId] = most;
  }
}
