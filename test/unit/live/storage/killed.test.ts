import { randomInt } from "node:crypto";
import { afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { buildOnce } from "../../../support/command.ts";
import { newFolder, removeFolder } from "../../../support/folders.ts";
import { StorageChild } from "../../../support/storage-child.ts";
import { isOnDisk } from "../../../support/storage-folder.ts";
import { StorageSession } from "../../../support/storage-session.ts";
import { type FileSpec, madeTorrent } from "../../../support/stored-torrent.ts";

let directory: string;
let work: string;

beforeAll(buildOnce);
beforeEach(async () => {
  directory = await newFolder();
  work = await newFolder();
});
afterEach(async () => {
  await removeFolder(directory);
  await removeFolder(work);
});

/** One large file, small ones, padding, and an empty one. */
const files: readonly FileSpec[] = [
  { length: 9_000_000 },
  { length: 1000 },
  { length: 64_536, isPadding: true },
  { length: 0 },
  { length: 3_333_333 },
  ...Array.from({ length: 40 }, (_, i) => ({ length: 700 * i })),
];

/** Pieces that a child said were verified, and that it has not deleted since. */
function reported(lines: readonly string[]): number[] {
  const since = lines.slice(lines.lastIndexOf("reset") + 1);
  return since.flatMap((line) => {
    const [, piece] = /^verified (\d+)$/.exec(line) ?? [];
    return piece === undefined ? [] : [Number(piece)];
  });
}

test("a process that is killed at any moment loses no verified piece, and leaves hardly any to check", async () => {
  const seed = randomInt(2 ** 31);
  console.log(`killed.test.ts: seed ${seed}`);
  let state = seed | 1;
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((state >>> 0) / 2 ** 32) * n);
  };
  const made = madeTorrent(files, 65_536, seed);
  const lasting = new Set<number>();
  for (let round = 0; round < 9; round++) {
    // Now with memory for a few blocks only, so that blocks go to their place unverified.
    const blockMemory = round % 2 === 0 ? 32 << 20 : 300_000;
    const child = new StorageChild({
      made,
      directory,
      work,
      blockMemory,
      isEndless: true,
      seed: below(2 ** 30),
      pace: round % 3 === 0 ? 4 : 30,
    });
    // Some are killed while they open.
    if (round % 4 !== 3) await child.said("opened");
    await new Promise((resolve) => setTimeout(resolve, below(500)));
    await child.kill();
    const { lines } = child;
    if (lines.includes("reset")) lasting.clear();
    for (const piece of reported(lines)) lasting.add(piece);
    // Every third time the next process finds what the killed one left, as it left it.
    if (round % 3 === 1) continue;
    const { storage } = await StorageSession.open(made, directory);
    const where = { seed, round };
    const lost = [...lasting].filter((piece) => !storage.have.has(piece));
    expect({ ...where, lost }).toEqual({ ...where, lost: [] });
    for (let piece = storage.have.next(0); piece >= 0; piece = storage.have.next(piece + 1)) {
      lasting.add(piece);
    }
    const wrong = [...lasting].filter((piece) => !isOnDisk(directory, made, piece));
    expect({ ...where, wrong }).toEqual({ ...where, wrong: [] });
    // At most a batch was being written when it was killed, and no file looks as if somebody else had changed it.
    const { resumed } = storage;
    expect({ ...where, changed: resumed.changedFiles }).toEqual({ ...where, changed: [] });
    expect(resumed.checked + resumed.wrong).toBeLessThanOrEqual(32);
    await storage.close();
  }
});
