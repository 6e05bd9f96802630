import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { type Bencodable, encodeBencode } from "../../../src/core/bencode.ts";
import { asciiToBytes, bytesToHex } from "../../../src/core/bytes.ts";
import { parseMetainfo, type Sha1 } from "../../../src/torrent/parse-metainfo.ts";
import { TorrentError } from "../../../src/torrent/torrent-error.ts";

const sha1: Sha1 = (bytes) => new Uint8Array(createHash("sha1").update(bytes).digest());

type Dictionary = { readonly [key: string]: Bencodable | undefined };

const single = { name: "a.bin", "piece length": 16, pieces: new Uint8Array(40), length: 20 };

/** The torrent file of one file, with other or further keys. */
const parsed = (info: Dictionary, root: Dictionary = {}) =>
  parseMetainfo(encodeBencode({ ...root, info: { ...single, ...info } }), sha1);

/** Of several files of 10 bytes each, unless said otherwise. */
function parsedFiles(files: readonly Dictionary[], info: Dictionary = {}) {
  const entries = files.map((file) => ({ length: 10, ...file }));
  const size = entries.reduce((sum, { length }) => sum + length, 0);
  const pieces = new Uint8Array(20 * Math.ceil(size / 16));
  return parsed({ name: "all", length: undefined, files: entries, pieces, ...info });
}

function problemOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    expect(error).toBeInstanceOf(TorrentError);
    return (error as TorrentError).message;
  }
  return "none";
}

describe("a torrent file of one file", () => {
  test("says what is in it", () => {
    expect(parsed({}, { announce: "http://a/", comment: "ok" })).toEqual({
      infohash: sha1(encodeBencode(single)),
      name: "a.bin",
      size: 20,
      pieceLength: 16,
      pieceHashes: new Uint8Array(40),
      files: [{ path: ["a.bin"], length: 20, offset: 0, isPadding: false }],
      symlinks: 0,
      isPrivate: false,
      trackers: [["http://a/"]],
      comment: "ok",
      createdBy: undefined,
      createdAt: undefined,
    });
  });

  test("has an infohash over the info dictionary as it stands, in order or not", () => {
    const info = "d4:name1:a12:piece lengthi16e6:lengthi1e6:pieces20:....................e";
    const bytes = asciiToBytes(`d4:info${info}e`);
    expect(parseMetainfo(bytes, sha1).infohash).toEqual(sha1(asciiToBytes(info)));
    expect(bytesToHex(parseMetainfo(bytes, sha1).infohash)).toHaveLength(40);
  });

  test("may be private (BEP 27), dated and signed", () => {
    const metainfo = parsed({ private: 1 }, { "created by": "me", "creation date": 1_700_000_000 });
    expect(metainfo).toMatchObject({ isPrivate: true, createdBy: "me", createdAt: 1_700_000_000 });
    expect(parsed({ private: 0 }).isPrivate).toBe(false);
  });

  test("is the v1 half of a hybrid torrent, and a v2 torrent is refused by name", () => {
    const v2 = { "meta version": 2, "file tree": { "a.bin": { "": { length: 20 } } } };
    expect(parsed(v2).files).toHaveLength(1);
    expect(problemOf(() => parsed({ ...v2, pieces: undefined, length: undefined }))).toMatch(
      /v2 torrents are not supported/,
    );
  });

  test("keeps its hashes as a view of the bytes, so that a large one costs nothing twice", () => {
    const count = 409_600; // 100 GiB in pieces of 256 KiB
    const bytes = encodeBencode({
      info: {
        name: "large",
        length: count * 2 ** 18,
        "piece length": 2 ** 18,
        pieces: new Uint8Array(20 * count),
      },
    });
    const { pieceHashes, size } = parseMetainfo(bytes, sha1);
    expect(size).toBe(100 * 2 ** 30);
    expect(pieceHashes.buffer).toBe(bytes.buffer);
  });
});

