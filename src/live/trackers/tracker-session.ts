import type { AnnounceEvent } from "../../core/announce.ts";
import type { Clock } from "../../core/clock.ts";
import type { Endpoint } from "../../core/endpoint.ts";
import type { Random } from "../../core/random.ts";
import type { AnnounceParameters, TrackerAnswer } from "../../tracker/announce-parameters.ts";
import {
  type AnnounceOrder,
  Announcer,
  type AnnouncerPort,
  type AnnouncerSettings,
} from "../../tracker/announcer.ts";
import { TrackerError } from "../../tracker/tracker-error.ts";
import type { TrackerClient } from "./tracker-client.ts";
import { ownHosts, usablePeers } from "./usable-peers.ts";

/** Who a client is, for its trackers. */
export interface TrackerIdentity {
  /** 20 bytes each. */
  readonly infohash: Uint8Array;
  readonly peerId: Uint8Array;
  /** Where it listens: on this address, or on all. */
  readonly port: number;
  readonly host?: string | undefined;
  /** 32 bits of chance, the same for all trackers as long as it runs. */
  readonly key: number;
  /** An address to be handed out instead of the one that its announces come from. */
  readonly ip?: string | undefined;
}

/** Bytes since the client started, and bytes that it still lacks. */
export interface TransferProgress {
  readonly uploaded: number;
  readonly downloaded: number;
  readonly left: number;
}

export interface TrackerSessionOptions {
  /** BEP 12. */
  readonly tiers: readonly (readonly string[])[];
  readonly client: Pick<TrackerClient, "announce">;
  /** Ticked before each input of the session's own. */
  readonly clock: Clock & { tick(): void };
  readonly random: Random;
  readonly settings: AnnouncerSettings;
  readonly identity: TrackerIdentity;
  readonly progress: () => TransferProgress;
  /** Peers that there is room for. */
  readonly wanted: () => number;
  /** Peers that a tracker named: none twice, and not ourselves as far as we can know. */
  readonly onPeers: (endpoints: readonly Endpoint[]) => void;
  /** A request went out. */
  readonly onAnnounced: (event: AnnounceEvent, wanted: number) => void;
  /** For people: what a tracker warned of, and why it did not answer. */
  readonly log: (tracker: string, message: string) => void;
  /** A goodbye takes no longer (ms); libtorrent's stop_tracker_timeout by default. */
  readonly goodbye?: number;
}

/** How things stand with a tracker. Times in ms of the session's clock. */
export interface TrackerStatus {
  readonly url: string;
  /** From 0 on. */
  readonly tier: number;
  isAsked: boolean;
  answeredAt: number | undefined;
  /** Of its last answer: peers, and seeders and leechers where it says. */
  peers: number;
  complete: number | undefined;
  incomplete: number | undefined;
  warning: string | undefined;
  /** Why the last request failed; undefined when it did not. */
  error: string | undefined;
}

/** libtorrent stop_tracker_timeout (ms). */
const GOODBYE = 5_000;

/** libtorrent's, for who says none (ms): http_tracker_connection.cpp, udp_tracker_connection.cpp. */
const untoldMinIntervals = { http: 30_000, udp: 60_000 };

/** A timer of the system is set for no longer (ms): some cannot wait for more than 24 days, and waking early costs nothing. */
const LONGEST_TIMER = 86_400_000;

/** An announcer among real trackers. Whatever becomes of these, the client goes on. */
export class TrackerSession implements AnnouncerPort {
  readonly status: readonly TrackerStatus[];
  private readonly options: TrackerSessionOptions;
  private readonly announcer: Announcer;
  private readonly giveUp = new AbortController();
  /** Where trackers say that we are (BEP 24). */
  private readonly externalHosts = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private wakeUpAt = Number.POSITIVE_INFINITY;
  private hasStarted = false;
  private isAbandoned = false;
  private stopped: Promise<void> | undefined;
  private done = () => {};

  constructor(options: TrackerSessionOptions) {
    this.options = options;
    const { tiers, clock, random, settings } = options;
    this.announcer = new Announcer(tiers, clock, random, settings, this);
    this.status = tiers.flatMap((urls, tier) => urls.map((url) => newStatus(url, tier)));
  }

  /** The client has something to tell, or needs peers: what the engine asks of its host. */
  announce(event: AnnounceEvent, wanted: number): void {
    if (event === "started") this.hasStarted = true;
    this.announcer.announce(event, wanted);
  }

