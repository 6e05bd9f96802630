import { describe, expect, test } from "@jest/globals";
import { Decoder } from "../../../src/wire/decoder.ts";
import { reservedBytes } from "../../../src/wire/handshake.ts";
import { MessageLengths } from "../../../src/wire/message-lengths.ts";
import type { WireErrorReason } from "../../../src/wire/wire-error.ts";
import {
  allExtensions,
  encoded,
  handshakeOf,
  hex,
  shaken,
  WireLog,
  wireErrorOf,
} from "../../support/wire.ts";

interface Crime {
  readonly name: string;
  /** As far as the byte that gives it away. */
  readonly bytes: string;
  readonly reason: WireErrorReason;
  readonly message: string;
}

/** 10 pieces, blocks up to 32 bytes, extension payloads up to 48: no message is longer than 50 bytes. */
const crimes: Crime[] = [
  {
    name: "a length prefix above every bound, before its id",
    bytes: "00000033",
    reason: "too-long",
    message: "a message of 51 bytes; at most 50",
  },
  {
    name: "the longest length prefix",
    bytes: "ffffffff",
    reason: "too-long",
    message: "a message of 4294967295 bytes; at most 50",
  },
  {
    name: "a block longer than we ask for",
    bytes: "0000002a 07",
    reason: "too-long",
    message: "piece with 41 bytes after its id, not 9 to 40",
  },
  {
    name: "a piece without a block",
    bytes: "00000009 07",
    reason: "wrong-length",
    message: "piece",
  },
  {
    name: "a piece without fields",
    bytes: "00000001 07",
    reason: "wrong-length",
    message: "piece",
  },
  {
    name: "an extended message without an extended id",
    bytes: "00000001 14",
    reason: "wrong-length",
    message: "extended with 0 bytes after its id, not 1 to 49",
  },
  {
    name: "a bitfield that is too short",
    bytes: "00000002 05",
    reason: "wrong-length",
    message: "bitfield with 1 bytes after its id, not 2",
  },
  {
    name: "a bitfield that is too long",
    bytes: "00000004 05",
    reason: "wrong-length",
    message: "bitfield with 3 bytes after its id, not 2",
  },
  {
    name: "a bitfield with a spare bit set",
    bytes: "00000003 05 ffe0",
    reason: "spare-bits",
    message: "beyond the last piece",
  },
];

const fixedLengths: Record<string, [id: string, right: number]> = {
  choke: ["00", 1],
  unchoke: ["01", 1],
  interested: ["02", 1],
  "not interested": ["03", 1],
  have: ["04", 5],
  request: ["06", 13],
  cancel: ["08", 13],
  "suggest piece": ["0d", 5],
  "have all": ["0e", 1],
  "have none": ["0f", 1],
  "reject request": ["10", 13],
  "allowed fast": ["11", 5],
};

for (const [name, [id, right]] of Object.entries(fixedLengths)) {
  for (const length of [right - 1, right + 1]) {
    if (length === 0) continue; // a keep-alive
    crimes.push({
      name: `a message ${name} of ${length} bytes`,
      bytes: `${length.toString(16).padStart(8, "0")} ${id}`,
      reason: "wrong-length",
      message: `${name} with ${length - 1} bytes after its id, not ${right - 1}`,
    });
  }
}

describe("one WireError, at the byte that gives it away, and silence after it, for", () => {
  for (const { name, bytes, reason, message } of crimes) {
    test.each([1_000, 1])(`${name} (chunks of %d)`, (size) => {
      const { decoder, log } = shaken();
      const all = hex(bytes);
      for (let at = 0; at + size < all.length; at += size) {
        decoder.push(all.subarray(at, at + size));
        expect(log.lines).toEqual([]);
      }
      const last = size === 1 ? all.subarray(all.length - 1) : all;
      const error = wireErrorOf(() => decoder.push(last));
      expect(error.reason).toBe(reason);
      expect(error.message).toContain(message);
      expectDead(decoder, log);
    });
  }
});

