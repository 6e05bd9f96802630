import { createCipheriv, createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Lengths of a torrent's files, by their paths below its name; a torrent of one file has the path "". */
export type Lengths = Readonly<Record<string, number>>;

/** Files with bytes that follow from a seed. */
export interface Data {
  readonly name: string;
  readonly lengths: Lengths;
  /** The directory that the file or the directory `name` lies in. */
  readonly folder: string;
  readonly size: number;
}

/** One file whose last piece and last block are short, whatever the usual piece length. */
export const oneFile: Lengths = { "": 9_876_543 };

/** Pieces that span files, tiny files, an empty one and folders. */
export const manyFiles: Lengths = {
  "a first file.bin": 3_000_001,
  "empty.txt": 0,
  "folder/inner/deep.bin": 5_123_457,
  "folder/one byte.txt": 1,
  "folder/tiny.txt": 17,
  "z last.bin": 1_234_567,
};

const step = 1 << 20;

/** Writes files of pseudo-random bytes below `folder`. */
export async function makeData(
  folder: string,
  name: string,
  lengths: Lengths,
  seed: string,
): Promise<Data> {
  const key = createHash("sha256").update(seed).digest();
  const cipher = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
  const zeros = Buffer.alloc(step);
  for (const [path, length] of Object.entries(lengths)) {
    const file = join(folder, name, path);
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, "w");
    for (let left = length; left > 0; left -= step) {
      await handle.write(cipher.update(zeros.subarray(0, Math.min(step, left))));
    }
    await handle.close();
  }
  const size = Object.values(lengths).reduce((sum, length) => sum + length, 0);
  return { name, lengths, folder, size };
}

/** SHA-1 over all files in their order, each headed by its path and length, as hex; what is missing is named instead. */
export async function hashOf(data: Data, folder = data.folder): Promise<string> {
  const hash = createHash("sha1");
  for (const [path, length] of Object.entries(data.lengths)) {
    const file = join(folder, data.name, path);
    const size = existsSync(file) ? (await stat(file)).size : 0;
    if (size !== length) return `${path || data.name} has ${size} of ${length} bytes`;
    // No client has to make a file that has no byte.
    if (length === 0) continue;
    hash.update(`${path}:${length}:`);
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  }
  return hash.digest("hex");
}

/** The 40 hex digits of a torrent file's infohash, found without the reader that is tested. */
export async function infohashOf(torrent: string): Promise<string> {
  const bytes = await readFile(torrent);
  const start = bytes.indexOf("4:infod") + "4:info".length;
  return createHash("sha1")
    .update(bytes.subarray(start, endOf(bytes, start)))
    .digest("hex");
}

/** Where the bencoded value that starts at `at` ends. */
function endOf(bytes: Buffer, at: number): number {
  const letter = String.fromCharCode(bytes[at] ?? 0);
  if (letter === "i") return bytes.indexOf("e", at) + 1;
  if (letter === "l" || letter === "d") {
    let next = at + 1;
    while (bytes[next] !== 0x65) next = endOf(bytes, next);
    return next + 1;
  }
  const colon = bytes.indexOf(":", at);
  return colon + 1 + Number(bytes.toString("latin1", at, colon));
}
