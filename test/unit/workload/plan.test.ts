import { describe, expect, test } from "@jest/globals";
import { Seeds } from "../../../src/chance/seeds.ts";
import type { Arrival, PeerClass, Scenario } from "../../../src/scenario/scenario.ts";
import { type PlannedPeer, planPeers } from "../../../src/workload/plan.ts";
import { constant, peerClass, scenario } from "../../support/scenarios.ts";

function plan(peers: readonly PeerClass[], options: Partial<Scenario> = {}): PlannedPeer[] {
  const one = scenario(peers, options);
  return planPeers(one, new Seeds(one.seed));
}

function timesOf(arrive: Arrival, count = 20, options: Partial<Scenario> = {}): number[] {
  return plan([peerClass("home", { arrive, count })], options).map((one) => one.arrivesAt);
}

/** Everything that chance decided about the peers of a class. */
function chanceOf(planned: readonly PlannedPeer[], name: string) {
  return planned
    .filter((one) => one.class.name === name)
    .map(({ class: _, classIndex: __, ...rest }) => rest);
}

describe("arrivals", () => {
  test("at a time are all at that time", () => {
    expect(timesOf({ kind: "at", time: 1_500 }, 3)).toEqual([1_500, 1_500, 1_500]);
  });

  test("within a span are in order, spread evenly over it, and as many as said", () => {
    const times = timesOf({ kind: "within", start: 1_000, duration: 10_000 }, 5_000);
    expect(times).toHaveLength(5_000);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(1_000);
    expect(times.at(-1)).toBeLessThan(11_000);
    const tenths = new Array<number>(10).fill(0);
    for (const time of times) tenths[Math.floor((time - 1_000) / 1_000)]!++;
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    expect(chiSquare).toBeLessThan(27.88); // 9 degrees of freedom, p = 0.001
  });

  test("of a Poisson process come at its rate, with exponential gaps, until its end", () => {
    const arrive: Arrival = { kind: "poisson", rate: 0.01, start: 5_000, until: 1_005_000 };
    const times = timesOf(arrive, Number.POSITIVE_INFINITY);
    // 10,000 expected, with a standard deviation of 100.
    expect(Math.abs(times.length - 10_000)).toBeLessThan(400);
    expect(times[0]).toBeGreaterThan(5_000);
    expect(times.at(-1)).toBeLessThanOrEqual(1_005_000);
    const gaps = times.slice(1).map((time, i) => time - times[i]!);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.96);
    expect(Math.sqrt(variance) / mean).toBeLessThan(1.04);
    // P(gap > 2 means) = e^-2
    const long = gaps.filter((gap) => gap > 200).length / gaps.length;
    expect(Math.abs(long - Math.exp(-2))).toBeLessThan(0.014);
  });

  test("of a Poisson process end with the run, or when enough peers came", () => {
    const arrive: Arrival = { kind: "poisson", rate: 0.01, start: 0, until: 1e9 };
    const stop = { when: "time", atMost: 20_000 } as const;
    const all = timesOf(arrive, Number.POSITIVE_INFINITY, { stop });
    expect(all.at(-1)).toBeLessThanOrEqual(20_000);
    expect(all.length).toBeGreaterThan(140);
    expect(timesOf(arrive, 7, { stop })).toEqual(all.slice(0, 7));
  });

  test("that decay come at a rate that falls to 1/e in a time constant, and are so many in all", () => {
    const arrive: Arrival = {
      kind: "decaying",
      rate: 0.1,
      timeConstant: 100_000,
      start: 5_000,
      until: 1e9,
    };
    const times = timesOf(arrive, Number.POSITIVE_INFINITY, {
      stop: { when: "time", atMost: 1e9 },
    });
    // 10,000 expected, with a standard deviation of 100.
    expect(Math.abs(times.length - 10_000)).toBeLessThan(400);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(5_000);
    // Of all who come, so many have come after so many time constants; the Kolmogorov bound for p = 0.001 is 1.95 / sqrt(n).
    for (const constants of [0.1, 0.5, 1, 2, 4]) {
      const share =
        times.filter((time) => time < 5_000 + constants * 100_000).length / times.length;
      expect(Math.abs(share - (1 - Math.exp(-constants)))).toBeLessThan(0.0195);
    }
  });

  test("that decay end with the run, at their end, or when enough peers came", () => {
    const arrive = {
      kind: "decaying",
      rate: 0.1,
      timeConstant: 100_000,
      start: 0,
      until: 1e9,
    } as const;
    const stop = { when: "time", atMost: 50_000 } as const;
    const all = timesOf(arrive, Number.POSITIVE_INFINITY, { stop });
    expect(all.at(-1)).toBeLessThanOrEqual(50_000);
    expect(all.length).toBeGreaterThan(3_000);
    expect(timesOf(arrive, 7, { stop })).toEqual(all.slice(0, 7));
    const early = all.filter((time) => time <= 20_000);
    expect(timesOf({ ...arrive, until: 20_000 }, Number.POSITIVE_INFINITY, { stop })).toEqual(
      early,
    );
  });

  test("that decay begin as those of a Poisson process with the same rate and chance do", () => {
    const poisson = timesOf({ kind: "poisson", rate: 0.1, start: 0, until: 1e9 }, 10);
    const slow = timesOf(
      { kind: "decaying", rate: 0.1, timeConstant: 1e12, start: 0, until: 1e9 },
      10,
    );
    for (const [at, time] of slow.entries()) expect(time / poisson[at]!).toBeCloseTo(1, 3);
  });

  test("of a trace are its times, as many as said and none after the end of the run", () => {
    const arrive: Arrival = { kind: "trace", times: [0, 5, 5, 9, 50, 99, 101] };
    const stop = { when: "time", atMost: 100 } as const;
    expect(timesOf(arrive, 7, { stop })).toEqual([0, 5, 5, 9, 50, 99]);
    expect(timesOf(arrive, 3, { stop })).toEqual([0, 5, 5]);
  });
});

