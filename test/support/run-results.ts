import type { PeerRow, RunResult, RunSummary, SampleRow } from "../../src/metrics/results.ts";
import {
  classSummaries,
  completionQuantiles,
  distributionBound,
} from "../../src/metrics/summary.ts";
import type { Manifest } from "../../src/report/manifest.ts";

/** Bytes per second. */
const MBIT = 125_000;
const size = 8_000_000;

/** A leecher that came at 0 s, has not completed and has moved nothing, but for what is said. */
export function peerRow(options: Partial<PeerRow> = {}): PeerRow {
  const { arrivedSeconds = 0, completedSeconds = null } = options;
  return {
    peer: 0,
    class: "dsl",
    role: "leecher",
    arrivedSeconds,
    completedSeconds,
    leftSeconds: null,
    completionSeconds: completedSeconds === null ? null : completedSeconds - arrivedSeconds,
    uploadCapacityBytesPerSecond: MBIT,
    downloadCapacityBytesPerSecond: 8 * MBIT,
    delayMilliseconds: 20,
    downloadedBytes: 0,
    uploadedBytes: 0,
    wastedBytes: 0,
    controlBytesSent: 0,
    piecesAtEnd: 0,
    ...options,
  };
}

export function seederRow(options: Partial<PeerRow> = {}): PeerRow {
  return peerRow({ class: "origin", role: "seeder", piecesAtEnd: 32, ...options });
}

/** A real peer, of which only its connection with us is known. */
export function strangerRow(options: Partial<PeerRow> = {}): PeerRow {
  return peerRow({
    class: "peers",
    uploadCapacityBytesPerSecond: null,
    downloadCapacityBytesPerSecond: null,
    delayMilliseconds: null,
    ...options,
  });
}

/** A line of the time series of a class in which nothing happens, but for what is said. */
export function sampleRow(options: Partial<SampleRow> = {}): SampleRow {
  return {
    timeSeconds: 5,
    class: "dsl",
    leechers: 0,
    seeders: 0,
    downloadBytesPerSecond: 0,
    uploadBytesPerSecond: 0,
    uplinkUtilisation: 0,
    downlinkUtilisation: 0,
    ...options,
  };
}

/** The result of a run with these peers; what is not said follows from them. */
export function runResult(
  peers: readonly PeerRow[],
  options: Partial<Omit<RunResult, "peers" | "summary">> & { summary?: Partial<RunSummary> } = {},
): RunResult {
  const { samples = [], availability = [], summary } = options;
  const names = [...new Set(peers.map((peer) => peer.class))];
  const simulatedSeconds = summary?.simulatedSeconds ?? 60;
  return {
    summary: {
      scenario: "Fixed",
      seed: "1",
      digest: "0123456789abcdef",
      partial: false,
      peers: {
        total: peers.length,
        completed: peers.filter((peer) => peer.completionSeconds !== null).length,
      },
      simulatedSeconds,
      events: 1234,
      blocks: 567,
      completionSeconds: completionQuantiles(peers),
      classes: classSummaries(names, peers, simulatedSeconds),
      bound: distributionBound(peers, size, true),
      ...summary,
    },
    peers,
    samples,
    availability,
  };
}

/** One origin, four dsl and two fibre peers in 60 s, written by hand: it changes with no engine. */
export function fixedResult(): RunResult {
  const dsl = [30, 40, 50, 60].map((completedSeconds, at) =>
    peerRow({
      peer: at + 1,
      completedSeconds,
      downloadedBytes: size,
      uploadedBytes: size * (0.25 + at / 8),
    }),
  );
  const fibre = [20, 30].map((completedSeconds, at) =>
    peerRow({
      peer: at + 5,
      class: "fibre",
      arrivedSeconds: 5,
      completedSeconds,
      leftSeconds: completedSeconds,
      downloadedBytes: size,
      uploadedBytes: size * (1.5 + at / 2),
      uploadCapacityBytesPerSecond: 20 * MBIT,
      downloadCapacityBytesPerSecond: 100 * MBIT,
    }),
  );
  const origin = seederRow({ uploadedBytes: size, uploadCapacityBytesPerSecond: 4 * MBIT });
  const samples = [10, 20, 30, 40, 50, 60].flatMap((timeSeconds, at) => [
    sampleRow({
      timeSeconds,
      class: "origin",
      seeders: 1,
      uploadBytesPerSecond: 4e5,
      uplinkUtilisation: 0.8,
      downlinkUtilisation: 0,
    }),
    sampleRow({
      timeSeconds,
      leechers: Math.min(4, 6 - at - 1),
      seeders: Math.max(0, at - 1),
      downloadBytesPerSecond: 1e5 * (at + 1),
      uploadBytesPerSecond: 5e4 * (6 - at),
      uplinkUtilisation: 0.9 - at / 10,
      downlinkUtilisation: at / 10,
    }),
    sampleRow({
      timeSeconds,
      class: "fibre",
      leechers: at < 1 ? 2 : at < 2 ? 1 : 0,
      downloadBytesPerSecond: at < 3 ? 8e5 : 0,
      uploadBytesPerSecond: at < 3 ? 1e6 : 0,
      uplinkUtilisation: at < 3 ? 0.5 : null,
      downlinkUtilisation: at < 3 ? 0.05 : null,
    }),
  ]);
  const availability = [1, 1, 2, 3, 4, 5].map((minimum, at) => {
    return { timeSeconds: (at + 1) * 10, minimum, mean: minimum + 0.5 * (5 - at), maximum: 5 };
  });
  return runResult([origin, ...dsl, ...fibre], { samples, availability });
}

export function manifestOf({ summary }: RunResult, options: Partial<Manifest> = {}): Manifest {
  return {
    version: "1.2.3",
    scenario: summary.scenario,
    description: "",
    command: "sim run fixed.yaml",
    seed: summary.seed,
    digest: summary.digest,
    scenarioSha256: "0".repeat(64),
    partial: summary.partial,
    machine: {
      node: "v20.0.0",
      platform: "linux-x64",
      wallSeconds: 1,
      cpuSeconds: 1,
      peakRssBytes: 1e8,
    },
    ...options,
  };
}
