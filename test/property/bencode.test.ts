import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  BencodeError,
  type BencodeValue,
  decodeBencode,
  encodeBencode,
} from "../../src/core/bencode.ts";
import { textToUtf8, utf8ToText } from "../../src/core/utf8.ts";
import { parseMetainfo } from "../../src/torrent/parse-metainfo.ts";
import { TorrentError } from "../../src/torrent/torrent-error.ts";

const byteText = fc.uint8Array({ maxLength: 6 }).map((bytes) => String.fromCharCode(...bytes));

const { value: anyValue } = fc.letrec<{ value: BencodeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })
      .map((big) => (Number.isSafeInteger(Number(big)) ? Number(big) : big)),
    fc.uint8Array({ maxLength: 20 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(byteText, tie("value")), { maxLength: 4 }).map((list) => new Map(list)),
  ),
}));

/** Whether `attempt` throws; anything but an error of the class is thrown on. */
function refuses(error: new (...given: never[]) => Error, attempt: () => unknown): boolean {
  try {
    attempt();
  } catch (thrown) {
    if (!(thrown instanceof error)) throw thrown;
    return true;
  }
  return false;
}

/** Bytes with some of them changed, as a hostile sender would. */
const damage = fc.array(
  fc.tuple(fc.nat(), fc.constantFrom(...textToUtf8("dlie0123456789:-\0\xff"))),
  {
    minLength: 1,
    maxLength: 5,
  },
);

function damaged(bytes: Uint8Array, places: readonly (readonly [number, number])[]): Uint8Array {
  const copy = bytes.slice();
  for (const [at, byte] of places) copy[at % copy.length] = byte;
  return copy;
}

describe("bencode", () => {
  test("decodes what it encoded, which is canonical", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encodeBencode(value);
        const decoded = decodeBencode(bytes, { isCanonical: true });
        expect(decoded).toEqual(value);
        expect(encodeBencode(decoded)).toEqual(bytes);
      }),
    );
  });

  test("leaves values of a dictionary raw, as they were encoded", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(byteText, anyValue), { maxLength: 5 }), (entries) => {
        const dictionary = new Map(entries);
        const bytes = encodeBencode(dictionary);
        const raw = decodeBencode(bytes, { rawKeys: [...dictionary.keys()] });
        expect(raw).toEqual(
          new Map([...dictionary].map(([key, one]) => [key, encodeBencode(one)])),
        );
      }),
    );
  });

  test("throws nothing but its error, whatever it is given", () => {
    const nearly = fc
      .tuple(anyValue, damage)
      .map(([value, places]) => damaged(encodeBencode(value), places));
    const signs = fc
      .array(fc.constantFrom(..."dlie0123:-a"), { maxLength: 60 })
      .map((list) => textToUtf8(list.join("")));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), nearly, signs), (bytes) => {
        const isRefused = refuses(BencodeError, () => decodeBencode(bytes));
        if (isRefused) return;
        // What it takes, it also writes, though perhaps in another order.
        const again = encodeBencode(decodeBencode(bytes));
        expect(again.length).toBe(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("UTF-8", () => {
  test("is the platform's, for any text and any bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(textToUtf8(text)).toEqual(new TextEncoder().encode(text));
      }),
    );
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0xc3, 0xe2, 0xf0, 0x80),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 6 }), (list) => {
        const bytes = Uint8Array.from(list);
        let expected: string | undefined;
        try {
          expected = strict.decode(bytes);
        } catch {
          expected = undefined;
        }
        expect(utf8ToText(bytes)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

test("a damaged torrent file is a TorrentError or a torrent, and nothing else", () => {
  const sha1 = (bytes: Uint8Array) => createHash("sha1").update(bytes).digest();
  const torrent = encodeBencode({
    announce: "http://127.0.0.1:6969/announce",
    "announce-list": [["http://127.0.0.1:6969/announce", "udp://127.0.0.1:6969"]],
    info: {
      name: "all",
      "piece length": 16,
      pieces: new Uint8Array(60),
      files: [
        { length: 20, path: ["a", "b.bin"], attr: "x" },
        { length: 12, path: [".pad", "12"], attr: "p" },
        { length: 10, path: ["c"], "path.utf-8": ["c"] },
      ],
    },
  });
  fc.assert(
    fc.property(damage, (places) => {
      refuses(TorrentError, () => parseMetainfo(damaged(torrent, places), sha1));
    }),
    { numRuns: 2000 },
  );
});
