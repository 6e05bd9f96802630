import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { decodeBencode } from "../../../src/core/bencode.ts";
import { parseMetainfo } from "../../../src/torrent/parse-metainfo.ts";
import { automaticPieceLength } from "../../../src/torrent/piece-length.ts";
import { type MetainfoParts, writeMetainfo } from "../../../src/torrent/write-metainfo.ts";

const sha1 = (bytes: Uint8Array) => new Uint8Array(createHash("sha1").update(bytes).digest());

const single: MetainfoParts = {
  name: "a",
  pieceLength: 16,
  pieceHashes: Uint8Array.from({ length: 40 }, (_, at) => at),
  files: [{ path: ["a"], length: 20, offset: 0, isPadding: false }],
  isPrivate: false,
  trackers: [],
  comment: undefined,
  createdBy: undefined,
  createdAt: undefined,
};

const textOf = (parts: Partial<MetainfoParts>) =>
  Buffer.from(writeMetainfo({ ...single, pieceHashes: new Uint8Array(), ...parts })).toString();

describe("a torrent file that is written", () => {
  test("is canonical, and has no more than is needed", () => {
    expect(textOf({})).toBe("d4:infod6:lengthi20e4:name1:a12:piece lengthi16e6:pieces0:ee");
    expect(textOf({ isPrivate: true })).toContain("6:pieces0:7:privatei1ee");
    expect(() => decodeBencode(writeMetainfo(single), { isCanonical: true })).not.toThrow();
  });

  test("has tiers only where there is more than one tracker", () => {
    expect(textOf({ trackers: [["udp://a"]] })).toMatch(/^d8:announce7:udp:\/\/a4:info/);
    expect(textOf({ trackers: [["udp://a"], ["udp://b"]] })).toContain(
      "13:announce-listll7:udp://ael7:udp://bee",
    );
  });

  test("has them for trackers of one tier too", () => {
    expect(textOf({ trackers: [["udp://a", "udp://b"]] })).toContain(
      "8:announce7:udp://a13:announce-listll7:udp://a7:udp://bee",
    );
  });

  test("lists a single file that is in a folder", () => {
    const files = [{ path: ["a", "b"], length: 20, offset: 0, isPadding: false }];
    expect(textOf({ files })).toContain("5:filesld6:lengthi20e4:pathl1:beee");
  });

  test("is read as what was written", () => {
    const many: MetainfoParts = {
      ...single,
      files: [
        { path: ["a", "é", "b"], length: 10, offset: 0, isPadding: false },
        { path: ["a", ".pad", "6"], length: 6, offset: 10, isPadding: true },
        { path: ["a", "c"], length: 4, offset: 16, isPadding: false },
      ],
      isPrivate: true,
      trackers: [["http://a/", "http://b/"], ["udp://c:1"]],
      comment: "ü",
      createdBy: "us",
      createdAt: 1_700_000_000,
    };
    for (const parts of [single, many]) {
      const { infohash, size, symlinks, ...read } = parseMetainfo(writeMetainfo(parts), sha1);
      expect(read).toEqual(parts);
      expect([infohash.length, size, symlinks]).toEqual([20, 20, 0]);
    }
  });
});

describe("the automatic piece length", () => {
  test.each([
    [1, 2 ** 14],
    [32 * 2 ** 20, 2 ** 14], // 2,048 pieces
    [32 * 2 ** 20 + 1, 2 ** 15],
    [2 ** 30, 2 ** 19],
    [100 * 2 ** 30, 2 ** 24],
    [100 * 2 ** 40, 2 ** 24],
  ])("of %d bytes is %d", (size, length) => {
    expect(automaticPieceLength(size)).toBe(length);
  });
});
