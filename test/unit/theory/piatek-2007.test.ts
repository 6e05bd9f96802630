import { describe, expect, test } from "@jest/globals";
import { piatek2007Upload } from "../../../src/theory/capacities.ts";
import { EqualSplit, mainlineSlots } from "../../../src/theory/piatek-2007.ts";

const KB = 1024;
const model = new EqualSplit();

describe("by brute force, each of 100,000 peers at its quantile", () => {
  const peers = Array.from({ length: 100_000 }, (_, at) => quantile((at + 0.5) / 100_000) / KB);
  const slotsOf = (rate: number) => Math.floor(Math.sqrt(0.6 * rate));
  const splits = peers.map((rate) => rate / slotsOf(rate));
  const sorted = [...splits].sort((a, b) => a - b);
  const mean = (of: (split: number, active: number) => number) =>
    peers.reduce((sum, rate, at) => sum + of(splits[at]!, slotsOf(rate) - 2), 0) / peers.length;
  const share = (split: number) => {
    const first = sorted.findIndex((one) => one > split);
    return first < 0 ? 1 : first / sorted.length;
  };
  const near = (value: number, brute: number) => {
    expect(Math.abs(value - brute)).toBeLessThanOrEqual(0.002 * brute + 1e-4);
  };

  test("a slot brings the same in the mean", () => {
    near(
      model.meanSplit / KB,
      mean((split) => split),
    );
  });

  test.each([8.7, 9, 9.5, 10, 11, 12, 15, 25, 60, 140, 150])("answers to %d KB/s", (split) => {
    const better = 1 - share(split);
    near(model.shareOfSplits(split * KB), share(split));
    near(
      model.meanReciprocation(split * KB),
      mean((_, active) => 1 - better ** active),
    );
    expect(model.reciprocation(split * KB, 100 * KB)).toBeCloseTo(1 - better ** 5, 3);
  });

  test.each([45, 59, 94, 150, 299, 473, 1059, 3162, 12_500])("a peer of %d KB/s", (rate) => {
    const own = rate / slotsOf(rate);
    const active = slotsOf(rate) - 2;
    const better = 1 - share(own);
    const chance = (their: number) => 1 - better ** their;
    const regular = mean((split, their) => chance(their) * split);
    const download = active * regular + 2 * mean((split) => split);
    near(model.download(rate * KB) / KB, download);
    const upload = Math.min(rate, slotsOf(rate) * download);
    near(model.upload(rate * KB) / KB, upload);
    near(model.altruismGap(rate * KB) / KB, Math.max(0, upload - download));
    const altruism = mean(
      (split, their) => (1 - chance(their)) * own + chance(their) * Math.max(0, own - split),
    );
    near(model.altruism(rate * KB) / KB, slotsOf(rate) * altruism);
    near(model.optimisticAltruism(rate * KB) / KB, 2 * altruism);
  });

  test.each([0, 5, 14, 24, 30, 33])("300 KB/s over %d regular slots", (active) => {
    const better = 1 - share(300 / (active + 2));
    const regular = mean((split, their) => (1 - better ** their) * split);
    near(model.download(300 * KB, active) / KB, active * regular + 2 * mean((split) => split));
  });

  test.each([51, 240, 1097, 6382])("the time that %d KB/s take to find peers alike", (rate) => {
    const worse = share(rate / slotsOf(rate));
    let [periods, unmatched] = [0, 1];
    for (let n = 1; n < 100; n++) {
      periods += n * (1 - worse ** (4 * n)) * unmatched;
      unmatched *= worse ** (4 * n);
    }
    near(model.convergence(rate * KB), 30 * (slotsOf(rate) - 2) * periods);
    near(model.matched(rate * KB, 3), 1 - worse ** 12);
  });
});

/** Inverse of the distribution, even in the logarithm between its points. */
function quantile(cdf: number): number {
  const at = piatek2007Upload.findIndex((point) => point.cdf >= cdf);
  const [from, to] = [piatek2007Upload[at - 1]!, piatek2007Upload[at]!];
  return from.value * (to.value / from.value) ** ((cdf - from.cdf) / (to.cdf - from.cdf));
}

describe("a swarm of two kinds of peers", () => {
  // 20 KB/s: 4 slots of 5, two of them regular. 100 KB/s: 7 slots, five of them regular.
  const points = [
    { cdf: 0.5, value: 20 * KB },
    { cdf: 0.5, value: 100 * KB },
    { cdf: 1, value: 100 * KB },
  ];
  const two = new EqualSplit(points);

  test("has fast peers that everybody answers, and slow ones that fill what is left", () => {
    expect(two.shareOfSplits(5 * KB)).toBe(0.5);
    expect(two.shareOfSplits((100 * KB) / 7)).toBe(1);
    expect(two.reciprocation(5 * KB, 20 * KB)).toBe(0.75);
    expect(two.reciprocation(5 * KB, 100 * KB)).toBe(1 - 1 / 32);
    expect(two.meanReciprocation((100 * KB) / 7)).toBe(1);
    const slot = (5 + 100 / 7) / 2;
    expect(two.download(100 * KB) / KB).toBeCloseTo(7 * slot, 9);
    const slow = (0.75 * 5 + (1 - 1 / 32) * (100 / 7)) / 2;
    expect(two.download(20 * KB) / KB).toBeCloseTo(2 * slow + 2 * slot, 9);
  });

  test("costs fast peers what they give to slow ones beyond what these give", () => {
    expect(two.altruism(100 * KB) / KB).toBeCloseTo((7 * (100 / 7 - 5)) / 2, 9);
  });

  test("lets fast peers look for one another for ever when all that answer are slower", () => {
    expect(two.convergence(2000 * KB)).toBe(Number.POSITIVE_INFINITY);
    // Half of the peers match, four a period.
    expect(two.matched(20 * KB, 1)).toBe(1 - 0.5 ** 4);
  });
});

