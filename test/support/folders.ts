import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a directory of a test's own. */
export async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "swarmlab-test-"));
}

export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** Three peers and 1 MiB: it runs in a moment. */
export const tinyScenario = `
name: Tiny
seed: 5
torrent: { size: 1 MiB, pieceLength: 64 KiB }
peers:
  - { class: origin, count: 1, role: seeder, upload: 8 Mbit/s, download: 8 Mbit/s }
  - { class: home, count: 2, upload: 2 Mbit/s, download: 16 Mbit/s }
`;

/** A file so large that nobody waits for the end: it runs until it is stopped. */
export const endlessScenario = `
name: Endless
torrent: { size: 500 GiB, pieceLength: 64 MiB }
peers:
  - { class: origin, count: 1, role: seeder, upload: 8 Mbit/s, download: 8 Mbit/s }
  - { class: home, count: 10, upload: 2 Mbit/s, download: 16 Mbit/s }
stop: { when: time, atMost: 3650 d }
sampleInterval: 1 h
`;

/** Writes a file into a folder, and returns its path. */
export async function file(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
