import { describe, expect, test } from "@jest/globals";
import type { Observer } from "../../src/engine/observer.ts";
import type { Scenario, TrackerSpec } from "../../src/scenario/scenario.ts";
import type { SimPeer } from "../../src/sim/sim-peer.ts";
import { Simulation } from "../../src/sim/simulation.ts";
import { constant, MBIT, MIB, origin, peerClass, scenario } from "../support/scenarios.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Announced {
  readonly at: number;
  readonly peer: number;
  readonly event: string;
  readonly wanted: number;
  /** Connections that the peer had. */
  readonly connections: number;
}

/** A simulation that keeps every announce, and that can be run up to a time. */
class Watched {
  readonly simulation: Simulation;
  readonly announces: Announced[] = [];

  constructor(one: Scenario) {
    const { announces } = this;
    const now = () => this.simulation.now;
    const observer = new Proxy({} as Observer, {
      get: (_target, name) =>
        name === "announced"
          ? (peer: number, event: string, wanted: number) => {
              const { client } = this.simulation.swarm.peers[peer] as SimPeer;
              const connections = client?.connections.length ?? 0;
              announces.push({ at: now(), peer, event, wanted, connections });
            }
          : () => {},
    });
    this.simulation = new Simulation(one, { observer, check: true });
  }

  /** Runs up to the first event from `time` on. */
  runTo(time: number): this {
    const { simulation } = this;
    while (!simulation.isDone && simulation.now < time) simulation.advance(1);
    return this;
  }

  /** What the tracker knows. */
  get known() {
    return this.simulation.swarm.tracking.scrape();
  }

  of(peer: number): Announced[] {
    return this.announces.filter((one) => one.peer === peer);
  }

  /** The numbers of the peers of a class. */
  numbers(name: string): number[] {
    const { peers } = this.simulation.swarm;
    return peers.filter((peer) => peer.plan.class.name === name).map((peer) => peer.number);
  }

  /** The time from each periodic announce of `peer` back to the announce before it. */
  gaps(peer: number): number[] {
    const announces = this.of(peer);
    return announces.flatMap(({ at, event }, i) =>
      event === "none" ? [at - (announces[i - 1] as Announced).at] : [],
    );
  }
}

const tracker: TrackerSpec = {
  numwant: 50,
  interval: 30 * MINUTE,
  minInterval: 5 * MINUTE,
  delay: 20,
};
const forTime = (atMost: number) => ({ stop: { when: "time" as const, atMost }, tracker });
const small = { torrent: { size: MIB, pieceLength: MIB / 4 } };

describe("the tracker of a run", () => {
  test("hears started, completed and stopped, each once and in that order", () => {
    const home = peerClass("home", {
      count: 4,
      leave: {
        afterCompletion: constant(MINUTE),
        session: undefined,
        crash: false,
      },
    });
    const content = origin({ settings: { minPeers: 0 } });
    const run = new Watched(scenario([content, home], { ...small, ...forTime(10 * MINUTE) }));
    run.runTo(10 * MINUTE);
    const [seeder] = run.numbers("origin");
    expect(run.of(seeder as number).map((one) => one.event)).toEqual(["started"]);
    expect(run.numbers("home")).toHaveLength(4);
    for (const peer of run.numbers("home")) {
      expect(run.of(peer).map((one) => one.event)).toEqual(["started", "completed", "stopped"]);
      expect(run.of(peer).map((one) => one.wanted)).toEqual([50, 0, 0]);
    }
    expect(run.known).toEqual({ complete: 1, incomplete: 0, downloaded: 4 });
  });

  test("is one delay there and one back away", () => {
    const far = { delay: constant(300), count: 1 };
    const two = [origin({ delay: constant(300) }), peerClass("home", far)];
    const slow = { tracker: { ...tracker, delay: 200 }, sampleInterval: 1 };
    const run = new Watched(scenario(two, slow));
    const { swarm } = run.simulation;
    run.runTo(499);
    expect(run.known).toMatchObject({ complete: 0, incomplete: 0 });
    run.runTo(501);
    expect(run.known).toMatchObject({ complete: 1, incomplete: 1 });
    // Whoever the tracker hears last learns of the other after 1 s, and dials.
    const dialling = () => swarm.peers.some((peer) => peer.client?.peers.dialling === 1);
    run.runTo(999);
    expect(dialling()).toBe(false);
    run.runTo(1001);
    expect(dialling()).toBe(true);
  });

  test("hears of a peer that leaves while its started is on the way, and forgets it", () => {
    const hasty = peerClass("hasty", {
      count: 1,
      delay: constant(300),
      leave: { afterCompletion: undefined, session: constant(100), crash: false },
    });
    const run = new Watched(scenario([origin(), hasty], forTime(5 * SECOND)));
    run.runTo(5 * SECOND);
    const [peer] = run.numbers("hasty");
    expect(run.of(peer as number).map((one) => one.event)).toEqual(["started", "stopped"]);
    expect(run.known).toEqual({ complete: 1, incomplete: 0, downloaded: 0 });
  });
});