describe("slow peers", () => {
  const points = [
    { cdf: 0, value: 5 * KB },
    { cdf: 1, value: 60 * KB },
  ];

  test("have 2 slots, 3 from 9 KB/s on, 4 from 15 and 5 from 42", () => {
    // At most 3.9 KB/s a slot: from 5 to 7.8 KB/s over 2, from 9 to 11.7 over 3, from 15 to 15.6 over 4.
    const expected = Math.log((7.8 / 5) * (11.7 / 9) * (15.6 / 15)) / Math.log(60 / 5);
    expect(new EqualSplit(points).shareOfSplits(3.9 * KB)).toBeCloseTo(expected, 12);
  });

  test("never have fewer slots than optimistic ones, and answer nobody when these are all", () => {
    const five = new EqualSplit(points, { optimistic: 5 });
    expect([five.slots(20 * KB), five.active(20 * KB)]).toEqual([5, 0]);
    expect(five.meanReciprocation(100 * KB)).toBe(0);
    // A fifth of 5 (e^L - 1) / L KB/s, L the logarithm of 60 / 5.
    expect(five.meanSplit / KB).toBeCloseTo(11 / Math.log(12), 9);
  });
});

test("a peer is among those whose slots give no more than its own, rounded or not", () => {
  for (let rate = 10; rate < 400; rate++) {
    const alike = new EqualSplit([{ cdf: 1, value: rate * KB }]);
    expect([rate, alike.shareOfSplits(alike.split(rate * KB))]).toEqual([rate, 1]);
  }
});

test("the fastest of ten kinds looks for ever, though ten tenths are not quite one", () => {
  const cdfs = Array.from({ length: 10 }, (_, at) => (at + 1) / 10);
  const points = cdfs.flatMap((cdf, at) => [
    { cdf: at / 10, value: (at + 1) * 50 * KB },
    { cdf, value: (at + 1) * 50 * KB },
  ]);
  expect(new EqualSplit(points).convergence(1000 * KB)).toBe(Number.POSITIVE_INFINITY);
});

describe("optimistic unchokes", () => {
  test("are a binomial number, two in the mean", () => {
    const chances = Array.from({ length: 82 }, (_, count) => model.unchokeProbability(count));
    expect(chances.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
    expect(chances.reduce((sum, one, count) => sum + one * count, 0)).toBeCloseTo(2, 12);
    expect(chances[0]).toBeCloseTo(0.975 ** 80, 12);
    expect(chances[81]).toBe(0);
  });

  test("as many as the settings say", () => {
    const one = new EqualSplit(piatek2007Upload, { optimistic: 1 });
    expect(one.active(100 * KB)).toBe(6);
    // Slots that give next to nothing bring one optimistic unchoke.
    expect(one.download(KB)).toBeCloseTo(one.meanSplit, 6);
  });
});

test.each([
  [5, 2],
  [9, 3],
  [14.9, 3],
  [15, 4],
  [41, 4],
  [42, 5],
  [100, 7],
  [128, 8],
  [1024, 24],
])("mainline has with %d KB/s %d slots", (rate, slots) => {
  expect(mainlineSlots(rate * KB)).toBe(slots);
});

describe("what makes no sense", () => {
  test.each([
    [[], "The last point has the share 0; the last share must be 1."],
    [[{ cdf: 1, value: 0 }], "Point 0 has the capacity 0; give one above 0."],
    [[{ cdf: 0.9, value: 5 }], "The last point has the share 0.9; the last share must be 1."],
    [
      [
        { cdf: 0, value: 5 },
        { cdf: 1, value: 4 },
      ],
      "Point 1 is below the one before it; give points in ascending order.",
    ],
  ])("as a distribution, %j, is refused", (points, message) => {
    expect(() => new EqualSplit(points)).toThrow(new RangeError(message));
  });

  test("as a number is refused by its name", () => {
    expect(() => model.download(0)).toThrow("rate is 0, and must be above 0.");
    expect(() => model.download(1, -1)).toThrow(
      "active is -1, and must be a whole number of 0 or more.",
    );
    expect(() => model.shareOfSplits(Number.NaN)).toThrow("split is NaN, and must be 0 or more.");
    expect(() => new EqualSplit(piatek2007Upload, { optimistic: 0 })).toThrow(
      "optimistic is 0, and must be a whole number of 1 or more.",
    );
  });
});
