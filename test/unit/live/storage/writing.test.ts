import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { BLOCK_SIZE } from "../../../../src/core/geometry.ts";
import { buildOnce } from "../../../support/command.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";
import { isOnDisk, pathIn } from "../../../support/storage-folder.ts";
import { StorageSession } from "../../../support/storage-session.ts";
import { madeTorrent, singleFile } from "../../../support/stored-torrent.ts";

const PIECE = 65_536;
const made = madeTorrent(
  [
    { length: 3 * PIECE },
    { length: 0 },
    { length: PIECE / 2 },
    { length: PIECE / 2, isPadding: true },
    { length: 5 },
  ],
  PIECE,
);

let directory: string;
beforeAll(buildOnce);
beforeEach(async () => {
  directory = await newFolder();
});
afterEach(() => removeFolder(directory));

const path = (file: number) => pathIn(directory, made, file);

describe("a piece", () => {
  test("that is right is on the disk when that is told, in a file with holes for the others", async () => {
    const session = await StorageSession.open(made, directory);
    session.writePiece(1);
    expect(session.verified).toEqual([]); // never from inside a call
    await session.verdicts(1);
    expect(session.verified).toEqual([[1, true]]);
    expect(isOnDisk(directory, made, 1)).toBe(true);
    const { size, blocks } = statSync(path(0));
    expect(size).toBe(3 * PIECE);
    expect(blocks * 512).toBeLessThan(2 * PIECE);
    expect(existsSync(path(2))).toBe(false);
    await session.storage.close();
  });

  test("that is wrong leaves no trace, and comes again", async () => {
    const session = await StorageSession.open(made, directory);
    session.writePiece(4, true);
    await session.verdicts(1);
    expect(session.verified).toEqual([[4, false]]);
    expect(existsSync(path(4))).toBe(false);
    session.storage.forget(4);
    session.writePiece(4);
    await session.verdicts(2);
    expect(session.verified).toEqual([
      [4, false],
      [4, true],
    ]);
    await session.storage.close();
    expect(readFileSync(path(4))).toHaveLength(5);
  });

  test("of which some blocks are forgotten needs all of them again", async () => {
    const session = await StorageSession.open(made, directory);
    session.writeBlock(0, 0, true);
    session.writeBlock(0, 2);
    session.storage.forget(0);
    session.storage.forget(3);
    for (const block of [1, 2, 3]) session.writeBlock(0, block);
    expect(() => session.storage.verify(0)).toThrow("piece 0 lacks blocks");
    session.writeBlock(0, 0);
    session.storage.verify(0);
    await session.verdicts(1);
    expect(session.verified).toEqual([[0, true]]);
    await session.storage.close();
  });

  test("is verified though it was written just before the end", async () => {
    const session = await StorageSession.open(made, directory);
    session.writePiece(0);
    session.writePiece(2);
    await session.storage.close();
    const again = await StorageSession.open(made, directory);
    expect(again.storage.resumed).toMatchObject({ trusted: 2, checked: 0 });
    await again.storage.close();
  });
});

test("blocks that are no blocks are a mistake of the caller", async () => {
  const { storage } = await StorageSession.open(made, directory);
  expect(() => storage.write(0, 5, new Uint8Array(BLOCK_SIZE))).toThrow("at 5 of piece 0");
  expect(() => storage.write(0, 0, new Uint8Array(5))).toThrow("block of 5 bytes");
  await storage.close();
});

test("files without bytes are there, padding is not, and nothing is left beside the record", async () => {
  const session = await StorageSession.open(made, directory);
  await session.complete();
  await session.storage.close();
  expect(statSync(path(1)).size).toBe(0);
  expect(existsSync(path(3))).toBe(false);
  expect(readdirSync(directory).sort()).toEqual([".torrent.swarmlab", "torrent"]);
});

describe("memory for blocks", () => {
  const large = singleFile(16 * 1_048_576, 1_048_576);
  const blocks = 64;

  test("is said to be full, and has room again", async () => {
    const session = await StorageSession.open(large, directory, { blockMemory: 2 * 1_048_576 });
    let times = 0;
    for (let piece = 0; piece < 16; piece++) {
      session.writePiece(piece);
      if (!session.storage.isFull) continue;
      times++;
      await session.room();
      expect(session.storage.isFull).toBe(false);
    }
    await session.verdicts(16);
    expect(times).toBeGreaterThan(0);
    expect(session.drained).toBe(times);
    await session.storage.close();
  });

  test("is enough for any number of pieces at once: blocks go to their place, and count only when the piece is right", async () => {
    const session = await StorageSession.open(large, directory, { blockMemory: 2 * 1_048_576 });
    for (let block = 0; block < blocks - 1; block++) {
      for (let piece = 0; piece < 16; piece++) {
        // The first piece has a wrong block, which is on the disk long before its hash is known.
        session.writeBlock(piece, block, piece === 0 && block === 0);
        await session.room();
      }
    }
    for (let piece = 0; piece < 8; piece++) {
      session.writeBlock(piece, blocks - 1);
      session.storage.verify(piece);
    }
    await session.verdicts(8);
    expect(session.failures).toEqual([]);
    expect(session.verified).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((piece) => [piece, piece > 0]));
    await session.storage.close();
    const again = await StorageSession.open(large, directory);
    expect(again.storage.resumed).toMatchObject({ trusted: 7, checked: 0, changedFiles: [] });
    await again.complete();
    await again.storage.close();
    expect(Buffer.compare(readFileSync(pathIn(directory, large, 0)), large.bytes)).toBe(0);
  });
});

describe("reading", () => {
  test("gives what stays as it is while others come and go", async () => {
    const session = await StorageSession.open(made, directory, { cacheMemory: PIECE });
    await session.complete();
    const { storage } = session;
    expect(storage.cached(0, 0, BLOCK_SIZE)).toBeUndefined();
    const first = await storage.load(0, BLOCK_SIZE, BLOCK_SIZE);
    expect(storage.cached(0, 0, BLOCK_SIZE)).toBeDefined();
    const others = await Promise.all([1, 2, 3].map((piece) => storage.load(piece, 0, PIECE)));
    expect(storage.cached(0, 0, BLOCK_SIZE)).toBeUndefined();
    expect(Buffer.compare(first, made.bytes.subarray(BLOCK_SIZE, 2 * BLOCK_SIZE))).toBe(0);
    for (const [i, bytes] of others.entries()) {
      expect(Buffer.compare(bytes, made.bytes.subarray((i + 1) * PIECE, (i + 2) * PIECE))).toBe(0);
    }
    await storage.close();
  });

  test("goes over the borders of what is kept together", async () => {
    const large = singleFile(1_048_576, 1_048_576);
    const session = await StorageSession.open(large, directory);
    await session.complete();
    const { storage } = session;
    const [begin, length] = [262_144 - 100, 300_000];
    const bytes = await storage.load(0, begin, length);
    expect(Buffer.compare(bytes, large.bytes.subarray(begin, begin + length))).toBe(0);
    expect(storage.cached(0, begin, length)).toBeUndefined();
    await storage.close();
  });
});