  /** When trackers are asked next by themselves; Infinity while one is being asked, and when there is none. */
  get nextAt(): number {
    return this.wakeUpAt;
  }

  /** Says goodbye to the trackers that know us. Resolves when they heard it, or after a few seconds. */
  stop(): Promise<void> {
    this.stopped ??= this.leave();
    return this.stopped;
  }

  /** Says nothing any more, not even goodbye: the client is gone without a word. */
  abandon(): void {
    this.isAbandoned = true;
    this.giveUp.abort();
    clearTimeout(this.timer);
  }

  // What the announcer asks for

  ask(tracker: string, order: AnnounceOrder): void {
    if (this.isAbandoned) return;
    this.wakeAt(Number.POSITIVE_INFINITY);
    this.options.onAnnounced(order.event, order.wanted);
    void this.carry(tracker, order);
  }

  wakeAt(at: number): void {
    clearTimeout(this.timer);
    this.wakeUpAt = at;
    if (this.isAbandoned || at === Number.POSITIVE_INFINITY) return;
    const wait = Math.min(Math.max(0, Math.ceil(at - this.options.clock.now)), LONGEST_TIMER);
    this.timer = setTimeout(() => this.input(() => this.announcer.timeout()), wait);
  }

  wanted(): number {
    return this.options.wanted();
  }

  warned(tracker: string, message: string): void {
    this.options.log(tracker, message);
  }

  failed(tracker: string, reason: string): void {
    this.options.log(tracker, reason);
  }

  // What comes of it

  private async carry(tracker: string, order: AnnounceOrder): Promise<void> {
    const { client } = this.options;
    const record = this.status.find(({ url }) => url === tracker) as TrackerStatus;
    record.isAsked = true;
    let answer: TrackerAnswer | TrackerError;
    try {
      answer = await client.announce(tracker, this.parameters(order), this.giveUp.signal);
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
      answer = error;
    }
    record.isAsked = false;
    if (this.isAbandoned) return;
    if (answer instanceof TrackerError) this.refused(record, answer);
    else this.answered(record, answer);
  }

  private parameters({ event, wanted, trackerId }: AnnounceOrder): AnnounceParameters {
    const { identity, progress } = this.options;
    const { infohash, peerId, port, key, ip } = identity;
    return { infohash, peerId, port, key, ip, event, wanted, trackerId, ...progress() };
  }

  private answered(record: TrackerStatus, answer: TrackerAnswer): void {
    const { identity, onPeers } = this.options;
    if (answer.externalIp !== undefined) this.externalHosts.add(answer.externalIp);
    const hosts = ownHosts(identity.host);
    for (const host of this.externalHosts) hosts.add(host);
    const peers = usablePeers(answer.peers, { port: identity.port, hosts });
    this.input(() => {
      record.answeredAt = this.options.clock.now;
      record.peers = peers.length;
      record.complete = answer.complete;
      record.incomplete = answer.incomplete;
      record.warning = answer.warning;
      record.error = undefined;
      this.announcer.answered({ ...answer, minInterval: this.minInterval(record.url, answer) });
    });
    if (peers.length > 0 && this.stopped === undefined) onPeers(peers);
  }

  /** A profile may leave it to the tracker; over UDP no tracker can say it. */
  private minInterval(url: string, { minInterval, interval }: TrackerAnswer): number {
    const untold = url.startsWith("udp:") ? untoldMinIntervals.udp : untoldMinIntervals.http;
    const { reannounceInterval } = this.options.settings;
    return minInterval ?? Math.max(reannounceInterval, Math.min(interval, untold));
  }

  private refused(record: TrackerStatus, error: TrackerError): void {
    record.error = error.message;
    this.input(() => this.announcer.failed(error.message, error.retryIn));
  }

  private input(run: () => void): void {
    this.options.clock.tick();
    run();
    if (this.announcer.isDone) this.done();
  }

  private async leave(): Promise<void> {
    this.announcer.announce("stopped", 0);
    if (this.hasStarted && !this.announcer.isDone) {
      const timer = setTimeout(() => this.giveUp.abort(), this.options.goodbye ?? GOODBYE);
      await new Promise<void>((resolve) => {
        this.done = resolve;
      });
      clearTimeout(timer);
    }
    clearTimeout(this.timer);
  }
}

function newStatus(url: string, tier: number): TrackerStatus {
  return {
    url,
    tier,
    isAsked: false,
    answeredAt: undefined,
    peers: 0,
    complete: undefined,
    incomplete: undefined,
    warning: undefined,
    error: undefined,
  };
}
