import { describe, expect, test } from "@jest/globals";
import {
  bharambe2006Gnutella,
  bharambe2006Thirds,
  bharambe2006Trace,
  piatek2007EqualSplit,
  piatek2007Upload,
} from "../../../src/theory/capacities.ts";

describe.each([
  ["upload", piatek2007Upload],
  ["equal split", piatek2007EqualSplit],
])("Piatek's %s capacities", (_, points) => {
  test("are a cumulative distribution: from 0 to 1, and nowhere falling", () => {
    expect(points[0]?.cdf).toBe(0);
    expect(points.at(-1)?.cdf).toBe(1);
    for (let at = 1; at < points.length; at++) {
      expect(points[at]!.cdf).toBeGreaterThan(points[at - 1]!.cdf);
      expect(points[at]!.value).toBeGreaterThan(points[at - 1]!.value);
    }
  });
});

test("Piatek's two curves are of one another: a peer of r KB/s splits it among the root of 0.6 r", () => {
  piatek2007Upload.forEach(({ cdf, value }, at) => {
    const rate = value / 1024;
    const split = piatek2007EqualSplit[at]!;
    expect(split.cdf).toBe(cdf);
    // The rule goes up in steps, so the order of the two is not quite the same.
    const ratio = split.value / 1024 / (rate / Math.floor(Math.sqrt(0.6 * rate)));
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });
});

test.each([
  ["thirds", bharambe2006Thirds],
  ["trace", bharambe2006Trace],
  ["Gnutella", bharambe2006Gnutella],
])("Bharambe's %s classes are all of the peers, slowest first", (_, classes) => {
  expect(classes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  for (let at = 1; at < classes.length; at++) {
    expect(classes[at]!.upload).toBeGreaterThan(classes[at - 1]!.upload);
  }
  for (const { download, upload } of classes) expect(download).toBeGreaterThanOrEqual(upload);
});