describe("trackers", () => {
  test("are the tiers of BEP 12, before the one tracker of BEP 3", () => {
    const tiers = [["http://a/", "udp://b:1"], ["http://c/"]];
    expect(parsed({}, { announce: "http://x/", "announce-list": tiers }).trackers).toEqual(tiers);
  });

  test.each<[string, Dictionary, string[][]]>([
    ["none at all", {}, []],
    ["an empty list", { announce: "http://x/", "announce-list": [[]] }, [["http://x/"]]],
    ["a list of texts", { announce: "http://x/", "announce-list": ["http://a/"] }, [["http://x/"]]],
    ["spaces around", { announce: " http://x/ " }, [["http://x/"]]],
    ["no URL", { announce: "" }, []],
    ["a number", { announce: 5 }, []],
    ["some of it", { "announce-list": [["", 5, "http://a/"], 7, [""]] }, [["http://a/"]]],
  ])("that make no sense count as none: %s", (_, root, trackers) => {
    expect(parsed({}, root).trackers).toEqual(trackers);
  });
});

describe("a torrent file of several files", () => {
  test("has them below its name, one after another", () => {
    const { files, size } = parsedFiles([{ path: ["b", "c"] }, { path: ["a"], length: 0 }]);
    expect(size).toBe(10);
    expect(files).toEqual([
      { path: ["all", "b", "c"], length: 10, offset: 0, isPadding: false },
      { path: ["all", "a"], length: 0, offset: 10, isPadding: false },
    ]);
  });

  test("has padding (BEP 47), whatever that is called", () => {
    const padding = { length: 6, attr: "p", path: ["..", "x"] };
    const { files } = parsedFiles([{ path: ["a"] }, padding, { path: ["b"] }, padding]);
    expect(files.map(({ isPadding }) => isPadding)).toEqual([false, true, false, true]);
    expect(files[1]?.path).toEqual(["all", ".pad", "6"]);
  });

  test("leaves symbolic links out, and counts them", () => {
    const link = { length: 0, attr: "l", path: ["x"], "symlink path": ["..", "..", "etc"] };
    expect(parsedFiles([link, { path: ["a"], attr: "hx" }])).toMatchObject({
      files: [{ path: ["all", "a"] }],
      symlinks: 1,
    });
    expect(problemOf(() => parsedFiles([{ ...link, length: 1 }, { path: ["a"] }]))).toContain(
      "info.files[0]: a symbolic link with a length",
    );
  });

  test("has names in UTF-8 from wherever they are", () => {
    const path = [Uint8Array.of(0xb4)];
    const gbk = { path, "path.utf-8": ["é"] };
    const name = { name: Uint8Array.of(0xb4), "name.utf-8": "ü" };
    expect(parsedFiles([gbk], name).files[0]?.path).toEqual(["ü", "é"]);
    expect(problemOf(() => parsedFiles([{ path }]))).toMatch(/^info\.files\[0\]\.path: .* UTF-8/);
  });
});

describe("names that could do harm are refused", () => {
  const names: [string, string][] = [
    ["", "is empty"],
    [".", "would lead out"],
    ["..", "would lead out"],
    ["a/b", "separator"],
    ["/etc", "separator"],
    ["..\\x", "separator"],
    ["C:\\x", "separator"],
    ["a\0b", "control character"],
    ["a\u001b[2J", "control character"],
    ["NUL", "device"],
    ["con.txt", "device"],
    ["Aux ", "device"],
    ["lpt9.tar.gz", "device"],
    ["x".repeat(256), "256 bytes"],
    ["é".repeat(128), "256 bytes"],
  ];

  test.each(names)("%j: %s", (name, problem) => {
    expect(problemOf(() => parsed({ name }))).toMatch(/^info\.name: /);
    expect(problemOf(() => parsed({ name }))).toContain(problem);
    expect(problemOf(() => parsedFiles([{ path: ["a"] }, { path: ["b", name] }]))).toContain(
      problem,
    );
  });

  test.each([["console"], ["null"], ["..."], [".hidden"], ["a:b?"], ["x".repeat(255)], ["com10"]])(
    "but not %j",
    (name) => {
      expect(parsed({ name }).name).toBe(name);
    },
  );

  test("so are paths that are too long, too deep or of nothing", () => {
    const path = Array.from({ length: 17 }, () => "x".repeat(250));
    expect(problemOf(() => parsedFiles([{ path }]))).toContain("has 4270 bytes");
    const deep = Array.from({ length: 100 }, () => "x");
    expect(problemOf(() => parsedFiles([{ path: deep }]))).toContain("more than 100 folders");
    expect(problemOf(() => parsedFiles([{ path: [] }]))).toContain("no list of names");
    expect(problemOf(() => parsedFiles([{ path: "a" }]))).toContain("no list of names");
  });

  test("so are files that cannot be beside each other", () => {
    const twice = [{ path: ["a", "b"] }, { path: ["c"] }, { path: ["a", "b"] }];
    expect(problemOf(() => parsedFiles(twice))).toBe(
      'info.files[2].path: "all/a/b" stands twice. Nothing is written; ask who made the torrent for another.',
    );
    const folder = [{ path: ["a", "b", "c"] }, { path: ["a"] }];
    expect(problemOf(() => parsedFiles(folder))).toContain("is a file, and a folder");
    expect(problemOf(() => parsedFiles([...folder].reverse()))).toContain('is in "all/a", which');
  });

  test("but names that differ in case alone are two files, as on Linux", () => {
    expect(parsedFiles([{ path: ["a"] }, { path: ["A"] }]).files).toHaveLength(2);
  });
});

