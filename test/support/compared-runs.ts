import { type ComparedVariant, compare } from "../../src/compare/comparison.ts";
import { figuresOf, type RunFigures } from "../../src/compare/run-figures.ts";
import { standings } from "../../src/compare/tournament.ts";
import type { ComparedRuns, SharesContent } from "../../src/report/comparison/variant-scale.ts";
import type { TournamentContent } from "../../src/report/tournament/tournament-content.ts";
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

/** Two strategies with three shares, over two seeds. */
export const fixedShares: SharesContent = {
  strategies: ["tit-for-tat", "bittyrant"],
  results: [
    { share: 0, first: [4e5, 5e5], second: [null, null], logRatio: null },
    {
      share: 0.5,
      first: [3e5, 4e5],
      second: [6e5, 4e5],
      logRatio: { perSeed: [0.69, 0], mean: 0.345, interval: { low: 0, high: 0.69 } },
    },
    { share: 1, first: [null, null], second: [2e5, 3e5], logRatio: null },
  ],
};

/** A tournament of so many strategies, each a little worse than the one before. */
export function fixedTournament(count = 3, seedCount = 2): TournamentContent {
  const names = ["tit-for-tat", "bittyrant", "random", "none", "round-robin", "mine"];
  const strategies = Array.from({ length: count }, (_, at) => {
    return names[at] ?? `strategy number ${at} ${"with a long name ".repeat(3)}`;
  });
  const seeds = Array.from({ length: seedCount }, (_, at) => String(at + 1));
  const indexes = strategies.map((_, at) => at);
  const matches = indexes.flatMap((first) =>
    indexes
      .filter((second) => second !== first)
      .map((second) => ({
        first,
        second,
        share: 0.5,
        logRatios: seeds.map((_, seed) => (second - first) / 10 + (seed * first) / 50),
      })),
  );
  const alone = indexes.map((at) => seeds.map((_, seed) => 1e5 * (1 + ((at * 3) % 5) + seed / 9)));
  return { strategies, seeds, shares: [0.5], standings: standings(strategies, matches, alone) };
}
