import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Observer } from "../../src/engine/observer.ts";
import { LiveSwarm } from "../../src/live/swarm/live-swarm.ts";
import type { PeerRow, RunResult } from "../../src/metrics/results.ts";
import { SilentObserver } from "../../src/metrics/silent-observer.ts";
import type { PeerClass, Scenario } from "../../src/scenario/scenario.ts";
import { simulate } from "../../src/sim/simulate.ts";
import { builtInStrategies } from "../../src/strategies/built-in.ts";
import { buildOnce } from "../support/command.ts";
import { constant, MBIT, MIB, origin, peerClass, scenario } from "../support/scenarios.ts";

let folder = "";

beforeAll(async () => {
  buildOnce(); // the disk thread
  folder = await mkdtemp(join(tmpdir(), "swarmlab-test-"));
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const torrent = { size: MIB / 2, pieceLength: 32_768 };
const seeder = origin({ upload: MBIT, delay: constant(5) });
/** They come when the tracker knows the seeder, so that nobody behind NAT has to wait for others. */
const leecher = (name: string, options: Parameters<typeof peerClass>[1] = {}) =>
  peerClass(name, {
    count: 4,
    upload: MBIT,
    delay: constant(5),
    arrive: { kind: "at", time: 200 },
    ...options,
  });

function small(peers: readonly PeerClass[], options: Partial<Scenario> = {}): Scenario {
  return scenario(peers, { torrent, sampleInterval: 500, ...options });
}

interface LiveOptions {
  readonly directory?: string;
  readonly observer?: Observer;
  readonly endAfter?: number;
}

function live(what: Scenario, { directory, observer, endAfter }: LiveOptions = {}) {
  const swarm = new LiveSwarm(what, {
    strategies: builtInStrategies,
    directory,
    ...(observer && { observer }),
  });
  const stop = new AbortController();
  if (endAfter !== undefined) setTimeout(() => stop.abort(), endAfter);
  return swarm.run(stop.signal);
}

function plan({ peers }: RunResult) {
  return peers.map((row: PeerRow) => [
    row.class,
    row.uploadCapacityBytesPerSecond,
    row.delayMilliseconds,
  ]);
}

describe("a swarm on one machine", () => {
  test("takes about as long as simulated, with the same peers, and with files that are right", async () => {
    const delays = { kind: "uniform", min: 2, max: 30 } as const;
    const uplinks = { kind: "uniform", min: MBIT / 2, max: 1.5 * MBIT } as const;
    const home = leecher("home", { upload: uplinks, delay: delays });
    const what = small([seeder, home], { seed: "7" });
    const simulated = simulate(what);
    const directory = await mkdtemp(join(folder, "files-"));
    const real = await live(what, { directory });
    expect(real.summary.peers).toEqual({ total: 5, completed: 4 });
    expect(real.live?.verifiedPeers).toBe(4);
    expect(plan(real)).toEqual(plan(simulated));
    const ratio =
      (real.summary.completionSeconds.p50 ?? 0) / (simulated.summary.completionSeconds.p50 ?? 1);
    // On machines with nothing else to do it is within a tenth; a loaded one takes longer, and must not fail for that.
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(2);
    expect(await readdir(directory)).toEqual([]);
  }, 60_000);

  test("has peers that leave when they are done, crash, sit behind NAT, and come again", async () => {
    const heard: string[] = [];
    class Watch extends SilentObserver {
      private readonly crashed = new Set<number>();
      override left(peer: number, isCrash: boolean) {
        if (isCrash) this.crashed.add(peer);
        heard.push(isCrash ? "crashed" : "left");
      }
      override disconnected(_: number, remote: number, reason: string) {
        if (this.crashed.has(remote)) heard.push(`lost the crashed one: ${reason}`);
      }
    }
    const crashing = leecher("crashing", {
      count: 1,
      leave: { afterCompletion: undefined, session: constant(1_500), crash: true },
    });
    const hidden = leecher("hidden", { count: 2, reachable: false });
    const again = leecher("again", {
      count: 1,
      leave: { afterCompletion: undefined, session: constant(2_000), crash: false, rejoin: true },
    });
    const done = leecher("home", {
      count: 2,
      leave: { afterCompletion: constant(0), session: undefined, crash: false },
    });
    const stop = { when: { complete: ["hidden", "home"] }, atMost: 40_000 };
    const peers = [seeder, crashing, hidden, again, done];
    const { summary } = await live(small(peers, { stop }), { observer: new Watch() });
    expect(summary.classes.home?.completed).toBe(2);
    expect(summary.classes.hidden?.completed).toBe(2);
    expect(summary.classes.again?.count).toBeGreaterThan(1);
    // A crash is silence: the others find out by their time-outs, minutes later.
    expect(heard).toContain("crashed");
    expect(heard).not.toContain("lost the crashed one: remote");
  }, 60_000);

  test("ends early with what there is", async () => {
    const { summary, peers } = await live(small([seeder, leecher("home")]), { endAfter: 1_500 });
    expect(summary.partial).toBe(true);
    expect(peers).toHaveLength(5);
  }, 60_000);

  test("says what a strategy throws, and leaves nothing behind", async () => {
    const broken = {
      name: "./broken.js",
      summary: "",
      create: () => ({
        choose: () => {
          throw new Error("no idea");
        },
      }),
    };
    const chokers = new Map([...builtInStrategies.chokers, [broken.name, broken]]);
    const home = leecher("home", { choker: broken.name });
    const swarm = new LiveSwarm(small([seeder, home]), {
      strategies: { ...builtInStrategies, chokers },
      directory: undefined,
    });
    await expect(swarm.run(new AbortController().signal)).rejects.toThrow(/no idea/);
  }, 60_000);
});
