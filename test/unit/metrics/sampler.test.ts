import { describe, expect, test } from "@jest/globals";
import { Sampler } from "../../../src/metrics/sampler.ts";

const bytes = (...values: number[]) => Float64Array.from(values);
const copies = (...values: number[]) => Int32Array.from(values);

/** One class. Times in ms, capacities in bytes per ms. */
function oneClass(): Sampler {
  return new Sampler(["dsl"]);
}

describe("the time series", () => {
  test("has means since the sample before, in bytes per second", () => {
    const sampler = oneClass();
    sampler.joined(0, false, 10, 100, 0);
    sampler.sample(5000, bytes(20_000), bytes(10_000), copies(1));
    sampler.sample(10_000, bytes(21_000), bytes(35_000), copies(1));
    expect(sampler.samples.map((row) => row.downloadBytesPerSecond)).toEqual([4000, 200]);
    expect(sampler.samples.map((row) => row.uploadBytesPerSecond)).toEqual([2000, 5000]);
  });

  test("counts leechers that become seeders and peers that leave", () => {
    const sampler = oneClass();
    for (let peer = 0; peer < 3; peer++) sampler.joined(0, false, 1, 1, 0);
    sampler.joined(0, true, 1, 1, 0);
    sampler.completed(0, 100);
    sampler.left(0, false, 1, 1, 200);
    sampler.sample(1000, bytes(0), bytes(0), copies(1));
    expect(sampler.samples[0]).toMatchObject({ timeSeconds: 1, leechers: 1, seeders: 2 });
    sampler.left(0, true, 1, 1, 1500);
    sampler.sample(2000, bytes(0), bytes(0), copies(1));
    expect(sampler.samples[1]).toMatchObject({ leechers: 1, seeders: 1 });
  });

  test("weighs capacity by the time that it was there", () => {
    const sampler = oneClass();
    sampler.joined(0, false, 10, 20, 0); // 1000 ms: 10,000 B up, 20,000 B down
    sampler.joined(0, false, 10, 20, 500); // 500 ms: half as much
    sampler.sample(1000, bytes(15_000), bytes(7500), copies(1));
    expect(sampler.samples[0]?.uplinkUtilisation).toBeCloseTo(0.5, 12);
    expect(sampler.samples[0]?.downlinkUtilisation).toBeCloseTo(0.5, 12);
  });

  test("never has more of a downlink in use than there is, when blocks come after the last piece", () => {
    const sampler = oneClass();
    sampler.joined(0, false, 10, 20, 0);
    sampler.completed(0, 100);
    sampler.sample(1000, bytes(20_000), bytes(0), copies(1)); // full to the end
    expect(sampler.samples[0]?.downlinkUtilisation).toBeCloseTo(1, 12);
  });

  test("has no utilisation while nobody is there, however odd the capacities were", () => {
    const sampler = oneClass();
    for (const upload of [0.1, 0.2, 0.3]) sampler.joined(0, false, upload, upload, 0);
    for (const upload of [0.3, 0.1, 0.2]) sampler.left(0, false, upload, upload, 1000);
    sampler.sample(1000, bytes(0), bytes(0), copies(1));
    sampler.sample(2000, bytes(0), bytes(0), copies(1));
    expect(sampler.samples[0]?.uplinkUtilisation).toBe(0);
    expect(sampler.samples[1]).toMatchObject({
      uplinkUtilisation: null,
      downlinkUtilisation: null,
    });
  });

  test("has no uplink utilisation while one is unlimited, and no sum of it is left behind", () => {
    const sampler = oneClass();
    const any = Number.POSITIVE_INFINITY;
    sampler.joined(0, false, any, 20, 0);
    sampler.joined(0, false, 10, 20, 0);
    sampler.sample(1000, bytes(0), bytes(5000), copies(1));
    sampler.left(0, false, any, 20, 1000);
    sampler.sample(2000, bytes(0), bytes(10_000), copies(1));
    expect(sampler.samples.map((row) => row.uplinkUtilisation)).toEqual([null, 0.5]);
  });

  test("has no downlink utilisation of an interval in which one was unlimited, and goes on after", () => {
    const sampler = oneClass();
    const any = Number.POSITIVE_INFINITY;
    sampler.joined(0, false, 10, 20, 0);
    sampler.joined(0, false, 10, any, 0);
    sampler.sample(1000, bytes(5000), bytes(5000), copies(1));
    sampler.left(0, false, 10, any, 1500);
    sampler.sample(2000, bytes(9000), bytes(9000), copies(1));
    sampler.sample(3000, bytes(19_000), bytes(19_000), copies(1));
    sampler.left(0, false, 10, 20, 3000);
    sampler.sample(4000, bytes(19_000), bytes(19_000), copies(1));
    expect(sampler.samples.map((row) => row.downlinkUtilisation)).toEqual([null, null, 0.5, null]);
    expect(sampler.samples.map((row) => row.uplinkUtilisation)).toEqual([
      0.25,
      4000 / 15_000,
      1,
      null,
    ]);
  });

  test("has a row a class in the scenario's order, each with its own numbers", () => {
    const sampler = new Sampler(["b", "a"]);
    sampler.joined(1, false, 1, 1, 0);
    sampler.sample(1000, bytes(0, 500), bytes(0, 0), copies(1));
    expect(sampler.samples).toMatchObject([
      { class: "b", leechers: 0, downloadBytesPerSecond: 0, uplinkUtilisation: null },
      { class: "a", leechers: 1, downloadBytesPerSecond: 500, uplinkUtilisation: 0 },
    ]);
  });

  test("has no time twice when the run ends on a sample, and the final counts", () => {
    const sampler = new Sampler(["a", "b"]);
    sampler.joined(0, false, 1, 1, 0);
    sampler.sample(1000, bytes(800, 0), bytes(0, 0), copies(0, 1));
    sampler.completed(0, 1000);
    sampler.sample(1000, bytes(800, 0), bytes(0, 0), copies(1, 1));
    expect(sampler.samples).toMatchObject([
      { class: "a", leechers: 0, seeders: 1, downloadBytesPerSecond: 800 },
      { class: "b", leechers: 0, seeders: 0 },
    ]);
    expect(sampler.availability).toEqual([{ timeSeconds: 1, minimum: 1, mean: 1, maximum: 1 }]);
  });

  test("of a run that ends at once has one row of zeros", () => {
    const sampler = oneClass();
    sampler.sample(0, bytes(0), bytes(0), copies(0));
    expect(sampler.samples).toMatchObject([{ timeSeconds: 0, downloadBytesPerSecond: 0 }]);
  });
});

test("availability is the rarest, the mean and the most common piece", () => {
  const sampler = oneClass();
  sampler.sample(2500, bytes(0), bytes(0), copies(3, 1, 5, 3));
  expect(sampler.availability).toEqual([{ timeSeconds: 2.5, minimum: 1, mean: 3, maximum: 5 }]);
});