describe("before the handshake is through", () => {
  function strange(own = allExtensions): { decoder: Decoder; log: WireLog } {
    const log = new WireLog();
    return { decoder: new Decoder(log, new MessageLengths(10), own), log };
  }

  test.each([
    ["an HTTP request", "474554"],
    ["a wrong length of the name", "12"],
    ["another name of the right length", "13 426974546f7272656e742050"],
  ])("%s is turned away at once", (_name, bytes) => {
    const { decoder, log } = strange();
    expect(wireErrorOf(() => decoder.push(hex(bytes))).reason).toBe("bad-protocol");
    expectDead(decoder, log);
  });

  test("a wrong name is turned away when it comes byte by byte", () => {
    const { decoder, log } = strange();
    decoder.push(hex("13"));
    decoder.push(hex("42"));
    expect(wireErrorOf(() => decoder.push(hex("00"))).reason).toBe("bad-protocol");
    expectDead(decoder, log);
  });

  test("a whole handshake with a wrong name is turned away", () => {
    const { decoder, log } = strange();
    const bytes = encoded((encoder) => encoder.handshake(handshakeOf()));
    bytes[19] = 0;
    expect(wireErrorOf(() => decoder.push(bytes)).reason).toBe("bad-protocol");
    expectDead(decoder, log);
  });
});

describe("BEP 6: the fast extension is on only if both ends offer it, else", () => {
  const slow = reservedBytes({ extensions: true });
  const messages = {
    suggest: "05 0d",
    all: "01 0e",
    none: "01 0f",
    reject: "0d 10",
    fast: "05 11",
  };
  for (const [name, bytes] of Object.entries(messages)) {
    test.each([
      ["we", slow, allExtensions],
      ["the peer", allExtensions, slow],
    ])(`${name} closes the connection when %s did not`, (_who, own, remote) => {
      const log = new WireLog();
      const decoder = new Decoder(log, new MessageLengths(10), own);
      decoder.push(encoded((encoder) => encoder.handshake(handshakeOf(remote))));
      log.lines.length = 0;
      const error = wireErrorOf(() => decoder.push(hex(`000000 ${bytes}`)));
      expect(error.reason).toBe("not-negotiated");
      expectDead(decoder, log);
    });
  }
});

test("an extension payload above its own bound is an error, though a block may be that long", () => {
  const lengths = new MessageLengths(10, { maxBlockLength: 64, maxExtensionPayload: 8 });
  const { decoder, log } = shaken(allExtensions, lengths);
  decoder.push(hex("0000000a 14 01 0102030405060708"));
  expect(log.lines).toEqual(["extended 1 0102030405060708"]);
  const error = wireErrorOf(() => decoder.push(hex("0000000b 14")));
  expect(error.reason).toBe("too-long");
  expect(error.message).toContain("extended with 10 bytes after its id, not 1 to 9");
});

test("what came before the error in its chunk is delivered, what came after it is not", () => {
  const { decoder, log } = shaken();
  const bytes = hex("00000001 01 00000002 02 00 00000001 00");
  expect(wireErrorOf(() => decoder.push(bytes)).reason).toBe("wrong-length");
  expect(log.lines).toEqual(["unchoke"]);
});

test("a message that is announced and does not come holds no more than its own length", () => {
  const { decoder } = shaken();
  expect(decoder.maxBuffered).toBe(68);
  decoder.push(hex("00000029 07 00000001 00000000"));
  expect(decoder.bufferedBytes).toBe(0);
  decoder.push(hex("ab"));
  expect(decoder.bufferedBytes).toBe(32);
});

function expectDead(decoder: Decoder, log: WireLog): void {
  expect(decoder.isClosed).toBe(true);
  expect(decoder.bufferedBytes).toBe(0);
  decoder.push(hex("00000001 01"));
  expect(log.lines).toEqual([]);
}
