import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Makes files below `folder`, by their paths and lengths, of bytes that differ from file to file. */
export async function makeTree(
  folder: string,
  lengths: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [at, [path, length]] of Object.entries(lengths).entries()) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 13 + (i >> 8) * 5 + at * 101) & 0xff);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}
