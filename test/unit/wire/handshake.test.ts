import { describe, expect, test } from "@jest/globals";
import { bytesToHex } from "../../../src/core/bytes.ts";
import {
  decodeHandshake,
  encodeHandshake,
  HANDSHAKE_LENGTH,
  offersDht,
  offersExtensions,
  offersFast,
  reservedBytes,
} from "../../../src/wire/handshake.ts";
import { handshakeOf, hex, wireErrorOf } from "../../support/wire.ts";

/** BEP 3: 19, "BitTorrent protocol", reserved, infohash, peer id. */
const bytes = hex(`
  13 426974546f7272656e742070726f746f636f6c
  0000000000100004
  000102030405060708090a0b0c0d0e0f10111213
  a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3
`);

describe("the handshake", () => {
  test("is 68 bytes, as in BEP 3", () => {
    expect(HANDSHAKE_LENGTH).toBe(68);
    expect(bytesToHex(encodeHandshake(handshakeOf()))).toBe(bytesToHex(bytes));
    expect(decodeHandshake(bytes)).toEqual(handshakeOf());
  });

  test("shares no memory with the bytes that it was read from", () => {
    const chunk = bytes.slice();
    const handshake = decodeHandshake(chunk);
    chunk.fill(0);
    expect(handshake).toEqual(handshakeOf());
  });

  test.each([0, 1, 10, 19])("of another protocol, at byte %d, is an error", (at) => {
    const wrong = bytes.slice();
    wrong[at] = (wrong[at] as number) ^ 1;
    const error = wireErrorOf(() => decodeHandshake(wrong));
    expect(error.reason).toBe("bad-protocol");
    expect(error.message).toContain(`byte ${at} `);
  });
});

describe("the reserved bytes", () => {
  test.each([
    [{}, "0000000000000000"],
    [{ extensions: true }, "0000000000100000"], // BEP 10
    [{ fast: true }, "0000000000000004"], // BEP 6
    [{ dht: true }, "0000000000000001"], // BEP 5
    [{ extensions: true, fast: true, dht: true }, "0000000000100005"],
  ])("of %p are %s", (offers, expected) => {
    const reserved = reservedBytes(offers);
    expect(bytesToHex(reserved)).toBe(expected);
    expect({
      extensions: offersExtensions(reserved),
      fast: offersFast(reserved),
      dht: offersDht(reserved),
    }).toEqual({ extensions: false, fast: false, dht: false, ...offers });
  });

  test("may have bits set that we do not know", () => {
    const reserved = new Uint8Array(8).fill(0xff);
    reserved[7] = 0xfb;
    expect(offersExtensions(reserved)).toBe(true);
    expect(offersFast(reserved)).toBe(false);
    expect(offersDht(reserved)).toBe(true);
  });
});
