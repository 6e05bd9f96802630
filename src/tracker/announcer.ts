import type { AnnounceEvent } from "../core/announce.ts";
import { assert } from "../core/assert.ts";
import type { Clock } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import { Tiers, type TrackerRecord } from "./tiers.ts";

/** What an announcer needs of its client's settings (`ClientSettings` has them all). Times in ms. */
export interface AnnouncerSettings {
  /** The least time between two announces where the tracker names none. */
  readonly reannounceInterval: number;
  /** Wait after all trackers failed: at first, at most, and how much longer each time. */
  readonly announceRetryMin: number;
  readonly announceRetryMax: number;
  readonly announceRetryGrowth: number;
}

/** An announce to send. The driver adds what it knows of the client: infohash, peer id, port, bytes. */
export interface AnnounceOrder {
  readonly event: AnnounceEvent;
  /** BEP 3: `numwant`. */
  readonly wanted: number;
  readonly trackerId: Uint8Array | undefined;
}

/** What an announcer hears in an answer; the peers are the driver's to pass on. Times in ms. */
export interface AnswerTerms {
  readonly interval: number;
  readonly minInterval?: number | undefined;
  readonly trackerId?: Uint8Array | undefined;
  readonly warning?: string | undefined;
}

/** What an announcer may ask of its driver; nothing here calls the announcer before it returns. */
export interface AnnouncerPort {
  /** Send `order`; then call `answered` or `failed`, once, within a time-out of the driver's. */
  ask(tracker: string, order: AnnounceOrder): void;
  /** Call `timeout` at `at` (ms). Replaces the wake-up asked for before. */
  wakeAt(at: number): void;
  /** Peers that the client has room for, when the tracker's interval brings an announce. */
  wanted(): number;
  /** For people: BEP 3's `warning message`, and why a tracker did not answer. */
  warned(tracker: string, message: string): void;
  failed(tracker: string, reason: string): void;
}

/** Mainline 4.x (`Rerequester.py`): 1.4 + random() * .2, so that peers do not come back all at once. */
const GROWTH_SPREAD = 0.1;

/**
 * A client's side of its trackers: which to tell what, and when. One request is on its way at a time, so that a tracker hears
 * `started` before `completed`, and both before `stopped`. It is the same in the simulator and on the wire.
 */
export class Announcer {
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly settings: AnnouncerSettings;
  private readonly port: AnnouncerPort;
  private readonly tiers: Tiers;
  private state: "idle" | "running" | "stopping" | "stopped" = "idle";
  private asked: { readonly tracker: TrackerRecord; readonly order: AnnounceOrder } | undefined =
    undefined;
  /** Whether the client completed, and a tracker has heard of it. */
  private completion: "none" | "news" | "told" = "none";
  /** Peers that the client asked for and no answer came to. */
  private wanted: number | undefined = undefined;
  /** When the interval is over, or the wait after failures. */
  private dueAt = 0;
  /** When the min interval is over. */
  private allowedAt = 0;
  /** The wait after the last round of failures, 0 after an answer. */
  private retryWait = 0;

  constructor(
    tiers: readonly (readonly string[])[],
    clock: Clock,
    random: Random,
    settings: AnnouncerSettings,
    port: AnnouncerPort,
  ) {
    this.clock = clock;
    this.random = random;
    this.settings = settings;
    this.port = port;
    this.tiers = new Tiers(tiers, random);
  }

  /** It said `stopped` where it had to; the driver may forget it. */
  get isDone(): boolean {
    return this.state === "stopped";
  }

  /** The client has something to tell, or needs peers; `completed` and `stopped` ask for none. */
  announce(event: AnnounceEvent, wanted: number): void {
    if (event === "started") {
      assert(this.state === "idle", `announcer: started while ${this.state}`);
      this.state = "running";
    }
    if (this.state !== "running") return;
    if (event === "stopped") this.state = "stopping";
    else if (event !== "completed") this.wanted = wanted;
    else if (this.completion === "none") this.completion = "news";
    this.proceed();
  }

