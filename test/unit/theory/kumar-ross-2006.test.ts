import { describe, expect, test } from "@jest/globals";
import {
  clientServerTime,
  type FluidSwarm,
  minimumDistributionTime,
} from "../../../src/theory/kumar-ross-2006.ts";

const swarm: FluidSwarm = {
  size: 1000,
  leechers: 10,
  seedUpload: 50,
  leecherUpload: 450,
  slowestDownload: 100,
};

describe("the minimum distribution time of Kumar and Ross", () => {
  test.each([
    ["all uplinks together", {}, 20],
    ["the seeders' uplinks", { seedUpload: 40, leecherUpload: 460 }, 25],
    ["the slowest downlink", { slowestDownload: 25 }, 40],
    ["all uplinks, of leechers that give nothing", { leecherUpload: 0 }, 200],
  ])("is set by %s", (_, change, seconds) => {
    expect(minimumDistributionTime({ ...swarm, ...change })).toBe(seconds);
  });

  test("is 1,955 s for 315 peers of 1500/400 kbit/s with a seeder of 6,000 kbit/s and 819,200 kbit", () => {
    const kbit = 125;
    const seconds = minimumDistributionTime({
      size: 819_200 * kbit,
      leechers: 315,
      seedUpload: 6000 * kbit,
      leecherUpload: 315 * 400 * kbit,
      slowestDownload: 1500 * kbit,
    });
    expect(seconds).toBeCloseTo(1954.9, 1);
  });

  test.each([
    ["leechers", 0, "leechers is 0, and must be a whole number of 1 or more."],
    ["seedUpload", 0, "seedUpload is 0, and must be above 0."],
    ["slowestDownload", -1, "slowestDownload is -1, and must be above 0."],
    ["leecherUpload", -1, "leecherUpload is -1, and must be 0 or more."],
    ["size", Number.NaN, "size is NaN, and must be 0 or more."],
  ])("refuses %s of %d", (name, value, message) => {
    expect(() => minimumDistributionTime({ ...swarm, [name]: value })).toThrow(message);
  });
});

test.each([
  ["its uplink", {}, 200],
  ["the slowest downlink", { slowestDownload: 4 }, 250],
])("a server alone takes as long as %s says", (_, change, seconds) => {
  expect(clientServerTime({ ...swarm, ...change })).toBe(seconds);
});
