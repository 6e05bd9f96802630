import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's directory, from the sources as from a build of them. */
export const root = nearest(dirname(fileURLToPath(import.meta.url)));

/** `sim` as it is built. */
export const simProgram = join(root, "dist", "cli", "main.js");

function nearest(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : nearest(dirname(folder));
}