  /** The wake-up that it asked for. */
  timeout(): void {
    this.proceed();
  }

  /** The tracker asked last answered. */
  answered(terms: AnswerTerms): void {
    const { clock, settings } = this;
    const { tracker, order } = this.take();
    if (terms.warning !== undefined) this.port.warned(tracker.url, terms.warning);
    if (order.event !== "stopped") {
      tracker.knowsUs = true;
      tracker.trackerId = terms.trackerId ?? tracker.trackerId;
      if (order.event === "completed") this.completion = "told";
      this.tiers.promote();
      this.retryWait = 0;
      this.allowedAt = clock.now + (terms.minInterval ?? settings.reannounceInterval);
      // A tracker that names no time at all is asked no more often than one that fails.
      const interval = Math.max(terms.interval, settings.announceRetryMin);
      this.dueAt = Math.max(clock.now + interval, this.allowedAt);
    }
    this.proceed();
  }

  /**
   * The tracker asked last did not answer, or with a failure reason. `retryIn`: it wants to be asked again after so many ms
   * (BEP 31), Infinity for never.
   */
  failed(reason: string, retryIn = 0): void {
    const { tracker, order } = this.take();
    this.port.failed(tracker.url, reason);
    tracker.retryAt = this.clock.now + retryIn;
    if (this.state !== "running") return this.proceed();
    if (order.event !== "completed") this.wanted ??= order.wanted;
    this.tiers.advance(this.clock.now);
    if (this.tiers.current === undefined) this.backOff();
    else this.askCurrent();
  }

  private take(): { readonly tracker: TrackerRecord; readonly order: AnnounceOrder } {
    const { asked } = this;
    assert(asked !== undefined, "announcer: an answer to no request");
    this.asked = undefined;
    return asked;
  }

  /** Does what is due, or sees to being woken when something is. */
  private proceed(): void {
    if (this.asked !== undefined) return;
    if (this.state === "stopping") return this.sayGoodbye();
    if (this.state !== "running") return;
    const at = this.nextAt();
    if (at > this.clock.now) return this.port.wakeAt(at);
    this.tiers.restart(this.clock.now);
    if (this.tiers.current !== undefined) this.askCurrent();
    else this.backOff();
  }

  private nextAt(): number {
    // Nothing hurries trackers that fail.
    if (this.retryWait > 0) return this.dueAt;
    // Events do not wait for the min interval (libtorrent lets `completed` through as well).
    if (this.completion === "news") return 0;
    return this.wanted === undefined ? this.dueAt : Math.min(this.dueAt, this.allowedAt);
  }

  private askCurrent(): void {
    const tracker = this.tiers.current as TrackerRecord;
    if (tracker.knowsUs && this.completion === "news") return this.ask(tracker, "completed", 0);
    const wanted = this.wanted ?? this.port.wanted();
    this.wanted = undefined;
    this.ask(tracker, tracker.knowsUs ? "none" : "started", wanted);
  }

  /** All trackers failed, or none may be asked. */
  private backOff(): void {
    const { settings, random, retryWait } = this;
    const growth = settings.announceRetryGrowth + (2 * random.next() - 1) * GROWTH_SPREAD;
    const wait = Math.min(retryWait * growth, settings.announceRetryMax);
    this.retryWait = Math.max(wait, settings.announceRetryMin);
    this.dueAt = Math.max(this.clock.now + this.retryWait, this.tiers.openAt);
    this.port.wakeAt(this.dueAt);
  }

  /** Tells every tracker that knows of us, one after another, and each only once. */
  private sayGoodbye(): void {
    const tracker = this.tiers.knowing;
    if (tracker === undefined) {
      this.state = "stopped";
      return this.port.wakeAt(Number.POSITIVE_INFINITY);
    }
    tracker.knowsUs = false;
    this.ask(tracker, "stopped", 0);
  }

  private ask(tracker: TrackerRecord, event: AnnounceEvent, wanted: number): void {
    const order = { event, wanted, trackerId: tracker.trackerId };
    this.asked = { tracker, order };
    this.port.ask(tracker.url, order);
  }
}
