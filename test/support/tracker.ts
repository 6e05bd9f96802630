import type { AnnounceEvent } from "../../src/core/announce.ts";
import type { AnnounceAnswer, AnnounceRequest, PeerKey } from "../../src/tracker/announce.ts";
import {
  type AnnounceOrder,
  Announcer,
  type AnnouncerPort,
  type AnnouncerSettings,
  type AnswerTerms,
} from "../../src/tracker/announcer.ts";
import { defaultTrackerSettings, type TrackerSettings } from "../../src/tracker/settings.ts";
import { TrackerSwarm } from "../../src/tracker/swarm.ts";
import { randomOf } from "./neighbours.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** A leecher's periodic announce that says no number, but for what is said. The address is `@` and the key. */
export function request(
  key: PeerKey,
  fields: Partial<AnnounceRequest<string>> = {},
): AnnounceRequest<string> {
  return { key, address: `@${key}`, event: "none", wanted: undefined, left: 1, ...fields };
}

/** A swarm of a tracker, with the clock that a test winds. */
export class SwarmBench {
  readonly clock = { now: 0 };
  readonly swarm: TrackerSwarm<string>;

  constructor(settings: Partial<TrackerSettings> = {}, seed = "tracker") {
    const all = { ...defaultTrackerSettings, ...settings };
    this.swarm = new TrackerSwarm(this.clock, randomOf(seed), all);
  }

  announce(key: PeerKey, fields: Partial<AnnounceRequest<string>> = {}): AnnounceAnswer<string> {
    return this.swarm.announce(request(key, fields));
  }

  /** `count` peers start: `leecher0`, `leecher1`, … or what `name` and `left` say. */
  start(count: number, name = "leecher", left = 1): void {
    for (let i = 0; i < count; i++) {
      this.announce(`${name}${i}`, { event: "started", wanted: 0, left });
    }
  }
}

/** Mainline 4.x's, but for the chance in the growth, which a test may take out. */
export const announcerSettings: AnnouncerSettings = {
  reannounceInterval: 5 * MINUTE,
  announceRetryMin: 50 * SECOND,
  announceRetryMax: 30 * MINUTE,
  announceRetryGrowth: 1.5,
};

/** An announcer with its driver: every request is in `sent`, and the test is the tracker. */
export class AnnouncerBench implements AnnouncerPort {
  readonly clock = { now: 0 };
  readonly announcer: Announcer;
  /** As `10 s http://a/ started 50`. */
  readonly sent: string[] = [];
  readonly orders: AnnounceOrder[] = [];
  readonly heard: string[] = [];
  wakeUpAt = Number.POSITIVE_INFINITY;
  room = 50;
  isWaiting = false;

  constructor(
    tiers: readonly (readonly string[])[] = [["a"]],
    settings: Partial<AnnouncerSettings> = {},
    random = { next: () => 0.5 },
  ) {
    const all = { ...announcerSettings, ...settings };
    this.announcer = new Announcer(tiers, this.clock, random, all, this);
  }

  ask(tracker: string, order: AnnounceOrder): void {
    if (this.isWaiting) throw new Error("two requests at a time");
    this.isWaiting = true;
    this.orders.push(order);
    this.sent.push(
      `${this.clock.now / SECOND} s ${tracker} ${order.event} ${order.wanted}`.trimEnd(),
    );
  }

  wakeAt(at: number): void {
    this.wakeUpAt = at;
  }

  wanted(): number {
    return this.room;
  }

  warned(tracker: string, message: string): void {
    this.heard.push(`${tracker} warns: ${message}`);
  }

  failed(tracker: string, reason: string): void {
    this.heard.push(`${tracker} failed: ${reason}`);
  }

  tell(event: AnnounceEvent, wanted = 0): void {
    this.announcer.announce(event, wanted);
  }

  answer(terms: Partial<AnswerTerms> = {}): void {
    this.isWaiting = false;
    this.announcer.answered({ interval: 30 * MINUTE, minInterval: MINUTE, ...terms });
  }

  fail(reason = "no answer", retryIn?: number): void {
    this.isWaiting = false;
    this.announcer.failed(reason, retryIn);
  }

  /** Lets `span` ms pass, with the wake-ups that fall into them. */
  pass(span: number): void {
    const end = this.clock.now + span;
    while (this.wakeUpAt <= end) {
      this.clock.now = this.wakeUpAt;
      this.wakeUpAt = Number.POSITIVE_INFINITY;
      this.announcer.timeout();
    }
    this.clock.now = end;
  }
}
