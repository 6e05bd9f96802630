import type { Bitfield } from "../../src/core/bitfield.ts";
import { bytesToHex, hexToBytes } from "../../src/core/bytes.ts";
import { Decoder } from "../../src/wire/decoder.ts";
import { Encoder } from "../../src/wire/encoder.ts";
import { reservedBytes } from "../../src/wire/handshake.ts";
import { MessageLengths } from "../../src/wire/message-lengths.ts";
import type { Block, Handshake, WireMessages } from "../../src/wire/messages.ts";
import { WireError } from "../../src/wire/wire-error.ts";

/** The bytes in `text`: pairs of hexadecimal digits, spaces wherever they help. */
export function hex(text: string): Uint8Array {
  const bytes = hexToBytes(text.replaceAll(/\s/g, ""));
  if (bytes === undefined) throw new Error(`not hexadecimal: ${text}`);
  return bytes;
}

/** Writes every message that it hears as one line, its bytes in hexadecimal. */
export class WireLog implements WireMessages {
  readonly lines: string[] = [];

  handshake({ reserved, infohash, peerId }: Handshake): void {
    this.write("handshake", bytesToHex(reserved), bytesToHex(infohash), bytesToHex(peerId));
  }
  keepAlive(): void {
    this.write("keepAlive");
  }
  choke(): void {
    this.write("choke");
  }
  unchoke(): void {
    this.write("unchoke");
  }
  interested(): void {
    this.write("interested");
  }
  notInterested(): void {
    this.write("notInterested");
  }
  have(piece: number): void {
    this.write("have", piece);
  }
  bitfield(pieces: Bitfield): void {
    this.write("bitfield", pieces.length, bytesToHex(pieces.toBytes()));
  }
  request(piece: number, begin: number, length: number): void {
    this.write("request", piece, begin, length);
  }
  piece(piece: number, begin: number, block: Block): void {
    this.write("piece", piece, begin, block.length, bytesToHex(block.bytes ?? new Uint8Array(0)));
  }
  cancel(piece: number, begin: number, length: number): void {
    this.write("cancel", piece, begin, length);
  }
  haveAll(): void {
    this.write("haveAll");
  }
  haveNone(): void {
    this.write("haveNone");
  }
  suggestPiece(piece: number): void {
    this.write("suggestPiece", piece);
  }
  rejectRequest(piece: number, begin: number, length: number): void {
    this.write("rejectRequest", piece, begin, length);
  }
  allowedFast(piece: number): void {
    this.write("allowedFast", piece);
  }
  extended(id: number, payload: Uint8Array): void {
    this.write("extended", id, bytesToHex(payload));
  }

  /** For a test that does something when a message is heard. */
  heard(_line: string): void {}

  private write(...words: (string | number)[]): void {
    const line = words.join(" ").trimEnd();
    this.lines.push(line);
    this.heard(line);
  }
}

export const allExtensions = reservedBytes({ fast: true, extensions: true });

export function handshakeOf(reserved: Uint8Array = allExtensions): Handshake {
  return {
    reserved,
    infohash: Uint8Array.from({ length: 20 }, (_, i) => i),
    peerId: Uint8Array.from({ length: 20 }, (_, i) => 0xa0 + i),
  };
}

/** What `say` tells an encoder, in one array. */
export function encoded(say: (encoder: Encoder) => void): Uint8Array {
  const chunks: Uint8Array[] = [];
  say(new Encoder((bytes) => chunks.push(bytes)));
  return joined(chunks);
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** A decoder with the handshake behind it, both sides offering `reserved`; a torrent of 10 pieces, small bounds. */
export function shaken(
  reserved: Uint8Array = allExtensions,
  lengths = new MessageLengths(10, { maxBlockLength: 32, maxExtensionPayload: 48 }),
): { decoder: Decoder; log: WireLog } {
  const log = new WireLog();
  const decoder = new Decoder(log, lengths, reserved);
  decoder.push(encoded((encoder) => encoder.handshake(handshakeOf(reserved))));
  log.lines.length = 0;
  return { decoder, log };
}

/** The `WireError` that `act` throws. */
export function wireErrorOf(act: () => void): WireError {
  try {
    act();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error("no WireError was thrown");
}
