import { createHash } from "node:crypto";
import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Bitfield } from "../../src/core/bitfield.ts";
import { BLOCK_SIZE } from "../../src/core/geometry.ts";
import { TorrentStorage } from "../../src/live/storage/torrent-storage.ts";
import type { Metainfo } from "../../src/torrent/metainfo.ts";
import { cpuTime } from "./cpu-time.ts";

/** What going through a torrent once cost: CPU and wall time in ms. */
export interface StorageCost {
  readonly cpu: number;
  readonly wall: number;
  /** Bytes: the most memory that the process ever had, and what it had before it began. */
  readonly peak: number;
  readonly base: number;
}

/** Different pieces that the file is made of, so that making it costs nothing. */
const patterns = 4;

const [what, directory, ...numbers] = process.argv.slice(2) as [string, string, ...string[]];
const [bytes, pieceLength, underWay] = numbers.map(Number) as [number, number, number];
const pieces = Array.from({ length: patterns }, (_, i) => Buffer.alloc(pieceLength, i + 1));
const metainfo = torrentOf();
const actions: Readonly<Record<string, () => void | Promise<void>>> = {
  write: writeAll,
  read: readAll,
  plain: writePlainly,
};
const cost = await measured(actions[what] ?? writeAll);
process.stdout.write(JSON.stringify(cost));

async function measured(action: () => void | Promise<void>): Promise<StorageCost> {
  const base = process.memoryUsage.rss();
  const cpu = cpuTime();
  const wall = performance.now();
  await action();
  return {
    cpu: cpuTime() - cpu,
    wall: performance.now() - wall,
    peak: process.resourceUsage().maxRSS * 1024,
    base,
  };
}

function torrentOf(): Metainfo {
  const count = bytes / pieceLength;
  const digests = pieces.map((piece) => createHash("sha1").update(piece).digest());
  const pieceHashes = Buffer.concat(
    Array.from({ length: count }, (_, i) => digests[i % patterns] as Buffer),
  );
  return {
    infohash: new Uint8Array(20),
    name: "bench.bin",
    size: bytes,
    pieceLength,
    pieceHashes,
    files: [{ path: ["bench.bin"], length: bytes, offset: 0, isPadding: false }],
    symlinks: 0,
    isPrivate: false,
    trackers: [],
    comment: undefined,
    createdBy: undefined,
    createdAt: undefined,
  };
}

/** As a swarm would: blocks of several pieces in turn, each piece's in order. */
async function writeAll(): Promise<void> {
  const count = bytes / pieceLength;
  const verified = new Bitfield(count);
  let wake: () => void = () => undefined;
  const storage = await TorrentStorage.open(metainfo, {
    directory,
    onVerified: (piece, isRight) => {
      if (!isRight) throw new Error(`piece ${piece} is wrong`);
      verified.set(piece);
      if (verified.isComplete) wake();
    },
    onDrained: () => wake(),
    onFailure: (error) => {
      throw error;
    },
  });
  for (let first = 0; first < count; first += underWay) {
    const end = Math.min(first + underWay, count);
    for (let begin = 0; begin < pieceLength; begin += BLOCK_SIZE) {
      for (let piece = first; piece < end; piece++) {
        const from = pieces[piece % patterns] as Buffer;
        storage.write(piece, begin, from.subarray(begin, begin + BLOCK_SIZE));
        if (begin + BLOCK_SIZE === pieceLength) storage.verify(piece);
      }
      if (storage.isFull) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (begin % (16 * BLOCK_SIZE) === 0) await new Promise(setImmediate); // sockets have their turn
    }
  }
  if (!verified.isComplete) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  await storage.close();
}

/** What nobody can do without: copy blocks, hash pieces, write them. One thread, no record. */
function writePlainly(): void {
  mkdirSync(directory, { recursive: true });
  const file = openSync(join(directory, "bench.bin"), "w");
  ftruncateSync(file, bytes);
  const piece = Buffer.alloc(pieceLength);
  for (let at = 0, i = 0; at < bytes; at += pieceLength, i++) {
    const from = pieces[i % patterns] as Buffer;
    for (let begin = 0; begin < pieceLength; begin += BLOCK_SIZE) {
      piece.set(from.subarray(begin, begin + BLOCK_SIZE), begin);
    }
    const digest = createHash("sha1").update(piece).digest();
    if (digest.length === 20) writeSync(file, piece, 0, pieceLength, at);
  }
  fsyncSync(file);
  closeSync(file);
}

/** Every block once, as four peers at different places ask. */
async function readAll(): Promise<void> {
  const failed = (error?: unknown) => {
    throw error;
  };
  const storage = await TorrentStorage.open(metainfo, {
    directory,
    seeding: true,
    onVerified: () => failed(),
    onDrained: () => failed(),
    onFailure: failed,
  });
  const count = bytes / pieceLength;
  const readers = 4;
  const reader = async (first: number, end: number) => {
    for (let piece = first; piece < end; piece++) {
      for (let begin = 0; begin < pieceLength; begin += BLOCK_SIZE) {
        const cached = storage.cached(piece, begin, BLOCK_SIZE);
        storage.release(cached ?? (await storage.load(piece, begin, BLOCK_SIZE)));
      }
    }
  };
  await Promise.all(
    Array.from({ length: readers }, (_, i) =>
      reader(Math.floor((i * count) / readers), Math.floor(((i + 1) * count) / readers)),
    ),
  );
  await storage.close();
}