describe("the plan of a run", () => {
  const early = peerClass("early", {
    count: 3,
    arrive: { kind: "within", start: 0, duration: 9_000 },
  });
  const chancy = peerClass("chancy", {
    count: 30,
    upload: { kind: "uniform", min: 1_000, max: 2_000 },
    download: { kind: "uniform", min: 3_000, max: 4_000 },
    arrive: { kind: "poisson", rate: 0.001, start: 0, until: 600_000 },
    leave: {
      afterCompletion: { kind: "exponential", mean: 100 },
      session: { kind: "exponential", mean: 900 },
      crash: false,
    },
  });

  test("is in order of time; at one time by name of class, then by index", () => {
    const order = plan([
      peerClass("b", { count: 2 }),
      peerClass("a", { count: 2 }),
      peerClass("c", { count: 1, arrive: { kind: "at", time: 5 } }),
    ]).map((one) => `${one.class.name}${one.index}`);
    expect(order).toEqual(["a0", "a1", "b0", "b1", "c0"]);
    const mixed = plan([chancy, early]);
    const times = mixed.map((one) => one.arrivesAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test("turns rates into bytes a millisecond, and knows the class by its place in the file", () => {
    const [first, second] = plan([
      peerClass("z", { count: 1, upload: 125_000, download: 500_000, delay: constant(7) }),
      peerClass("y", { count: 1 }),
    ]);
    expect([first?.class.name, first?.classIndex]).toEqual(["y", 1]);
    expect([second?.upload, second?.download, second?.delay]).toEqual([125, 500, 7]);
    expect(second?.staysAfterCompletion).toBe(Number.POSITIVE_INFINITY);
    expect(second?.session).toBe(Number.POSITIVE_INFINITY);
  });

  test("of one class does not depend on the others, nor on their order", () => {
    const alone = chanceOf(plan([chancy]), "chancy");
    expect(chanceOf(plan([early, chancy]), "chancy")).toEqual(alone);
    expect(chanceOf(plan([chancy, { ...early, count: 300 }]), "chancy")).toEqual(alone);
    const twin = chanceOf(plan([{ ...chancy, name: "twin" }]), "twin");
    expect(twin).not.toEqual(alone);
  });

  test("of one class keeps its arrivals when its links change, and its links when it stays for ever", () => {
    const alone = chanceOf(plan([chancy]), "chancy");
    const faster = chanceOf(plan([{ ...chancy, upload: constant(9_000) }]), "chancy");
    expect(faster.map((one) => one.arrivesAt)).toEqual(alone.map((one) => one.arrivesAt));
    expect(faster.map((one) => one.download)).toEqual(alone.map((one) => one.download));
    const leave = { afterCompletion: undefined, session: undefined, crash: false, rejoin: false };
    const staying = chanceOf(plan([{ ...chancy, leave }]), "chancy");
    expect(staying.map((one) => one.upload)).toEqual(alone.map((one) => one.upload));
  });

  test("draws both directions of a link at once, and leaves the delays as they were", () => {
    const links = [1, 2, 3, 4].map((value) => ({ value: 1000 * value, weight: value }));
    const values = { kind: "values", values: links } as const;
    const twice = {
      kind: "values",
      values: links.map((one) => ({ ...one, value: 5 * one.value })),
    } as const;
    const planned = (isJoint: boolean) =>
      plan([peerClass("home", { count: 200, upload: values, download: twice, isJoint })]);
    const joint = planned(true);
    for (const { upload, download } of joint) expect(download).toBe(5 * upload);
    const apart = planned(false);
    expect(apart.some(({ upload, download }) => download !== 5 * upload)).toBe(true);
    expect(apart.map(({ upload, delay }) => [upload, delay])).toEqual(
      joint.map(({ upload, delay }) => [upload, delay]),
    );
  });

  test("is another with another seed", () => {
    const one = chanceOf(plan([chancy], { seed: "1" }), "chancy");
    expect(chanceOf(plan([chancy], { seed: "2" }), "chancy")).not.toEqual(one);
    expect(chanceOf(plan([chancy], { seed: "1" }), "chancy")).toEqual(one);
  });
});
