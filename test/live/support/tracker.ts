import type { Tool } from "./real-clients.ts";
import type { StartedProcess } from "./started-process.ts";

/** A program that is a tracker, and how clients speak to it. It answers HTTP and UDP at one port. */
export interface TrackerKind {
  readonly name: string;
  readonly tool: Tool | undefined;
  readonly isOverUdp: boolean;
  /** What the torrent file says of it. */
  urlAt(port: number): string;
  start(scratch: string, port: number, infohash: string): Promise<StartedProcess>;
}

/** How many seeders (`complete`) and leechers (`incomplete`) a tracker knows of a torrent. */
export interface SwarmCounts {
  readonly complete: number;
  readonly incomplete: number;
}

/** Scrapes (BEP 48) over HTTP. Zeros while the tracker does not answer. */
export async function swarmCounts(port: number, infohash: string): Promise<SwarmCounts> {
  const escaped = infohash.replaceAll(/../g, "%$&");
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/scrape?info_hash=${escaped}`, {
      signal: AbortSignal.timeout(5_000),
    });
    const text = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    return { complete: count(text, "complete"), incomplete: count(text, "incomplete") };
  } catch {
    return { complete: 0, incomplete: 0 };
  }
}

function count(text: string, key: string): number {
  return Number(new RegExp(`${key.length}:${key}i(\\d+)e`).exec(text)?.[1] ?? 0);
}
