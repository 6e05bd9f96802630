import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { encodeBencode } from "../../../src/core/bencode.ts";
import {
  decodeExtensionHandshake,
  encodeExtensionHandshake,
  noExtensions,
} from "../../../src/wire/extension-handshake.ts";
import { WireError } from "../../../src/wire/wire-error.ts";

describe("the extension handshake", () => {
  test("is read as it was written", () => {
    const own = {
      client: "Swarmlab 0.1.0",
      requestLimit: 250,
      port: 6881,
      ids: new Map([
        ["ut_pex", 1],
        ["ut_metadata", 2],
      ]),
    };
    expect(decodeExtensionHandshake(encodeExtensionHandshake(own))).toEqual(own);
  });

  test("of BEP 10's example is understood", () => {
    const payload = encodeBencode({
      m: { LT_metadata: 1, µT_PEX: 2 },
      p: 6881,
      v: "µTorrent 1.2",
    });
    const { client, port, ids } = decodeExtensionHandshake(payload);
    expect([client, port, ids.get("LT_metadata")]).toEqual(["µTorrent 1.2", 6881, 1]);
  });

  test("adds to an earlier one, and takes away with id 0", () => {
    const before = {
      ...noExtensions,
      client: "x",
      ids: new Map([
        ["a", 1],
        ["b", 2],
      ]),
    };
    const after = decodeExtensionHandshake(encodeBencode({ m: { a: 0, c: 3 } }), before);
    expect(after.client).toBe("x");
    expect([...after.ids]).toEqual([
      ["b", 2],
      ["c", 3],
    ]);
  });

  test("with values of the wrong type or size is read as if they were not there", () => {
    const payload = encodeBencode({ m: [1], p: 70_000, reqq: "many", v: 5 });
    expect(decodeExtensionHandshake(payload)).toEqual(noExtensions);
    const ids = encodeBencode({ m: { a: -1, b: 256, c: "x", d: 9 } });
    expect([...decodeExtensionHandshake(ids).ids]).toEqual([["d", 9]]);
  });

  test("keeps a bounded number of extensions, however often it comes", () => {
    let known = noExtensions;
    for (let round = 0; round < 50; round++) {
      const m = new Map(Array.from({ length: 10 }, (_, at) => [`x${10 * round + at}`, 1] as const));
      known = decodeExtensionHandshake(encodeBencode({ m }), known);
    }
    expect(known.ids.size).toBe(64);
  });

  test("that is anything else is a WireError, and nothing but that", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (payload) => {
        try {
          decodeExtensionHandshake(payload);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
    expect(() => decodeExtensionHandshake(encodeBencode([1]))).toThrow("not a bencoded dictionary");
  });
});
