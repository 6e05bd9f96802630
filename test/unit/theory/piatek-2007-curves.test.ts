import { describe, expect, test } from "@jest/globals";
import { EqualSplit } from "../../../src/theory/piatek-2007.ts";

const KB = 1024;
const model = new EqualSplit();

/** Points of the paper's curves; rates in KB/s. */
type Points = readonly (readonly [number, number])[];

describe("the curves that the paper prints", () => {
  const chances: Points = [
    [8.4, 0],
    [8.9, 0.15],
    [9.4, 0.33],
    [10, 0.57],
    [10.5, 0.73],
    [11.1, 0.8],
    [11.8, 0.91],
    [12, 0.93],
    [12.5, 0.95],
    [13.2, 0.97],
    [14, 0.98],
    [15, 0.99],
    [17, 1],
  ];
  test.each(chances)("Fig. 3: who gives %d KB/s a slot is answered with %d", (split, printed) => {
    expect(Math.abs(model.meanReciprocation(split * KB) - printed)).toBeLessThan(0.03);
  });

  const downloads: Points = [
    [32, 39],
    [47, 68],
    [60, 92],
    [75, 110],
    [94, 130],
    [119, 149],
    [150, 168],
    [188, 186],
    [237, 205],
    [299, 242],
    [376, 278],
    [473, 297],
  ];
  test.each(downloads)("Fig. 4: who has %d KB/s up gets %d", (rate, printed) => {
    // Below throughout, by the mean of a slot, which is 18.3 KB/s and must have been 19.5.
    expect(model.download(rate * KB) / KB / printed).toBeGreaterThan(0.93);
    expect(model.download(rate * KB) / KB / printed).toBeLessThan(1.01);
  });

  const gaps: Points = [
    [211, 4],
    [266, 17],
    [335, 23],
    [422, 35],
    [531, 41],
    [668, 45],
    [842, 52],
    [1059, 57],
    [1679, 66],
    [3162, 75],
    [6308, 82],
    [12_500, 87],
  ];
  test.each(gaps)("Fig. 5: who has %d KB/s up gives %d %% beyond what it gets", (rate, printed) => {
    const percent = (100 * model.altruismGap(rate * KB)) / (rate * KB);
    expect(Math.abs(percent - printed)).toBeLessThan(1);
  });

  const altruism: Points = [
    [34, 100],
    [50, 43],
    [67, 21],
    [89, 12],
    [119, 17],
    [211, 30],
    [376, 43],
    [668, 55],
    [1189, 65],
    [2661, 75],
    [11_218, 86],
  ];
  test.each(altruism)("Fig. 6: of %d KB/s, %d %% bring nothing back", (rate, printed) => {
    const percent = (100 * model.altruism(rate * KB)) / (rate * KB);
    expect(Math.abs(percent - printed)).toBeLessThan(2);
  });

  const optimistic: Points = [
    [12, 67],
    [30, 50],
    [79, 4],
    [316, 6.4],
    [10_000, 2.2],
  ];
  test.each(optimistic)(
    "Fig. 6: of %d KB/s, %d %% do so through optimistic unchokes",
    (rate, printed) => {
      const percent = (100 * model.optimisticAltruism(rate * KB)) / (rate * KB);
      expect(Math.abs(percent - printed)).toBeLessThan(0.5);
    },
  );

  const slots: Points = [
    [0, 39],
    [4, 117],
    [8, 186],
    [12, 260],
    [16, 333],
    [20, 403],
    [22, 432],
    [24, 447],
    [26, 445],
    [28, 405],
    [30, 314],
    [34, 39],
  ];
  test.each(slots)("Fig. 8: 300 KB/s over %d regular slots bring %d", (active, printed) => {
    expect(model.download(300 * KB, active) / KB / printed).toBeGreaterThan(0.93);
    expect(model.download(300 * KB, active) / KB / printed).toBeLessThan(1.01);
  });

  const best: Points = [
    [89, 6],
    [158, 12],
    [282, 24],
    [300, 24],
    [501, 41],
    [891, 75],
    [1585, 134],
  ];
  test.each(best)("Fig. 8: %d KB/s are best spread over %d regular slots", (rate, printed) => {
    expect(Math.abs(model.bestActive(rate * KB) - printed)).toBeLessThanOrEqual(2);
  });

  const mainline: Points = [
    [84, 5],
    [150, 7],
    [266, 10],
    [473, 14],
    [841, 20],
    [1496, 27],
  ];
  test.each(mainline)("Fig. 8: with %d KB/s the client has %d", (rate, printed) => {
    expect(model.active(rate * KB)).toBe(printed);
  });

  test("the text: from 100 to 15 KB/s a slot costs 1 % of the answers, from 15 to 10 another 40 %", () => {
    const [at100, at15, at10] = [100, 15, 10].map((split) => model.meanReciprocation(split * KB));
    expect(at100! - at15!).toBeCloseTo(0.01, 2);
    expect(at15! - at10!).toBeGreaterThan(0.38);
    expect(at15! - at10!).toBeLessThan(0.46);
  });

  test("Fig. 2 is not met: by the appendix's formula it takes 3 to 12 times as long", () => {
    const printed: Points = [
      [51, 30],
      [138, 79],
      [240, 108],
      [569, 128],
      [1097, 222],
      [1906, 282],
      [2692, 401],
      [4519, 575],
      [6382, 663],
    ];
    const times = printed.map(([rate, seconds]) => model.convergence(rate * KB) / seconds);
    expect(Math.min(...times)).toBeCloseTo(3, 1);
    expect(Math.max(...times)).toBeCloseTo(11.7, 1);
  });
});