describe("re-announces", () => {
  test("come at the tracker's interval, of every peer that stays, for hours", () => {
    const home = peerClass("home", {
      count: 200,
      upload: MBIT,
      arrive: { kind: "poisson", rate: 1 / (3 * MINUTE), start: 0, until: 4 * HOUR },
      leave: { afterCompletion: constant(HOUR), session: undefined, crash: false },
      settings: { minPeers: 0 },
    });
    const run = new Watched(
      scenario([origin({ settings: { minPeers: 0 } }), home], { ...small, ...forTime(5 * HOUR) }),
    );
    run.runTo(5 * HOUR);
    const { peers } = run.simulation.swarm;
    expect(peers.length).toBeGreaterThan(40);
    // Every announce moves the next one an interval and a round trip away.
    expect(run.gaps(run.numbers("origin")[0] as number)).toHaveLength(9);
    for (const peer of peers) {
      const last = run.of(peer.number).at(-1) as Announced;
      for (const gap of run.gaps(peer.number)) {
        expect(gap - 2 * (peer.delay + tracker.delay)).toBeCloseTo(tracker.interval, 5);
      }
      if (peer.leftAt < 0) expect(run.simulation.now - last.at).toBeLessThanOrEqual(31 * MINUTE);
      else expect(last.event).toBe("stopped");
    }
    // Nobody expired who is still there.
    const present = peers.filter((peer) => peer.client !== undefined);
    const { complete, incomplete } = run.known;
    expect(complete + incomplete).toBe(present.length);
  });

  test.each([
    ["the settings'", 7 * MINUTE, MINUTE, 7 * MINUTE],
    ["the tracker's", 2 * MINUTE, 10 * MINUTE, 10 * MINUTE],
  ])("of a peer short of peers keep %s interval, and come", (_whose, own, minInterval, least) => {
    // Two peers of a swarm are less than the 20 they would like.
    const settings = { reannounceInterval: own };
    const run = new Watched(
      scenario([origin({ settings }), peerClass("poor", { count: 1, settings })], {
        ...forTime(2 * HOUR),
        tracker: { ...tracker, minInterval },
      }),
    );
    run.runTo(2 * HOUR);
    for (const peer of [0, 1]) {
      const gaps = run.gaps(peer);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(least);
      // It looks at its peers every 10 s.
      expect(Math.max(...gaps)).toBeLessThanOrEqual(least + 11 * SECOND);
    }
  });

  test("count as asking: a peer short of peers that was just answered asks no sooner for it", () => {
    const often = { tracker: { ...tracker, interval: 3 * MINUTE, minInterval: 0 } };
    const run = new Watched(scenario([origin()], { ...forTime(HOUR), ...often }));
    run.runTo(HOUR);
    const gaps = run.gaps(0);
    expect(gaps).toHaveLength(19);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3 * MINUTE);
  });

  test("of clients with a least interval of their own keep them on a tracker with a shorter one", () => {
    const hasty = { tracker: { ...tracker, interval: SECOND, minInterval: 0 } };
    const content = origin({ count: 5, settings: { minPeers: 0 } });
    const run = new Watched(scenario([content], { ...forTime(5 * MINUTE), ...hasty }));
    for (let at = 10 * SECOND; at < 5 * MINUTE; at += 10 * SECOND) {
      expect(run.runTo(at).known.complete).toBe(5);
    }
    expect(Math.min(...run.gaps(0))).toBeGreaterThanOrEqual(50 * SECOND);
  });

  test("ask for no peers while the client dials none (mainline 4.x)", () => {
    const full = peerClass("full", { count: 8, settings: { maxInitiate: 3, minPeers: 0 } });
    const open = peerClass("open", { count: 2, settings: { minPeers: 0 } });
    const run = new Watched(scenario([full, open], forTime(40 * MINUTE)));
    run.runTo(40 * MINUTE);
    const wanted = (name: string) =>
      run.numbers(name).map((peer) => run.of(peer).find((one) => one.event === "none")?.wanted);
    expect(run.announces.every((one) => one.event !== "none" || one.connections >= 3)).toBe(true);
    expect(wanted("full")).toEqual(new Array(8).fill(0));
    expect(wanted("open")).toEqual([50, 50]);
  });
});

describe("crashed peers", () => {
  const crash = { afterCompletion: undefined, session: constant(2 * MINUTE), crash: true };
  const late = { kind: "at" as const, time: 20 * MINUTE };

  test("stay on the tracker until they expire, at one and a half intervals", () => {
    const doomed = peerClass("doomed", { count: 10, leave: crash });
    const run = new Watched(scenario([origin(), doomed], forTime(60 * MINUTE)));
    run.runTo(44 * MINUTE);
    const known = () => run.known.complete + run.known.incomplete;
    expect(known()).toBe(11);
    run.runTo(45 * MINUTE + SECOND);
    expect(known()).toBe(
      1 + run.simulation.swarm.peers.filter((one) => one.completedAt > 0).length,
    );
    run.runTo(48 * MINUTE);
    expect(known()).toBe(1);
    expect(run.announces.every((one) => one.event !== "stopped")).toBe(true);
  });

  test("are dialled by those who come later, in vain, and not after they expired", () => {
    const doomed = peerClass("doomed", { count: 10, leave: crash });
    const dialling = (time: number) => {
      const newcomer = peerClass("newcomer", { count: 1, arrive: { ...late, time } });
      const run = new Watched(scenario([origin(), doomed, newcomer], forTime(70 * MINUTE)));
      run.runTo(time + SECOND);
      const { client } = run.simulation.swarm.peers[11] ?? {};
      return [client?.peers.dialling, client?.connections.length];
    };
    expect(dialling(20 * MINUTE)).toEqual([10, 1]);
    expect(dialling(50 * MINUTE)).toEqual([0, 1]);
  });

  test("who said goodbye are not named to those who come later", () => {
    const polite = peerClass("polite", { count: 10, leave: { ...crash, crash: false } });
    const newcomer = peerClass("newcomer", { count: 1, arrive: late });
    const run = new Watched(scenario([origin(), polite, newcomer], forTime(30 * MINUTE)));
    run.runTo(20 * MINUTE + SECOND);
    expect(run.simulation.swarm.peers[11]?.client?.peers.dialling).toBe(0);
    expect(run.known).toMatchObject({ incomplete: 1 });
  });
});
