import { describe, expect, test } from "@jest/globals";
import { AssertionError } from "../../../src/core/assert.ts";
import { Decoder } from "../../../src/wire/decoder.ts";
import { reservedBytes } from "../../../src/wire/handshake.ts";
import { MessageLengths } from "../../../src/wire/message-lengths.ts";
import type { Block } from "../../../src/wire/messages.ts";
import {
  allExtensions,
  encoded,
  handshakeOf,
  hex,
  joined,
  shaken,
  WireLog,
} from "../../support/wire.ts";
import { vectors } from "../../support/wire-vectors.ts";

const handshakeLine =
  "handshake 0000000000100004 000102030405060708090a0b0c0d0e0f10111213 a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3";

describe("the decoder reads", () => {
  for (const { name, bytes, line } of vectors) {
    test(`${name}, in one chunk and byte by byte`, () => {
      for (const size of [1_000, 1]) {
        const { decoder, log } = shaken();
        const all = hex(bytes);
        for (let at = 0; at < all.length; at += size) decoder.push(all.subarray(at, at + size));
        expect(log.lines).toEqual([line]);
        expect(decoder.bufferedBytes).toBe(0);
      }
    });
  }

  test("everything that one chunk holds, in order, the handshake first", () => {
    const log = new WireLog();
    const decoder = new Decoder(log, new MessageLengths(10), allExtensions);
    const handshake = encoded((encoder) => encoder.handshake(handshakeOf()));
    decoder.push(joined([handshake, ...vectors.map(({ bytes }) => hex(bytes))]));
    expect(log.lines).toEqual([handshakeLine, ...vectors.map(({ line }) => line)]);
  });

  test("a message at its last byte, and not before", () => {
    const { decoder, log } = shaken();
    decoder.push(hex("00000005 04 000000"));
    expect(log.lines).toEqual([]);
    decoder.push(hex("07 000000"));
    expect(log.lines).toEqual(["have 7"]);
  });
});

describe("a block", () => {
  function decoderOfBlocks(): { decoder: Decoder; blocks: Block[] } {
    const { decoder, log } = shaken();
    const blocks: Block[] = [];
    log.piece = (_piece, _begin, block) => blocks.push(block);
    return { decoder, blocks };
  }

  test("in one chunk is a view of the chunk", () => {
    const { decoder, blocks } = decoderOfBlocks();
    const chunk = hex("00000001 01 0000000c 07 00000001 00000000 abcdef");
    decoder.push(chunk);
    expect(blocks[0]?.bytes?.buffer).toBe(chunk.buffer);
    expect(blocks[0]).toEqual({ length: 3, bytes: hex("abcdef") });
  });

  test("whose header came before it is a view of the chunk too", () => {
    const { decoder, blocks } = decoderOfBlocks();
    decoder.push(hex("0000000c 07 00000001 00000000"));
    const chunk = hex("abcdef 00000001 01");
    decoder.push(chunk);
    expect(blocks[0]?.bytes?.buffer).toBe(chunk.buffer);
  });

  test("in pieces stays as it is whatever is pushed after it", () => {
    const { decoder, blocks } = decoderOfBlocks();
    const all = hex("0000000c 07 00000001 00000000 abcdef 0000000c 07 00000001 00000003 123456");
    for (const byte of all) decoder.push(Uint8Array.of(byte));
    expect(blocks.map((block) => block.bytes)).toEqual([hex("abcdef"), hex("123456")]);
  });
});

describe("ids that we do not know", () => {
  test("are skipped, however their messages are cut", () => {
    // 9 is BEP 5's port, 21 is BEP 52's hash request.
    const all = hex("00000003 09 1ae1 00000001 00 00000006 15 0102030405 00000001 01");
    for (const size of [1_000, 3, 1]) {
      const { decoder, log } = shaken();
      for (let at = 0; at < all.length; at += size) decoder.push(all.subarray(at, at + size));
      expect(log.lines).toEqual(["choke", "unchoke"]);
    }
  });

  test("are never buffered", () => {
    const { decoder } = shaken();
    decoder.push(hex("00000030 ff 0102"));
    expect(decoder.bufferedBytes).toBe(0);
  });

  test.each([
    ["we did not offer BEP 10", reservedBytes({}), allExtensions],
    ["the peer did not offer BEP 10", allExtensions, reservedBytes({})],
  ])("include extended when %s", (_case, own, remote) => {
    const log = new WireLog();
    const decoder = new Decoder(log, new MessageLengths(10), own);
    decoder.push(encoded((encoder) => encoder.handshake(handshakeOf(remote))));
    decoder.push(hex("00000004 14 00 6465 00000001 01"));
    expect(log.lines.slice(1)).toEqual(["unchoke"]);
  });
});

describe("a target", () => {
  test("that closes in the middle of a chunk hears nothing of the rest", () => {
    const { decoder, log } = shaken();
    log.heard = (line) => {
      if (line === "have 1") decoder.close();
    };
    decoder.push(hex("00000005 04 00000000 00000005 04 00000001 00000005 04 00000002"));
    decoder.push(hex("00000001 01"));
    expect(log.lines).toEqual(["have 0", "have 1"]);
    expect(decoder.isClosed).toBe(true);
    expect(decoder.bufferedBytes).toBe(0);
  });

  test("must not push", () => {
    const { decoder, log } = shaken();
    log.heard = () => decoder.push(hex("00000001 01"));
    expect(() => decoder.push(hex("00000001 00"))).toThrow(AssertionError);
  });

  test("that throws is not called again", () => {
    const { decoder, log } = shaken();
    log.heard = () => {
      throw new Error("disk full");
    };
    expect(() => decoder.push(hex("00000001 00 00000001 01"))).toThrow("disk full");
    decoder.push(hex("00000001 02"));
    expect(log.lines).toEqual(["choke"]);
  });

  test("without the methods of an extension may not offer it", () => {
    const lengths = new MessageLengths(10);
    const slow = logWithout("haveAll");
    const plain = logWithout("extended");
    const fast = reservedBytes({ fast: true });
    const extensions = reservedBytes({ extensions: true });
    expect(() => new Decoder(slow, lengths, fast)).toThrow(AssertionError);
    expect(() => new Decoder(plain, lengths, extensions)).toThrow(AssertionError);
    expect(new Decoder(slow, lengths, extensions).isClosed).toBe(false);
  });
});

function logWithout(method: "haveAll" | "extended"): WireLog {
  const log = new WireLog();
  Object.defineProperty(log, method, { value: undefined });
  return log;
}
