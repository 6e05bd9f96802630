import { type ComparedVariant, compare } from "../../src/compare/comparison.ts";
import { figuresOf, type RunFigures } from "../../src/compare/run-figures.ts";
import type { ComparedRuns } from "../../src/report/comparison/variant-scale.ts";
import { fixedResult, peerRow, runResult, sampleRow, seederRow } from "./run-results.ts";

/** The fixed run, with every time `slowness` times as long, as another seed. */
export function fixedRun(slowness: number, seed: number): RunFigures {
  const figures = figuresOf(fixedResult());
  const stretched = (time: number | null) => (time === null ? null : time * slowness);
  return {
    ...figures,
    seed: String(seed),
    simulatedSeconds: figures.simulatedSeconds * slowness,
    downloads: {
      seconds: figures.downloads.seconds.map((time) => time * slowness),
      bytes: figures.downloads.bytes,
    },
    peers: figures.peers.map((peer) => ({
      ...peer,
      arrivedSeconds: peer.arrivedSeconds * slowness,
      completionSeconds: stretched(peer.completionSeconds),
      leftSeconds: stretched(peer.leftSeconds),
    })),
  };
}

export function comparedRuns(variants: readonly ComparedVariant[]): ComparedRuns {
  return { variants, comparison: compare(variants) };
}

/** So many variants and seeds of the fixed run, each a little slower than the one before. */
export function fixedComparison(variantCount = 2, seedCount = 3): ComparedRuns {
  const names = ["tit-for-tat", "bittyrant", "random", "none", "round-robin", "mine"];
  return comparedRuns(
    Array.from({ length: variantCount }, (_, variant) => ({
      name: names[variant] ?? `variant number ${variant} ${"with a long name ".repeat(3)}`,
      runs: Array.from({ length: seedCount }, (_unused, seed) =>
        fixedRun(1 + variant / 8 + (seed * (variant + 1)) / 100, seed + 1),
      ),
    })),
  );
}

/** Two variants in which nobody completes. */
export function stuckComparison(): ComparedRuns {
  const peers = [seederRow(), peerRow({ peer: 1, downloadedBytes: 1000, uploadedBytes: 10 })];
  const samples = [sampleRow({ timeSeconds: 60, downloadBytesPerSecond: 20 })];
  const run = figuresOf(runResult(peers, { samples }));
  return comparedRuns([
    { name: "first", runs: [run, run] },
    { name: "second", runs: [run, run] },
  ]);
}

/** One of nobody at all. */
export function emptyComparison(): ComparedRuns {
  return comparedRuns([{ name: "only", runs: [figuresOf(runResult([]))] }]);
}
