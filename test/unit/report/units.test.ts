import { describe, expect, test } from "@jest/globals";
import {
  clockTime,
  counted,
  duration,
  elapsed,
  grouped,
  rate,
  rateUnit,
  ratio,
  size,
  timeUnit,
} from "../../../src/report/units.ts";

describe("people's units", () => {
  test.each([
    [0, "0:00"],
    [7.4, "0:07"],
    [59.6, "1:00"],
    [754, "12:34"],
    [3599.7, "1:00:00"],
    [3723, "1:02:03"],
    [360_000, "100:00:00"],
  ])("clock time of %d s is %s", (seconds, text) => {
    expect(clockTime(seconds)).toBe(text);
  });

  test.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1 KiB"],
    [1_320_702_444, "1.23 GiB"],
    [2 ** 40, "1 TiB"],
    [5000 * 2 ** 40, "5000 TiB"],
  ])("a size of %d bytes is %s", (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  test.each([
    [0.2531, "0.253 s"],
    [4.194, "4.19 s"],
    [50, "50.0 s"],
    [59.97, "60.0 s"],
    [60, "1:00"],
    [3723, "1:02:03"],
  ])("a time in a table of %d s is %s", (seconds, text) => {
    expect(elapsed(seconds)).toBe(text);
  });

  test.each([
    [0.3355, "0.34 s"],
    [4.19, "4.2 s"],
    [45.4, "45 s"],
    [180, "180 s"],
    [240, "4.0 min"],
    [36_000, "10.0 h"],
  ])("a time in a sentence of %d s is %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  test("bytes per second become bits per second with three digits", () => {
    expect([0, 118_750, 125_000, 952_500, 282_500_000].map(rate)).toEqual([
      "0 kbit/s",
      "950 kbit/s",
      "1 Mbit/s",
      "7.62 Mbit/s",
      "2.26 Gbit/s",
    ]);
  });

  test("an axis has the unit that its largest value asks for", () => {
    expect([180, 181, 10_800, 10_801].map((seconds) => timeUnit(seconds).name)).toEqual([
      "s",
      "min",
      "min",
      "h",
    ]);
    expect([124_999, 125_000, 125_000_000].map((bytes) => rateUnit(bytes).name)).toEqual([
      "kbit/s",
      "Mbit/s",
      "Gbit/s",
    ]);
  });

  test("counts are grouped, and have a plural", () => {
    expect([0, 999, 1000, 1_234_567].map(grouped)).toEqual(["0", "999", "1,000", "1,234,567"]);
    expect([counted(1, "peer"), counted(2000, "peer")]).toEqual(["1 peer", "2,000 peers"]);
    expect([ratio(null), ratio(0.333)]).toEqual(["–", "0.33"]);
  });
});
