import type { LiveFacts, PeerRow, RunResult, SampleRow } from "../metrics/results.ts";

/** Points kept of a time series: more than a chart has room for. */
const maxPoints = 400;

/** What a comparison keeps of a run. Plain data; times in seconds, sizes in bytes. */
export interface RunFigures {
  readonly seed: string;
  readonly digest: string;
  readonly simulatedSeconds: number;
  readonly blocks: number;
  /** The classes, in the scenario's order. */
  readonly classes: readonly ComparedClass[];
  readonly peers: readonly ComparedPeer[];
  readonly downloads: DownloadCurve;
  /** Of a run among real sockets. */
  readonly live?: LiveFacts;
}

export interface ComparedClass {
  readonly name: string;
  readonly role: "leecher" | "seeder";
}

export type ComparedPeer = Pick<
  PeerRow,
  | "peer"
  | "class"
  | "role"
  | "arrivedSeconds"
  | "completionSeconds"
  | "leftSeconds"
  | "uploadCapacityBytesPerSecond"
  | "downloadCapacityBytesPerSecond"
  | "uploadedBytes"
  | "downloadedBytes"
  | "wastedBytes"
>;

/** Bytes of blocks that all peers together had received by a time. Both ascend, from 0 on. */
export interface DownloadCurve {
  readonly seconds: readonly number[];
  readonly bytes: readonly number[];
}

/** What a comparison needs of a result. */
export function figuresOf({ summary, peers, samples, live }: RunResult): RunFigures {
  const roles = new Map(peers.map((peer) => [peer.class, peer.role]));
  return {
    seed: summary.seed,
    digest: summary.digest,
    simulatedSeconds: summary.simulatedSeconds,
    blocks: summary.blocks,
    classes: Object.keys(summary.classes).map((name) => {
      return { name, role: roles.get(name) ?? "leecher" };
    }),
    peers: peers.map(comparedPeer),
    downloads: downloadCurve(samples),
    ...(live && { live }),
  };
}

function comparedPeer(row: PeerRow): ComparedPeer {
  return {
    peer: row.peer,
    class: row.class,
    role: row.role,
    arrivedSeconds: row.arrivedSeconds,
    completionSeconds: row.completionSeconds,
    leftSeconds: row.leftSeconds,
    uploadCapacityBytesPerSecond: row.uploadCapacityBytesPerSecond,
    downloadCapacityBytesPerSecond: row.downloadCapacityBytesPerSecond,
    uploadedBytes: row.uploadedBytes,
    downloadedBytes: row.downloadedBytes,
    wastedBytes: row.wastedBytes,
  };
}

/** The samples' rates, added up over classes and time, at `maxPoints` times at most, the last among them. */
function downloadCurve(samples: readonly SampleRow[]): DownloadCurve {
  const rates = new Map<number, number>();
  for (const { timeSeconds, downloadBytesPerSecond } of samples) {
    rates.set(timeSeconds, (rates.get(timeSeconds) ?? 0) + downloadBytesPerSecond);
  }
  const step = Math.max(1, Math.ceil(rates.size / maxPoints));
  const seconds = [0];
  const bytes = [0];
  let total = 0;
  let before = 0;
  let number = 0;
  for (const [time, rate] of rates) {
    total += rate * (time - before);
    before = time;
    number++;
    if (time === 0 || (number % step !== 0 && number < rates.size)) continue;
    seconds.push(time);
    bytes.push(total);
  }
  return { seconds, bytes };
}
