import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest } from "../report/manifest.ts";

/** The file that makes a directory a run's. */
export const manifestFile = "manifest.json";

/** The manifest in a run directory; undefined where there is none that this program wrote. */
export async function manifestIn(path: string): Promise<Manifest | undefined> {
  const text = await readFile(join(path, manifestFile), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return isManifest(JSON.parse(text)) ? (JSON.parse(text) as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== "object" || value === null) return false;
  const { partial, ...rest } = value as Partial<Manifest>;
  const texts = ["version", "scenario", "description", "command", "seed", "digest"] as const;
  return typeof partial === "boolean" && texts.every((key) => typeof rest[key] === "string");
}
