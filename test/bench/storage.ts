import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StorageCost } from "./storage-once.ts";

/** Bytes that each run goes through. */
const size = 2 ** 30;
const kib = 2 ** 10;

interface StorageCase {
  readonly name: string;
  readonly what: "write" | "read" | "plain";
  readonly pieceLength: number;
  /** Pieces whose blocks come in turn. */
  readonly underWay: number;
}

const cases: readonly StorageCase[] = [
  { name: "copy, hash, write in one thread", what: "plain", pieceLength: 256 * kib, underWay: 1 },
  { name: "write, 32 pieces at once", what: "write", pieceLength: 256 * kib, underWay: 32 },
  { name: "write, 24 pieces at once", what: "write", pieceLength: 16_384 * kib, underWay: 24 },
  { name: "write, 64 pieces at once", what: "write", pieceLength: 16 * kib, underWay: 64 },
  { name: "read, 4 pieces at once", what: "read", pieceLength: 256 * kib, underWay: 4 },
];

/** What a case came to, one element a run. */
export interface StorageResult extends StorageCase {
  readonly runs: readonly StorageCost[];
}

/** Goes through a gigabyte in each way `times` times, each in a process of its own, the ways in turn. */
export function runStorage(times: number): StorageResult[] {
  const runs = cases.map((): StorageCost[] => []);
  for (let i = 0; i < times; i++) {
    for (const [at, one] of cases.entries()) runs[at]?.push(runOnce(one));
  }
  return cases.map((one, at) => ({ ...one, runs: runs[at] ?? [] }));
}

function runOnce({ what, pieceLength, underWay }: StorageCase): StorageCost {
  const script = fileURLToPath(new URL("./storage-once.js", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "swarmlab-bench-"));
  const run = (action: string) => {
    const numbers = [size, pieceLength, underWay].map(String);
    return execFileSync(process.execPath, [script, action, folder, ...numbers], {
      encoding: "utf8",
    });
  };
  try {
    if (what === "read") run("write"); // what is read
    return JSON.parse(run(what)) as StorageCost;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Medians over the runs, as columns of text. */
export function storageTable(results: readonly StorageResult[]): readonly (readonly string[])[] {
  const rows = results.map(({ name, pieceLength, runs }) => {
    const median = (of: (run: StorageCost) => number) => {
      const sorted = runs.map(of).sort((a, b) => a - b);
      return sorted[sorted.length >>> 1] ?? 0;
    };
    return [
      name,
      `${pieceLength / kib} KiB`,
      `${median(({ cpu }) => cpu / 1000).toFixed(2)} s`,
      `${Math.round(median(({ wall }) => size / wall / 1000))}`,
      `${Math.round(median(({ peak, base }) => (peak - base) / 2 ** 20))} MiB`,
    ];
  });
  return [["", "pieces", "CPU a GiB", "MB/s", "memory"], ...rows];
}
