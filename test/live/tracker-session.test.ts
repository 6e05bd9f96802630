import { afterEach, describe, expect, test } from "@jest/globals";
import type { Endpoint } from "../../src/core/endpoint.ts";
import { LiveClock } from "../../src/live/live-clock.ts";
import {
  TrackerSession,
  type TrackerSessionOptions,
} from "../../src/live/trackers/tracker-session.ts";
import { ownHosts, usablePeers } from "../../src/live/trackers/usable-peers.ts";
import type { AnnounceParameters, TrackerAnswer } from "../../src/tracker/announce-parameters.ts";
import { TrackerError } from "../../src/tracker/tracker-error.ts";
import { idOf } from "../support/announces.ts";
import { Closing } from "../support/loopback-tracker.ts";
import { randomOf } from "../support/neighbours.ts";
import { announcerSettings } from "../support/tracker.ts";

const closing = new Closing();
afterEach(() => closing.all());

const plainAnswer: TrackerAnswer = {
  interval: 1_800_000,
  minInterval: undefined,
  trackerId: undefined,
  warning: undefined,
  complete: 1,
  incomplete: 2,
  peers: [],
  externalIp: undefined,
};

/** A session that notes what happens, and whose trackers the test plays. */
class SessionBench {
  readonly heard: string[] = [];
  readonly said: AnnounceParameters[] = [];
  readonly session: TrackerSession;
  answer: (url: string, parameters: AnnounceParameters) => Promise<TrackerAnswer> = async () =>
    plainAnswer;
  private readonly waiting: (() => void)[] = [];

  constructor(tiers: readonly (readonly string[])[], options: Partial<TrackerSessionOptions> = {}) {
    this.session = new TrackerSession({
      tiers,
      client: {
        announce: (url, parameters) => {
          this.said.push(parameters);
          return this.answer(url, parameters);
        },
      },
      clock: new LiveClock(),
      random: randomOf("session"),
      settings: { ...announcerSettings, announceRetryMin: 30, reannounceInterval: 10 },
      identity: { infohash: idOf("i"), peerId: idOf("p"), port: 6881, key: 7 },
      progress: () => ({ uploaded: 1, downloaded: 2, left: 3 }),
      wanted: () => 50,
      onPeers: (endpoints) => this.note(`peers ${endpoints.map(({ port }) => port)}`),
      onAnnounced: (event, wanted) => this.note(`${event} ${wanted}`),
      log: (tracker, message) => this.note(`${tracker}: ${message}`),
      ...options,
    });
    closing.add(() => this.session.stop());
  }

  /** Resolves when so many lines are noted. */
  async lines(count: number): Promise<string[]> {
    while (this.heard.length < count) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.heard;
  }

