import { existsSync } from "node:fs";
import { endpointText } from "../../../src/core/endpoint.ts";
import type { Data } from "./data.ts";
import type { Tool } from "./real-clients.ts";
import type { StartedProcess } from "./started-process.ts";
import { until } from "./until.ts";

/** What a client is started to do. */
export interface Part {
  readonly role: "seeder" | "leecher";
  /** Names its logs and files, once in a swarm. */
  readonly name: string;
  /** The torrent file. */
  readonly torrent: string;
  readonly data: Data;
  /** Where the data lies, or comes to lie. */
  readonly folder: string;
  /** Settings, logs and what else is of no interest. */
  readonly scratch: string;
  /** It listens there, on 127.0.0.1. */
  readonly port: number;
  /** Ports of peers on 127.0.0.1 that it dials without a tracker's help. */
  readonly dial?: readonly number[];
  /** Its trackers speak UDP. */
  readonly isOverUdp?: boolean;
}

/** A client that runs. */
export interface Running {
  readonly part: Part;
  readonly process: StartedProcess;
  /** Says that the leecher has all and has said so itself. */
  isComplete(): boolean;
}

/** A program that seeds or downloads a torrent. */
export interface ClientKind {
  readonly name: string;
  /** What has to be installed; nothing for our own. */
  readonly tool: Tool | undefined;
  /** Transmission takes connections from 127.0.0.0/8, and makes none. */
  readonly dialsLoopback: boolean;
  /** Goes by a UDP tracker. */
  readonly speaksUdp: boolean;
  /** Can be told of a peer by its address. */
  readonly takesPeers: boolean;
  start(part: Part): Running;
}

export const loopback = "127.0.0.1";

/** The file that a leecher makes, or has made, when it is complete. */
export function markerOf({ scratch, name }: Part): string {
  return `${scratch}/${name}.done`;
}

export function running(part: Part, process: StartedProcess): Running {
  return { part, process, isComplete: () => existsSync(markerOf(part)) };
}

/** Waits for a leecher. A process that ends without having all is an error at once. */
export async function untilComplete(leecher: Running, patience = 100_000): Promise<void> {
  const { name, port } = leecher.part;
  const who = `${name} at ${endpointText({ host: loopback, port })}`;
  await until(
    `complete: ${who}`,
    () => {
      if (leecher.isComplete()) return true;
      if (leecher.process.exit !== undefined)
        throw new Error(`${who} ended before it was complete`);
      return false;
    },
    patience,
  );
}
