import { Decoder } from "../../src/wire/decoder.ts";
import { Encoder } from "../../src/wire/encoder.ts";
import { reservedBytes } from "../../src/wire/handshake.ts";
import { MessageLengths } from "../../src/wire/message-lengths.ts";
import type { Block, PeerMessages } from "../../src/wire/messages.ts";
import type { Case } from "./measure.ts";

const CHUNK = 65_536; // what a socket hands over at most
const BLOCK = 16_384;
const reserved = reservedBytes({});

/** Bytes of a connection to calls on a target: once with short messages alone, once with what a download looks like. */
export function decoderCases(): Case[] {
  return [
    caseOf("decoder, have and request", 20_000, (encoder) => {
      for (let i = 0; i < 10_000; i++) {
        encoder.have(i % 400);
        encoder.request(i % 400, BLOCK * (i % 16), BLOCK);
      }
    }),
    caseOf("decoder, blocks of 16 KiB", 1_600, (encoder) => {
      const block = { length: BLOCK, bytes: new Uint8Array(BLOCK) };
      for (let i = 0; i < 800; i++) {
        encoder.piece(i >> 4, BLOCK * (i & 15), block);
        encoder.have(i >> 4);
      }
    }),
  ];
}

function caseOf(name: string, operations: number, say: (encoder: Encoder) => void): Case {
  const stream = encoded(say);
  const target = new Counter();
  const decoder = new Decoder(target, new MessageLengths(400), reserved);
  const none = new Uint8Array(20);
  decoder.push(encoded((encoder) => encoder.handshake({ reserved, infohash: none, peerId: none })));
  return {
    name,
    operation: "message",
    operations,
    bytes: stream.length,
    run() {
      const before = target.messages;
      for (let at = 0; at < stream.length; at += CHUNK) {
        decoder.push(stream.subarray(at, at + CHUNK));
      }
      if (target.messages - before !== operations) throw new Error("the decoder lost messages");
      return target.bytes;
    },
  };
}

function encoded(say: (encoder: Encoder) => void): Uint8Array {
  const parts: Uint8Array[] = [];
  say(new Encoder((bytes) => parts.push(bytes)));
  return new Uint8Array(Buffer.concat(parts));
}

/** Counts what it hears, and looks at every field, as an engine would. */
class Counter implements PeerMessages {
  messages = 0;
  bytes = 0;

  handshake(): void {}
  keepAlive(): void {
    this.messages++;
  }
  choke(): void {
    this.messages++;
  }
  unchoke(): void {
    this.messages++;
  }
  interested(): void {
    this.messages++;
  }
  notInterested(): void {
    this.messages++;
  }
  have(piece: number): void {
    this.messages++;
    this.bytes += piece;
  }
  bitfield(): void {
    this.messages++;
  }
  request(piece: number, begin: number, length: number): void {
    this.messages++;
    this.bytes += piece + begin + length;
  }
  piece(piece: number, begin: number, block: Block): void {
    this.messages++;
    this.bytes += piece + begin + block.length;
  }
  cancel(): void {
    this.messages++;
  }
}