  private note(line: string): void {
    this.heard.push(line);
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

const refuse = (message: string) => async () => {
  throw new TrackerError(message);
};

describe("a tracker session", () => {
  test("announces, hands peers on, and comes again after the interval", async () => {
    const bench = new SessionBench([["a"]]);
    const peers = [{ host: "192.0.2.1", port: 1 }];
    bench.answer = async () => ({ ...plainAnswer, interval: 40, minInterval: 40, peers });
    bench.session.announce("started", 50);
    expect(await bench.lines(4)).toEqual(["started 50", "peers 1", "none 50", "peers 1"]);
    expect(bench.said[0]).toEqual({
      infohash: idOf("i"),
      peerId: idOf("p"),
      port: 6881,
      key: 7,
      ip: undefined,
      event: "started",
      wanted: 50,
      trackerId: undefined,
      uploaded: 1,
      downloaded: 2,
      left: 3,
    });
  });

  test("goes on to the next tracker, and says why", async () => {
    const bench = new SessionBench([["a"], ["b"]]);
    bench.answer = async (url) => {
      if (url === "a") throw new TrackerError("not here");
      return { ...plainAnswer, warning: "soon" };
    };
    bench.session.announce("started", 50);
    expect(await bench.lines(4)).toEqual(["started 50", "a: not here", "started 50", "b: soon"]);
    expect(bench.session.status).toMatchObject([
      { url: "a", tier: 0, error: "not here", answeredAt: undefined, isAsked: false },
      { url: "b", tier: 1, error: undefined, warning: "soon", complete: 1, incomplete: 2 },
    ]);
    expect(bench.session.nextAt).toBeGreaterThan(1e6);
  });

  test("goes on trying when no tracker answers", async () => {
    const bench = new SessionBench([["a"]]);
    bench.answer = refuse("down");
    bench.session.announce("started", 50);
    const down = ["started 50", "a: down"];
    expect(await bench.lines(6)).toEqual([...down, ...down, ...down]);
  });

  test("does not answer before it has returned", () => {
    const bench = new SessionBench([["a"]]);
    bench.session.announce("started", 50);
    expect(bench.heard).toEqual(["started 50"]);
  });

  test.each([
    ["http://a/", undefined, 1_800_000, 30_000],
    ["udp://a/", undefined, 1_800_000, 60_000],
    ["udp://a/", undefined, 20_000, 20_000],
    ["udp://a/", 45_000, 1_800_000, 45_000],
  ])(
    "asks %s for more peers when its min interval (%s) is over",
    async (url, min, interval, wait) => {
      const clock = { now: 0, tick: () => {} };
      const bench = new SessionBench([[url]], { clock });
      bench.answer = async () => ({ ...plainAnswer, minInterval: min, interval });
      bench.session.announce("started", 50);
      await new Promise((resolve) => setImmediate(resolve));
      bench.session.announce("none", 50);
      expect(bench.session.nextAt).toBe(wait);
    },
  );

  test("brings the tracker id back", async () => {
    const bench = new SessionBench([["a"]]);
    const trackerId = Uint8Array.of(1, 2);
    bench.answer = async () => ({ ...plainAnswer, interval: 30, minInterval: 30, trackerId });
    bench.session.announce("started", 50);
    await bench.lines(2);
    expect(bench.said[1]?.trackerId).toEqual(trackerId);
  });
});

describe("goodbye", () => {
  test("is said to the trackers that know us, and then it is over", async () => {
    const bench = new SessionBench([["a"]]);
    bench.session.announce("started", 50);
    await bench.lines(1);
    bench.session.announce("stopped", 0);
    await bench.session.stop();
    expect(bench.heard).toEqual(["started 50", "stopped 0"]);
    expect(bench.session.nextAt).toBe(Number.POSITIVE_INFINITY);
  });

  test("takes peers of a late answer for nothing", async () => {
    const bench = new SessionBench([["a"]]);
    let answer = (_: TrackerAnswer) => {};
    bench.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    bench.session.announce("started", 50);
    const stopped = bench.session.stop();
    bench.answer = refuse("gone");
    answer({ ...plainAnswer, peers: [{ host: "192.0.2.1", port: 1 }] });
    await stopped;
    expect(bench.heard).toEqual(["started 50", "stopped 0", "a: gone"]);
  });

  test("is nothing where nobody was told, and is said once", async () => {
    const bench = new SessionBench([["a"]]);
    await bench.session.stop();
    const none = new SessionBench([]);
    none.session.announce("started", 50);
    await Promise.all([none.session.stop(), none.session.stop()]);
    expect([...bench.heard, ...none.heard]).toEqual([]);
  });

  test("does not hang on a tracker that says nothing", async () => {
    const silent = await closing.udp(() => {});
    const slow = await closing.tcp(() => {});
    for (const url of [silent, slow]) {
      const bench = new SessionBench([[url]], { client: closing.client(), goodbye: 100 });
      bench.session.announce("started", 50);
      await bench.session.stop();
      expect(bench.heard).toEqual(["started 50", `${url}: we stopped waiting for it`]);
    }
  });
});

describe("peers that a tracker names", () => {
  const own = { port: 6881, hosts: new Set(["127.0.0.1", "192.0.2.9"]) };
  const at = (host: string, port = 6881): Endpoint => ({ host, port });

  test("are taken once, and without ourselves", () => {
    const others = [at("127.0.0.1", 6882), at("127.0.0.2"), at("peer.example")];
    const same = [at("127.0.0.2"), at("::ffff:127.0.0.2")];
    expect(usablePeers([at("127.0.0.1"), at("192.0.2.9"), ...others, ...same], own)).toEqual(
      others,
    );
  });

  test("are not taken where nobody can be", () => {
    const nobody = [at("192.0.2.1", 0), at("0.0.0.0"), at("::"), at("224.0.0.1"), at("ff02::1")];
    expect(usablePeers([...nobody, at("255.255.255.255")], own)).toEqual([]);
  });

  test("are ourselves at every address of the machine, or at the one that we listen on", () => {
    expect(ownHosts(undefined).has("127.0.0.1")).toBe(true);
    expect(ownHosts("0.0.0.0").has("127.0.0.1")).toBe(true);
    expect([...ownHosts("127.0.0.2")]).toEqual(["127.0.0.2"]);
  });

  test("are ourselves where a tracker says that we are", async () => {
    const bench = new SessionBench([["a"]]);
    const peers = [at("198.51.100.1"), at("198.51.100.1", 9)];
    bench.answer = async () => ({ ...plainAnswer, externalIp: "198.51.100.1", peers });
    bench.session.announce("started", 50);
    expect(await bench.lines(2)).toEqual(["started 50", "peers 9"]);
  });
});

test("two sessions find each other at a tracker of ours, over HTTP and UDP", async () => {
  const { http, udp } = await closing.tracker();
  for (const url of [http, udp]) {
    const client = closing.client();
    const identity = { infohash: idOf(url.slice(0, 4)), peerId: idOf("one"), port: 7001, key: 1 };
    const one = new SessionBench([[url]], { client, identity });
    one.session.announce("started", 50);
    while (one.session.status[0]?.answeredAt === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const other = { ...identity, peerId: idOf("two"), port: 7002 };
    const two = new SessionBench([[url]], { client, identity: other });
    two.session.announce("started", 50);
    expect(await two.lines(2)).toEqual(["started 50", "peers 7001"]);
    await one.session.stop();
    expect(
      (await client.scrape(url, [identity.infohash], new AbortController().signal))[0],
    ).toMatchObject({
      incomplete: 1,
    });
  }
});
