import type { Recorder } from "../metrics/recorder.ts";
import type { PeerRow, RunResult } from "../metrics/results.ts";
import type { Sampler } from "../metrics/sampler.ts";
import { classSummaries, completionQuantiles, distributionBound } from "../metrics/summary.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { PlannedPeer } from "./plan.ts";

/** A peer at the end of a run. Times in ms, -1 for what has not happened. */
export interface PeerEnd {
  readonly number: number;
  readonly plan: PlannedPeer;
  readonly arrivedAt: number;
  readonly completedAt: number;
  readonly leftAt: number;
  /** Bytes of blocks downloaded (wasted ones included), uploaded and wasted, and pieces held. */
  readonly downloaded: number;
  readonly uploaded: number;
  readonly wasted: number;
  readonly pieces: number;
  readonly controlBytesSent: number;
}

/** A run at its end. */
export interface RunEnd {
  readonly scenario: Scenario;
  readonly recorder: Recorder;
  readonly sampler: Sampler;
  /** In order of arrival. */
  readonly peers: readonly PeerEnd[];
  /** When it ended, in ms. */
  readonly now: number;
  /** Leechers that completed. */
  readonly completed: number;
  readonly events: number;
  readonly isPartial: boolean;
}

/** What a run came to, simulated or live. */
export function runResult(end: RunEnd): RunResult {
  const { scenario, recorder, sampler, now } = end;
  sampler.sample(now, recorder.received, recorder.sent, recorder.copies);
  const peers = end.peers.map(peerRow);
  const simulatedSeconds = now / 1000;
  const names = scenario.peers.map((one) => one.name);
  const isClean = scenario.peers.every(
    (one) => one.role === "seeder" || (one.pieces.kind === "none" && !one.leave.rejoin),
  );
  return {
    summary: {
      scenario: scenario.name,
      seed: scenario.seed,
      digest: recorder.digest.toString(),
      partial: end.isPartial,
      peers: { total: peers.length, completed: end.completed },
      simulatedSeconds,
      events: end.events,
      blocks: recorder.blocks,
      completionSeconds: completionQuantiles(peers),
      classes: classSummaries(names, peers, simulatedSeconds),
      bound: distributionBound(peers, scenario.torrent.size, isClean),
    },
    peers,
    samples: sampler.samples,
    availability: sampler.availability,
  };
}

function peerRow(end: PeerEnd): PeerRow {
  const { plan, arrivedAt, completedAt, leftAt } = end;
  const { role } = plan.class;
  const completed = role === "leecher" && completedAt >= 0 ? completedAt : null;
  return {
    peer: end.number,
    class: plan.class.name,
    role,
    arrivedSeconds: arrivedAt / 1000,
    completedSeconds: completed === null ? null : completed / 1000,
    leftSeconds: leftAt < 0 ? null : leftAt / 1000,
    completionSeconds: completed === null ? null : (completed - arrivedAt) / 1000,
    uploadCapacityBytesPerSecond: plan.upload * 1000,
    downloadCapacityBytesPerSecond: plan.download * 1000,
    delayMilliseconds: plan.delay,
    downloadedBytes: end.downloaded,
    uploadedBytes: end.uploaded,
    wastedBytes: end.wasted,
    controlBytesSent: end.controlBytesSent,
    piecesAtEnd: end.pieces,
  };
}
