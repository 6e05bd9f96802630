import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { BLOCK_SIZE, Geometry } from "../../src/core/geometry.ts";
import { buildOnce } from "../support/command.ts";
import { newFolder, removeFolder } from "../support/folders.ts";
import { StorageSession } from "../support/storage-session.ts";
import { type FileSpec, type MadeTorrent, madeTorrent } from "../support/stored-torrent.ts";

beforeAll(buildOnce);

const lengths = fc.oneof(
  fc.constantFrom(0, 1, 2, BLOCK_SIZE - 1, BLOCK_SIZE, BLOCK_SIZE + 1),
  fc.integer({ min: 0, max: 300_000 }),
);

const files: fc.Arbitrary<FileSpec[]> = fc
  .array(fc.record({ length: lengths, isPadding: fc.boolean() }), { minLength: 1, maxLength: 12 })
  .filter((some) => some.some(({ length, isPadding }) => length > 0 && !isPadding));

const pieceLengths = fc.constantFrom(BLOCK_SIZE, 20_000, 65_536, 300_000, 524_288);

/** Where the file is, if it is on the disk at all. */
function onDisk(folder: string, { metainfo }: MadeTorrent): Uint8Array {
  const bytes = new Uint8Array(metainfo.size);
  for (const { path, offset, length, isPadding } of metainfo.files) {
    if (isPadding) continue;
    const found = readFileSync(join(folder, ...path));
    expect(found.length).toBe(length);
    bytes.set(found, offset);
  }
  return bytes;
}

test("blocks in any order, over any files, with little memory, come to the torrent's bytes, and are read as such", async () => {
  await fc.assert(
    fc.asyncProperty(
      files,
      pieceLengths,
      fc.integer(),
      fc.constantFrom(16_384, 400_000, 32 << 20),
      async (specs, pieceLength, seed, blockMemory) => {
        const made = madeTorrent(specs, pieceLength, seed);
        const geometry = new Geometry(made.metainfo.size, pieceLength);
        const folder = await newFolder();
        try {
          const session = await StorageSession.open(made, folder, {
            blockMemory,
            cacheMemory: 100_000,
          });
          await writeShuffled(session, geometry, seed);
          expect(session.failures).toEqual([]);
          expect(session.verified.every(([, isRight]) => isRight)).toBe(true);
          expect(Buffer.compare(onDisk(folder, made), made.bytes)).toBe(0);
          await readAll(session, geometry, made.bytes);
          await session.storage.close();
          const again = await StorageSession.open(made, folder);
          expect(again.storage.resumed).toMatchObject({ trusted: geometry.pieceCount, checked: 0 });
          await again.storage.close();
        } finally {
          await removeFolder(folder);
        }
      },
    ),
    { numRuns: 30 },
  );
});

/** Every block once, in an order of chance, in several pieces at once. */
async function writeShuffled(
  session: StorageSession,
  geometry: Geometry,
  seed: number,
): Promise<void> {
  const left = new Map<number, number>();
  const blocks: [number, number][] = [];
  for (let piece = 0; piece < geometry.pieceCount; piece++) {
    left.set(piece, geometry.blocksOfPiece(piece));
    for (let block = 0; block < geometry.blocksOfPiece(piece); block++) blocks.push([piece, block]);
  }
  let state = seed | 1;
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((state >>> 0) / 2 ** 32) * n);
  };
  while (blocks.length > 0) {
    const [[piece, block]] = blocks.splice(below(blocks.length), 1) as [[number, number]];
    session.writeBlock(piece, block);
    left.set(piece, (left.get(piece) as number) - 1);
    if (left.get(piece) === 0) session.storage.verify(piece);
    await session.room();
  }
  await session.verdicts(geometry.pieceCount);
}

async function readAll(
  { storage }: StorageSession,
  geometry: Geometry,
  bytes: Uint8Array,
): Promise<void> {
  for (let piece = 0; piece < geometry.pieceCount; piece++) {
    for (let block = 0; block < geometry.blocksOfPiece(piece); block++) {
      const begin = block * BLOCK_SIZE;
      const length = geometry.lengthOfBlock(piece, block);
      const read =
        storage.cached(piece, begin, length) ?? (await storage.load(piece, begin, length));
      const at = piece * geometry.pieceLength + begin;
      expect(Buffer.compare(read, bytes.subarray(at, at + length))).toBe(0);
    }
  }
}
