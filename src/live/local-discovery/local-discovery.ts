import { randomBytes } from "node:crypto";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { bytesToHex } from "../../core/bytes.ts";
import type { Clock } from "../../core/clock.ts";
import { type Endpoint, endpointText } from "../../core/endpoint.ts";
import { formatLocalAnnounce, parseLocalAnnounce } from "./local-announce.ts";

export interface LocalDiscoveryOptions {
  /** Address of the interface whose network is asked; the system's choice by default. */
  readonly interface?: string | undefined;
  /** BEP 14's group by default; another one, and another port, for tests. */
  readonly group?: Endpoint | undefined;
  /** Another one for tests. */
  readonly clock?: Clock | undefined;
  /** Somebody on this network listens at `endpoint`, and shares the torrent. */
  readonly found: (infohash: Uint8Array, endpoint: Endpoint) => void;
  /** For people: why neighbours cannot be looked for. */
  readonly log: (message: string) => void;
}

/** BEP 14, IPv4. */
const GROUP: Endpoint = { host: "239.192.152.143", port: 6771 };

/** BEP 14: an announce every 5 min, and no more than one a minute. */
const INTERVAL = 300_000;
const MIN_INTERVAL = 60_000;

/** Packets that are read in a minute: a network of hundreds of clients is not that loud. */
const MAX_PACKETS = 1_000;

/** Infohashes in a packet: BEP 14 bounds it by 1400 bytes. */
const MAX_INFOHASHES = 20;

/** A torrent that neighbours are asked about. */
interface SharedTorrent {
  readonly infohash: Uint8Array;
  readonly port: number;
}

/**
 * Peers on the same network (BEP 14): says by multicast what is shared here, and hears what others share. Torrents that are
 * private (BEP 27) must not be added.
 */
export class LocalDiscovery {
  private readonly options: LocalDiscoveryOptions;
  private readonly group: Endpoint;
  private readonly clock: Clock;
  /** By it we know our own packets, which come back to us. */
  private readonly cookie = randomBytes(8).toString("hex");
  private readonly torrents = new Map<string, SharedTorrent>();
  /** By infohash, when it was announced last: also of torrents that were removed since. */
  private readonly announcedAt = new Map<string, number>();
  private socket: Socket | undefined;
  private timer: NodeJS.Timeout | undefined;
  private window = { begin: 0, packets: 0 };

  constructor(options: LocalDiscoveryOptions) {
    this.options = options;
    this.group = options.group ?? GROUP;
    this.clock = options.clock ?? wallClock;
  }

  /** Whether it can speak; else `log` was told why. */
  async start(): Promise<boolean> {
    const socket = createSocket({ type: "udp4", reuseAddr: true });
    try {
      socket.bind(this.group.port);
      await once(socket, "listening");
      socket.addMembership(this.group.host, this.options.interface);
      if (this.options.interface !== undefined)
        socket.setMulticastInterface(this.options.interface);
      socket.setMulticastLoopback(true); // several clients may run on one machine
    } catch (error) {
      socket.close();
      this.options.log(`no peers can be found on this network: ${(error as Error).message}`);
      return false;
    }
    socket.on("error", () => {}); // of a single packet
    socket.on("message", (packet, from) => this.received(packet, from));
    this.socket = socket;
    this.timer = setInterval(() => this.announceDue(INTERVAL), MIN_INTERVAL).unref();
    this.announceDue(MIN_INTERVAL);
    return true;
  }

  /** Shares a torrent with the network: a client listens for it at `port`. */
  add(infohash: Uint8Array, port: number): void {
    const name = bytesToHex(infohash);
    this.torrents.set(name, { infohash, port });
    this.announceDue(MIN_INTERVAL);
  }

  remove(infohash: Uint8Array): void {
    this.torrents.delete(bytesToHex(infohash));
  }

  close(): void {
    clearInterval(this.timer);
    this.socket?.close();
    this.socket = undefined;
  }

  /** Announces the torrents whose last announce is at least `age` ms ago. */
  private announceDue(age: number): void {
    const { now } = this.clock;
    if (this.socket === undefined) return;
    for (const [name, at] of this.announcedAt) {
      if (!this.torrents.has(name) && now - at >= MIN_INTERVAL) this.announcedAt.delete(name);
    }
    const due = new Map<number, Uint8Array[]>();
    for (const [name, { infohash, port }] of this.torrents) {
      if (now - (this.announcedAt.get(name) ?? Number.NEGATIVE_INFINITY) < age) continue;
      this.announcedAt.set(name, now);
      due.set(port, [...(due.get(port) ?? []), infohash]);
    }
    for (const [port, infohashes] of due) {
      for (let at = 0; at < infohashes.length; at += MAX_INFOHASHES) {
        this.send(port, infohashes.slice(at, at + MAX_INFOHASHES));
      }
    }
  }

  private send(port: number, infohashes: readonly Uint8Array[]): void {
    const { group, cookie } = this;
    const text = formatLocalAnnounce(endpointText(group), { port, infohashes, cookie });
    this.socket?.send(text, group.port, group.host);
  }

  private received(packet: Uint8Array, { address }: RemoteInfo): void {
    if (this.isFlood()) return;
    const announce = parseLocalAnnounce(Buffer.from(packet).toString("latin1"));
    if (announce === undefined || announce.cookie === this.cookie) return;
    for (const infohash of announce.infohashes) {
      if (!this.torrents.has(bytesToHex(infohash))) continue;
      this.options.found(infohash, { host: address, port: announce.port });
    }
  }

  private isFlood(): boolean {
    const { now } = this.clock;
    if (now - this.window.begin >= MIN_INTERVAL) this.window = { begin: now, packets: 0 };
    this.window.packets++;
    return this.window.packets > MAX_PACKETS;
  }
}

const wallClock: Clock = {
  get now() {
    return performance.now();
  },
};
