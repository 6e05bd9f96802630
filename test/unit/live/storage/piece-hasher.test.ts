import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { bytesToHex } from "../../../../src/core/bytes.ts";
import { type HashOptions, PieceHasher } from "../../../../src/live/storage/piece-hasher.ts";
import type { TorrentFile } from "../../../../src/torrent/metainfo.ts";
import { buildOnce } from "../../../support/command.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";

let folder = "";
let hasher: PieceHasher;

beforeAll(() => {
  buildOnce();
  hasher = new PieceHasher(2);
});
afterAll(() => hasher.close());
afterEach(() => removeFolder(folder));

/** Files of these lengths on the disk, 0.bin and so on, and all their bytes in a row. A negative length is padding. */
async function filesOf(lengths: readonly number[]) {
  folder = await newFolder();
  const files: TorrentFile[] = [];
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [at, given] of lengths.entries()) {
    const [length, isPadding, name] = [Math.abs(given), given < 0, `${at}.bin`];
    const bytes = Buffer.alloc(length);
    if (!isPadding) {
      for (let i = 0; i < length; i++) bytes[i] = (i * 7 + at * 31 + (i >> 8)) & 0xff;
      await writeFile(join(folder, name), bytes);
    }
    files.push({ path: [name], length, offset, isPadding });
    parts.push(bytes);
    offset += length;
  }
  return { files, size: offset, bytes: Buffer.concat(parts) };
}

type Made = Awaited<ReturnType<typeof filesOf>>;

/** The hash of each piece as text; "missing" where there is none. */
async function hashed(made: Made, pieceLength: number, options: Partial<HashOptions> = {}) {
  const found = new Map<number, string>();
  await hasher.hash(
    { torrent: { ...made, pieceLength }, pathOf: ({ path }) => join(folder, ...path) },
    {
      onPiece: (piece, hash) => {
        expect(found.has(piece)).toBe(false);
        found.set(piece, hash === undefined ? "missing" : bytesToHex(hash));
      },
      ...options,
    },
  );
  return [...found].sort(([a], [b]) => a - b);
}

function expected({ bytes }: Made, pieceLength: number): [number, string][] {
  return Array.from({ length: Math.ceil(bytes.length / pieceLength) }, (_, piece) => {
    const part = bytes.subarray(piece * pieceLength, (piece + 1) * pieceLength);
    return [piece, createHash("sha1").update(part).digest("hex")];
  });
}

describe("the piece hasher", () => {
  test.each([
    ["one file", [100_000], 16_384],
    ["many small files in a piece", [3, 0, 4, 5, 0, 16, 1], 8],
    ["tiny pieces, in several jobs", [9001], 1],
    ["a file over several jobs", [20_000_000, 0, 20_000_000], 2 ** 20],
    ["pieces that are longer than a job", [40_000_000], 2 ** 25],
    ["padding", [10, -6, 20, -1_000_000, 5], 1000],
  ])("hashes %s", async (_, lengths, pieceLength) => {
    const made = await filesOf(lengths);
    let bytes = 0;
    const onProgress = (more: number) => {
      bytes += more;
    };
    expect(await hashed(made, pieceLength, { onProgress })).toEqual(expected(made, pieceLength));
    expect(bytes).toBe(made.size);
  });

  test("hashes the pieces alone that are asked for", async () => {
    const made = await filesOf([50, 50, 5]);
    const pieces = [0, 2, 3, 4, 9, 10];
    const all = expected(made, 10);
    const asked = await hashed(made, 10, { pieces });
    expect(asked).toEqual(pieces.map((piece) => all[piece]));
    expect(await hashed(made, 10, { pieces: [] })).toEqual([]);
  });

  test("tells what is missing, and goes on behind it", async () => {
    const made = await filesOf([25, 25, 25, 25]);
    await removeFolder(join(folder, "1.bin"));
    await truncate(join(folder, "3.bin"), 11);
    const all = expected(made, 10).map(([piece, hash]) => {
      return [piece, [2, 3, 4, 8, 9].includes(piece) ? "missing" : hash];
    });
    expect(await hashed(made, 10)).toEqual(all);
  });

  test("takes for missing what is no file: a folder, a pipe, a path below a file", async () => {
    const made = await filesOf([10, 10, 10]);
    for (const name of ["0.bin", "1.bin"]) await removeFolder(join(folder, name));
    await mkdir(join(folder, "0.bin"));
    if (process.platform === "win32") await mkdir(join(folder, "1.bin"));
    else execFileSync("mkfifo", [join(folder, "1.bin")]);
    const below = { ...made, files: made.files.map((file) => ({ ...file })) };
    below.files[2] = { ...(made.files[2] as TorrentFile), path: ["2.bin", "x"] };
    expect(await hashed(below, 10)).toEqual([
      [0, "missing"],
      [1, "missing"],
      [2, "missing"],
    ]);
  });

  test("hashes for several at once", async () => {
    const made = await filesOf([5_000_000]);
    const [one, other] = await Promise.all([hashed(made, 16_384), hashed(made, 2 ** 20)]);
    expect(one).toEqual(expected(made, 16_384));
    expect(other).toEqual(expected(made, 2 ** 20));
  });

  test("gives up what it has not done when it is closed, and can begin again", async () => {
    const made = await filesOf([40_000_000]);
    const attempt = expect(hashed(made, 2 ** 18)).rejects.toThrow("thread");
    const closed = hasher.close();
    await attempt;
    await closed;
    expect(await hashed(made, 2 ** 20)).toEqual(expected(made, 2 ** 20));
  });

  const asRoot = process.getuid?.() === 0;

  test("throws about a file that may not be read, and is of use after that", async () => {
    const made = await filesOf([10, 10]);
    await chmod(join(folder, "1.bin"), 0);
    const attempt = hashed(made, 10);
    // Root may read anything.
    if (asRoot) expect(await attempt).toEqual(expected(made, 10));
    else await expect(attempt).rejects.toMatchObject({ name: "FileReadError", code: "EACCES" });
    await chmod(join(folder, "1.bin"), 0o600);
    expect(await hashed(made, 10)).toEqual(expected(made, 10));
  });

  test("stops when it is told to, and tells nothing after that", async () => {
    const made = await filesOf([30_000_000, 30_000_000]);
    const abort = new AbortController();
    let after = 0;
    const onProgress = () => {
      if (abort.signal.aborted) after++;
      abort.abort();
    };
    await expect(hashed(made, 1000, { onProgress, signal: abort.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(after).toBe(0);
    await expect(hashed(made, 1000, { signal: abort.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(await hashed(made, 2 ** 20)).toEqual(expected(made, 2 ** 20));
  });
});