describe("what does not fit together is refused, by key", () => {
  test.each<[string, Dictionary, string]>([
    ["no name", { name: undefined }, "info.name: "],
    ["no piece length", { "piece length": undefined }, "info.piece length: the integer is missing"],
    ["empty pieces", { "piece length": 0 }, "info.piece length: 0 bytes"],
    ["absurd pieces", { "piece length": 2 ** 29 }, "1 B to 256 MiB"],
    ["pieces below nothing", { "piece length": -16 }, "info.piece length: -16 bytes"],
    ["no hashes", { pieces: undefined }, "info.pieces: the hashes are missing"],
    ["too few hashes", { pieces: new Uint8Array(20) }, "info.pieces: 20 bytes, and the 2 pieces"],
    ["half a hash", { pieces: new Uint8Array(39) }, "need 40"],
    ["no files", { length: undefined }, "there is neither"],
    ["both forms", { files: [] }, "there are both"],
    ["a negative length", { length: -1 }, "info.length: is no size"],
    ["a huge length", { length: 2n ** 60n }, "info.length: is no size"],
    ["nothing to transfer", { length: 0, pieces: "" }, "all files are empty"],
    ["files that are no list", { files: 5, length: undefined }, "a list does not begin so"],
    ["a file that is no dictionary", { files: [5], length: undefined }, "info.files[0]: is no"],
  ])("%s", (_, info, problem) => {
    expect(problemOf(() => parsed(info))).toContain(problem);
  });

  test("sizes that a number does not hold in all", () => {
    const length = Number.MAX_SAFE_INTEGER;
    const files = ["a", "b"].map((name) => ({ path: [name], length }));
    expect(problemOf(() => parsed({ length: undefined, files }))).toContain("too large together");
  });

  test("files of padding alone", () => {
    const padding = { length: 16, attr: "p" };
    expect(problemOf(() => parsedFiles([padding]))).toContain("all files are empty");
  });
});

describe("what is no torrent file is told by what it is", () => {
  test.each([
    ["", "The file is empty"],
    ["magnet:?xt=urn:btih:00", "magnet link"],
    ["<!DOCTYPE html>", "a web page"],
    ["d4:info", "the bytes end too early at byte 7"],
    ["i5e", "no dictionary"],
    ["de", "info: the dictionary is missing"],
    ["d4:infoi5ee", "info is bencoded, but no dictionary"],
    ["d4:infod5:filesl1:xee", "the bytes end too early at byte 21"],
    [
      "d4:infod4:name1:a5:filesld6:lengthi5e4:pathl1:aeed6:lengthi03eeeee",
      "a leading zero at byte 58",
    ],
    ["l".repeat(1000), "too many levels at byte 100"],
  ])("%j", (text, problem) => {
    expect(problemOf(() => parseMetainfo(asciiToBytes(text), sha1))).toContain(problem);
  });
});
