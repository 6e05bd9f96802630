import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  asciiToBytes,
  bytesToHex,
  compareBytes,
  hexToBytes,
  putUint32,
  sameBytes,
  uint32At,
} from "../../../src/core/bytes.ts";

const bytes = fc.uint8Array({ maxLength: 6 });

describe("bytes", () => {
  test("are the same when they are alike in length and content", () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(sameBytes(a, a.slice())).toBe(true);
        expect(sameBytes(a, b)).toBe(a.join() === b.join());
      }),
    );
    expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3))).toBe(false);
    expect(sameBytes(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2))).toBe(false);
  });

  test("are ordered as Buffer orders them", () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
      }),
    );
  });

  test("hold 32-bit integers, high byte first", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(4), (value, at) => {
        const array = new Uint8Array(8);
        putUint32(array, at, value);
        expect(uint32At(array, at)).toBe(value);
        expect(new DataView(array.buffer).getUint32(at)).toBe(value);
        expect(array.filter((byte) => byte !== 0).length).toBeLessThanOrEqual(4);
      }),
    );
  });

  test("are spelt in hexadecimal and read back", () => {
    expect(bytesToHex(Uint8Array.of(0, 10, 255))).toBe("000aff");
    fc.assert(fc.property(bytes, (a) => expect(hexToBytes(bytesToHex(a))).toEqual(a)));
    expect(hexToBytes("0aFf")).toEqual(Uint8Array.of(10, 255));
    for (const wrong of ["0", "0g", "0x", " 00", "0\n"]) expect(hexToBytes(wrong)).toBeUndefined();
  });

  test("come from ASCII, one a character", () => {
    expect(asciiToBytes("\x13Bit")).toEqual(Uint8Array.of(19, 66, 105, 116));
  });
});
