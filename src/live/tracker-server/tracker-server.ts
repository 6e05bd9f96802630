import { randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import { Seeds } from "../../chance/seeds.ts";
import type { Clock } from "../../core/clock.ts";
import type { Endpoint } from "../../core/endpoint.ts";
import { AddressLimits } from "./address-limits.ts";
import { ConnectionIds } from "./connection-ids.ts";
import { FamilyTrackers } from "./family-trackers.ts";
import { HttpSide } from "./http-side.ts";
import type { ServerParts } from "./server-parts.ts";
import { defaultTrackerServerSettings, type TrackerServerSettings } from "./settings.ts";
import { RequestLog, type TrackerStats, type Transport } from "./tracker-stats.ts";
import { UdpSide } from "./udp-side.ts";

export interface TrackerServerOptions {
  /** Ports to serve at; 0 is any free one, and without one of them that way is not served. */
  readonly http?: number | undefined;
  readonly udp?: number | undefined;
  /** The address, or its name; this machine's own loopback by default. "::" is all addresses of both families. */
  readonly host?: string | undefined;
  readonly settings?: Partial<TrackerServerSettings> | undefined;
  /** Another one for tests. */
  readonly clock?: Clock | undefined;
}

/** Statistics are counted no more often than this (ms): it takes a look at every torrent. */
const STATS_AGE = 1_000;

/** How often what is over is forgotten (ms). */
const EXPIRY_INTERVAL = 60_000;

/** A tracker for everybody and every torrent, over HTTP and UDP. */
export class TrackerServer {
  private readonly options: TrackerServerOptions;
  private readonly parts: ServerParts;
  private readonly clock: Clock;
  private readonly httpSide: HttpSide | undefined;
  private readonly udpSide: UdpSide | undefined;
  private timer: NodeJS.Timeout | undefined;
  private counted: { readonly stats: TrackerStats; readonly at: number } | undefined;

  constructor(options: TrackerServerOptions) {
    this.options = options;
    const settings = { ...defaultTrackerServerSettings, ...options.settings };
    const clock = options.clock ?? wallClock;
    this.clock = clock;
    const random = new Seeds(randomBytes(16).toString("hex")).stream("tracker");
    const limits = new AddressLimits(clock, settings);
    this.parts = {
      settings,
      limits,
      trackers: new FamilyTrackers(clock, random, settings, limits),
      connectionIds: new ConnectionIds(clock),
      log: new RequestLog(clock),
      stats: () => this.stats(),
    };
    this.httpSide = options.http === undefined ? undefined : new HttpSide(this.parts);
    this.udpSide = options.udp === undefined ? undefined : new UdpSide(this.parts);
  }

  /** Rejects with the system's error when it cannot serve at one of the ports; then it serves at none. */
  async start(): Promise<void> {
    const { http = 0, udp = 0, host = "127.0.0.1" } = this.options;
    const { address } = await lookup(host);
    try {
      await this.httpSide?.listen(address, http);
      await this.udpSide?.listen(address, udp);
    } catch (error) {
      await this.close();
      throw error;
    }
    this.timer = setInterval(() => this.expire(), EXPIRY_INTERVAL).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all([this.httpSide?.close(), this.udpSide?.close()]);
  }

  /** Where it serves. */
  address(): Partial<Record<Transport, Endpoint>> {
    const { httpSide, udpSide } = this;
    return {
      ...(httpSide === undefined ? {} : { http: endpointOf(httpSide.address) }),
      ...(udpSide === undefined ? {} : { udp: endpointOf(udpSide.address) }),
    };
  }

  stats(): TrackerStats {
    const { now } = this.clock;
    if (this.counted === undefined || now - this.counted.at >= STATS_AGE) {
      const { log, trackers } = this.parts;
      const stats = log.stats(trackers.counts(), process.memoryUsage.rss());
      this.counted = { stats, at: now };
    }
    return this.counted.stats;
  }

  private expire(): void {
    this.parts.trackers.expire();
    this.parts.limits.expire();
  }
}

const wallClock: Clock = {
  get now() {
    return performance.now();
  },
};

function endpointOf({ address, port }: { address: string; port: number }): Endpoint {
  return { host: address, port };
}
