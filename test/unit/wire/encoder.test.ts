import { describe, expect, test } from "@jest/globals";
import { AssertionError } from "../../../src/core/assert.ts";
import { bytesToHex } from "../../../src/core/bytes.ts";
import { Encoder } from "../../../src/wire/encoder.ts";
import { encoded, hex } from "../../support/wire.ts";
import { vectors } from "../../support/wire-vectors.ts";

describe("the encoder writes", () => {
  for (const { name, bytes, say } of vectors) {
    test(name, () => {
      expect(bytesToHex(encoded(say))).toBe(bytesToHex(hex(bytes)));
    });
  }

  test("a block as it is, without a copy, behind its header", () => {
    const chunks: Uint8Array[] = [];
    const block = new Uint8Array(16_384);
    new Encoder((bytes) => chunks.push(bytes)).piece(1, 0, { length: block.length, bytes: block });
    expect(chunks.map((chunk) => chunk.length)).toEqual([13, 16_384]);
    expect(chunks[1]).toBe(block);
  });

  test("each message into memory of its own, which the sink may keep", () => {
    const chunks: Uint8Array[] = [];
    const encoder = new Encoder((bytes) => chunks.push(bytes));
    encoder.have(1);
    encoder.have(2);
    expect(chunks.map((chunk) => chunk.buffer.byteLength)).toEqual([9, 9]);
    expect(chunks[0]?.buffer).not.toBe(chunks[1]?.buffer);
  });
});

describe("the encoder refuses what no message can say", () => {
  const mistakes: Record<string, (encoder: Encoder) => void> = {
    "a negative piece": (encoder) => encoder.have(-1),
    "a fraction": (encoder) => encoder.request(0, 0.5, 16_384),
    "more than 32 bits": (encoder) => encoder.cancel(2 ** 32, 0, 16_384),
    "a block without bytes": (encoder) => encoder.piece(0, 0, { length: 16_384 }),
    "a block of another length than its bytes": (encoder) =>
      encoder.piece(0, 0, { length: 2, bytes: new Uint8Array(3) }),
    "an extended id of two bytes": (encoder) => encoder.extended(256, new Uint8Array(0)),
    "a short infohash": (encoder) =>
      encoder.handshake({
        reserved: new Uint8Array(8),
        infohash: new Uint8Array(19),
        peerId: new Uint8Array(20),
      }),
  };
  for (const [mistake, make] of Object.entries(mistakes)) {
    test(mistake, () => {
      const chunks: Uint8Array[] = [];
      expect(() => make(new Encoder((bytes) => chunks.push(bytes)))).toThrow(AssertionError);
      expect(chunks).toEqual([]);
    });
  }
});
