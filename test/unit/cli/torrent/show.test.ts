import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { main } from "../../../../src/cli/program.ts";
import { type Bencodable, encodeBencode } from "../../../../src/core/bencode.ts";
import { bytesToHex } from "../../../../src/core/bytes.ts";
import { sha1 } from "../../../../src/live/sha1.ts";
import { FakeTerminal } from "../../../support/fake-terminal.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";

let folder = "";
let path = "";
let terminal = new FakeTerminal();

beforeEach(async () => {
  folder = await newFolder();
  path = join(folder, "a.torrent");
  terminal = new FakeTerminal();
});
afterEach(() => removeFolder(folder));

const info = {
  name: "all",
  "piece length": 16_384,
  pieces: new Uint8Array(40),
  private: 1,
  files: [
    { length: 16_000, path: ["b", "c.bin"] },
    { length: 384, path: [".pad", "384"], attr: "p" },
    { length: 0, path: ["link"], attr: "l", "symlink path": ["b"] },
    { length: 5, path: ["a"] },
  ],
};

async function show(root: { [key: string]: Bencodable }, ...options: string[]): Promise<string> {
  await writeFile(path, encodeBencode(root));
  expect(await main(["torrent", "show", path, ...options], terminal)).toBe(0);
  expect(terminal.errors).toBe("");
  return terminal.printed;
}

describe("`sim torrent show`", () => {
  test("says all that is in a torrent file", async () => {
    const text = await show({
      "announce-list": [["http://a/", "http://b/"], ["udp://c:1"]],
      comment: "two\nlines \u001b[31m",
      "created by": "us",
      "creation date": 1_700_000_000,
      info,
    });
    expect(text).toBe(`all
infohash  ${bytesToHex(sha1(encodeBencode(info)))}
size      15.6 KiB (16,005 bytes) in 2 files
pieces    2 of 16 KiB
padding   384 bytes
left out  1 symbolic link
private   yes
trackers  http://a/, http://b/
          udp://c:1
comment   two lines  [31m
created   2023-11-14 22:13:20 UTC by us

File          Bytes
all/b/c.bin  16,000
all/a             5
`);
  });

  test("says it as one JSON object", async () => {
    const text = await show({ announce: "http://a/", info }, "--json");
    expect(text.split("\n")).toHaveLength(2);
    expect(JSON.parse(text)).toEqual({
      name: "all",
      infohash: bytesToHex(sha1(encodeBencode(info))),
      size: 16_389,
      pieceLength: 16_384,
      pieces: 2,
      private: true,
      trackers: [["http://a/"]],
      comment: null,
      createdBy: null,
      createdAt: null,
      symlinks: 1,
      files: [
        { path: "all/b/c.bin", length: 16_000 },
        { path: "all/.pad/384", length: 384, padding: true },
        { path: "all/a", length: 5 },
      ],
    });
  });

  test("has a date only where there can be one", async () => {
    const text = await show({ "creation date": Number.MAX_SAFE_INTEGER, info });
    expect(text).not.toContain("created");
    expect(text).toContain("trackers  none\n");
  });

  test.each([
    ["nothing", undefined, /^\S+a\.torrent cannot be read: there is no such file\.\n$/],
    ["no torrent file", "hello", /^\S+a\.torrent: It is not bencoded: .* at byte 0\./],
    ["a magnet link", "magnet:?xt=urn:btih:0", /a\.torrent: It has a magnet link in it/],
    ["a bad name", { info: { ...info, name: "../x" } }, /info\.name: the name "\.\.\/x" has a/],
    ["a v2 torrent", { info: { "meta version": 2 } }, /v2 torrents are not supported/],
  ])("refuses %s, with exit code 2", async (_, content, message) => {
    if (content !== undefined) {
      await writeFile(path, typeof content === "string" ? content : encodeBencode(content));
    }
    expect(await main(["torrent", "show", path], terminal)).toBe(2);
    expect(terminal.errors).toMatch(message);
    expect(terminal.printed).toBe("");
  });

  test("refuses a folder", async () => {
    expect(await main(["torrent", "show", folder], terminal)).toBe(2);
    expect(terminal.errors).toMatch(/cannot be read: it is a directory/);
  });
});
