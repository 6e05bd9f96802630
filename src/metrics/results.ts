import type { Observed } from "./observers.ts";

/**
 * What a run comes to. Times in seconds since it began, simulated ones but for real peers, sizes in bytes: this is what files
 * and users see.
 */
export interface RunSummary {
  readonly scenario: string;
  readonly seed: string;
  /** 16 hexadecimal digits over every trace event. */
  readonly digest: string;
  /** True when the run was cancelled before its stop condition. */
  readonly partial: boolean;
  readonly peers: { readonly total: number; readonly completed: number };
  /** How long it was; of real peers too, for whom nothing is simulated. */
  readonly simulatedSeconds: number;
  readonly events: number;
  readonly blocks: number;
  readonly completionSeconds: Quantiles;
  readonly classes: Readonly<Record<string, ClassSummary>>;
  readonly bound: BoundSummary;
}

/** Of the completion times, from arrival to the last verified piece; null where nobody completed. */
export interface Quantiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number | null;
}

export interface ClassSummary {
  readonly count: number;
  /** Leechers that completed. */
  readonly completed: number;
  readonly p50: number | null;
  readonly p95: number | null;
  /** Of blocks, over the peers' time in the swarm while leeching (download) and in all (upload). */
  readonly meanDownloadBytesPerSecond: number;
  readonly meanUploadBytesPerSecond: number;
  /** Uploaded / downloaded of the class; null where nothing was downloaded. */
  readonly shareRatio: number | null;
}

export interface BoundSummary {
  /** Kumar and Ross 2006: max(F/u_s, F/d_min, N F/(u_s + sum u_i)); null where it does not apply (no leecher, churn). */
  readonly minimumDistributionSeconds: number | null;
  /** Last completion over the bound; null where either is missing. */
  readonly ratio: number | null;
}

/** One line of `peers.csv`. Null: has not happened. */
export interface PeerRow {
  readonly peer: number;
  readonly class: string;
  readonly role: "seeder" | "leecher";
  readonly arrivedSeconds: number;
  readonly completedSeconds: number | null;
  readonly leftSeconds: number | null;
  /** completed - arrived; null for seeders, and for strangers. */
  readonly completionSeconds: number | null;
  /** Infinity for a link without limit; null for strangers. */
  readonly uploadCapacityBytesPerSecond: number | null;
  readonly downloadCapacityBytesPerSecond: number | null;
  /** Null: it is not known, as between real peers. */
  readonly delayMilliseconds: number | null;
  readonly downloadedBytes: number;
  readonly uploadedBytes: number;
  /** Blocks that came twice or belonged to a failed piece. */
  readonly wastedBytes: number;
  readonly controlBytesSent: number;
  readonly piecesAtEnd: number;
}

/** A real peer that is not ours: of it only what passed between it and us is known. It came when we met, and left when we parted. */
export function isStranger(peer: Pick<PeerRow, "uploadCapacityBytesPerSecond">): boolean {
  return peer.uploadCapacityBytesPerSecond === null;
}

/** One line of `timeseries.csv`: a class at a time. Rates are means since the sample before. */
export interface SampleRow {
  readonly timeSeconds: number;
  readonly class: string;
  readonly leechers: number;
  readonly seeders: number;
  readonly downloadBytesPerSecond: number;
  readonly uploadBytesPerSecond: number;
  /**
   * Rates over the capacity of the peers present, seeders' downlinks among them; null while nobody is, and while the link of one
   * of them is unlimited or unknown.
   */
  readonly uplinkUtilisation: number | null;
  readonly downlinkUtilisation: number | null;
}

/** One line of `availability.csv`: copies of a piece in the swarm, over all pieces. */
export interface AvailabilityRow {
  readonly timeSeconds: number;
  readonly minimum: number;
  readonly mean: number;
  readonly maximum: number;
}

export interface RunResult {
  readonly summary: RunSummary;
  readonly peers: readonly PeerRow[];
  readonly samples: readonly SampleRow[];
  readonly availability: readonly AvailabilityRow[];
  /** Tables of the observers that the run was asked for; in no file of a run. */
  readonly observed?: Observed;
  /** Of a swarm on one machine; in no file of a run. */
  readonly live?: LiveFacts;
}

/** Of a live run: how far it can be believed. */
export interface LiveFacts {
  /** Leechers that completed; what each has was read again in the end, and is what it should be. */
  readonly verifiedPeers: number;
  /** How late timers were: 99 of 100, and the worst. */
  readonly lateP99Milliseconds: number;
  readonly lateMaxMilliseconds: number;
}

/** Where a run stands, for progress displays. */
export interface Progress {
  readonly simulatedSeconds: number;
  readonly events: number;
  readonly blocks: number;
  /** Of the leechers that the run waits for, those that completed and all that are known to come; `arrived` counts all peers. */
  readonly completed: number;
  readonly arrived: number;
  readonly expected: number;
  /** Pieces that those have over pieces that they want, 0..1; 0 where they rejoin, for then there is no end to know. */
  readonly fraction: number;
}
