import type { Socket } from "node:net";
import type { AnnounceEvent } from "../core/announce.ts";
import type { Geometry } from "../core/geometry.ts";
import type { Host } from "../engine/host.ts";
import type { Observer } from "../engine/observer.ts";
import type { ClientSettings } from "../engine/settings.ts";
import type { ClientStrategies } from "../strategies/create.ts";
import type { BlockStore } from "./block-store.ts";
import type { LinkSocket } from "./link-socket.ts";
import type { LiveClock } from "./live-clock.ts";
import type { SwitchboardOptions } from "./switchboard.ts";

/** What one client among real peers is made of. */
export interface SessionOptions extends SwitchboardOptions {
  /** The observer's number for the client; other peers get numbers from `firstRemote` on. */
  readonly number: number;
  readonly firstRemote: number;
  readonly infohash: Uint8Array;
  readonly peerId: Uint8Array;
  /** Name and version, as BEP 10 tells them. */
  readonly clientName: string;
  readonly geometry: Geometry;
  readonly pieces: Iterable<number>;
  readonly settings: ClientSettings;
  readonly strategies: ClientStrategies;
  /** Bytes per second, Infinity for no limit. */
  readonly uplink: number;
  readonly downlink: number;
  readonly clock: LiveClock;
  readonly random: Host["random"];
  readonly store: BlockStore;
  /** A link to the network that is made up: undefined where the network has its own. */
  readonly access?: MadeUpAccess;
  readonly observer: Observer;
  /** Tell the trackers, and ask for peers: `peersFound` takes them. */
  readonly announce: (event: AnnounceEvent, wanted: number) => void;
  /** Who has this peer id, where the driver knows it: the number goes to the observer. */
  readonly numberOf?: (peerId: Uint8Array) => number | undefined;
  /** For people: what a peer did. */
  readonly log: (text: string) => void;
  /** A strategy or the disk failed, or we did: the session does nothing any more. */
  readonly failed: (error: unknown) => void;
}

/** What stands between a session and sockets that are too good. */
export interface MadeUpAccess {
  wrap(socket: Socket): LinkSocket;
  /** Bytes of the uplink that a block of `length` bytes takes. */
  blockBytes(length: number): number;
}
