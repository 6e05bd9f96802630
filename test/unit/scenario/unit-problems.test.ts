import { describe, expect, test } from "@jest/globals";
import { readQuantity } from "../../../src/scenario/read-quantity.ts";
import type { Dimension } from "../../../src/scenario/units.ts";

function said(dimension: Dimension, text: string): string {
  const { problem, hint } = readQuantity(dimension, text) as { problem: string; hint: string };
  return `${problem}. ${hint}`;
}

const rates =
  "Known units: Tbit/s, Gbit/s, Mbit/s, kbit/s, bit/s, GB/s, MB/s, KB/s, GiB/s, MiB/s, KiB/s, B/s";
const times = "Known units: d, h, min, s, ms, us";

describe("a rate", () => {
  test.each([
    [
      "10 mb/s",
      '"10 mb/s" may mean bits or bytes per second. Write 10 Mbit/s for bits, or 10 MB/s for bytes',
    ],
    [
      "10 Mb",
      '"10 Mb" may mean bits or bytes per second. Write 10 Mbit/s for bits, or 10 MB/s for bytes',
    ],
    [
      "10 MBps",
      '"10 MBps" may mean bits or bytes per second. Write 10 Mbit/s for bits, or 10 MB/s for bytes',
    ],
    ["10 MB", '"10 MB" is a size, and not a rate. Write 10 Mbit/s for bits, or 10 MB/s for bytes'],
    ["64 kB", '"64 kB" is a size, and not a rate. Write 64 kbit/s for bits, or 64 KB/s for bytes'],
    ["5 MiB", '"5 MiB" is a size, and not a rate. Write 5 Mbit/s for bits, or 5 MiB/s for bytes'],
    ["10 Mbit", '"10 Mbit" is an amount, and not a rate. Write 10 Mbit/s'],
    ["10 mbit/s", '"mbit/s" in "10 mbit/s" is not a unit of rate. Write 10 Mbit/s'],
    ["10 Mbyte/s", '"Mbyte/s" in "10 Mbyte/s" is not a unit of rate. Write 10 MB/s'],
    ["10 Mibit/s", '"Mibit/s" in "10 Mibit/s" is not a unit of rate. Did you mean 10 Mbit/s?'],
    ["10 M", '"10 M" lacks its unit. Write 10 Mbit/s for bits, or 10 MB/s for bytes'],
    ["10", '"10" lacks its unit. Write it as in 10 Mbit/s'],
    ["5 s", '"5 s" is a time, and not a rate. Write it as in 10 Mbit/s, 784 kbit/s, 1.5 MB/s'],
    ["10 parsec", `"parsec" in "10 parsec" is not a unit of rate. ${rates}`],
    ["fast", '"fast" is not a number with a unit. Write it as in 10 Mbit/s'],
    ["", '"" is not a number with a unit. Write it as in 10 Mbit/s'],
    ["-1 Mbit/s", '"-1 Mbit/s" is negative. Write it as in 10 Mbit/s'],
    ["1e400 bit/s", '"1e400 bit/s" is too large. Write it as in 10 Mbit/s'],
    [
      "1,5 Mbit/s",
      '"1,5 Mbit/s" is not a number with a unit. Write decimals with a point and thousands without a mark, as in 1.5 or 1500',
    ],
    [
      "1_000 kbit/s",
      '"1_000 kbit/s" is not a number with a unit. Write decimals with a point and thousands without a mark, as in 1.5 or 1500',
    ],
    ["0x10 bit/s", '"0x10 bit/s" is not one number with one unit. Write it as in 10 Mbit/s'],
  ])("%j", (text, message) => {
    expect(said("rate", text)).toBe(message);
  });
});

describe("a size", () => {
  const both = "A size is in bytes: write 10 MB (powers of 1000) or 10 MiB (powers of 1024)";
  test.each([
    ["10 Mb", `"10 Mb" may mean bits or bytes. ${both}`],
    ["10 mb", `"10 mb" may mean bits or bytes. ${both}`],
    ["10 Mbytes", `"Mbytes" in "10 Mbytes" is not a unit. ${both}`],
    [
      "10 Mbit",
      '"10 Mbit" is in bits, and a size is in bytes. Divide by 8, and write it as in 100 MiB, 256 KiB, 1 GB',
    ],
    ["10 mib", '"mib" in "10 mib" is not a unit of size. Write 10 MiB'],
    ["10 MiB/s", '"10 MiB/s" is a rate, and not a size. Write 10 MiB'],
    ["10 Mbit/s", '"10 Mbit/s" is a rate, and not a size. Write it as in 100 MiB, 256 KiB, 1 GB'],
    ["10 G", '"10 G" lacks its unit. Write 10 GiB or 10 GB'],
    ["10 ms", '"10 ms" is a time, and not a size. Write it as in 100 MiB, 256 KiB, 1 GB'],
  ])("%j", (text, message) => {
    expect(said("size", text)).toBe(message);
  });
});

describe("a time", () => {
  test.each([
    ["5 m", '"5 m" may mean minutes or milliseconds. Write 5 min or 5 ms'],
    ["5 MiB", '"5 MiB" is a size, and not a time. Write it as in 40 ms, 60 s, 5 min'],
    ["5 msec", `"msec" in "5 msec" is not a unit of time. Did you mean 5 sec? ${times}`],
    ["5 MS", `"MS" in "5 MS" is not a unit of time. Did you mean 5 ms? ${times}`],
    ["1 week", `"week" in "1 week" is not a unit of time. ${times}`],
    ["1 h 30 min", '"1 h 30 min" is not one number with one unit. Write it as in 40 ms'],
    ["1:30", '"1:30" is not one number with one unit. Write it as in 40 ms'],
    ["−5 ms", '"−5 ms" is not a number with a unit. Write it as in 40 ms'],
    ["NaN s", '"NaN s" is not a number with a unit. Write it as in 40 ms'],
  ])("%j", (text, message) => {
    expect(said("duration", text)).toBe(message);
  });
});

describe("a number of peers per time", () => {
  const known = "Known units: per s, per min, per h, per d, per ms";
  test.each([
    ["2 Hz", `"Hz" in "2 Hz" is not a unit of peers per time. ${known}`],
    [
      "2 peers per s",
      `"peers per s" in "2 peers per s" is not a unit of peers per time. Did you mean 2 per s? ${known}`,
    ],
    [
      "2 s",
      '"2 s" is a time, and not a number of peers per time. Write it as in 2 per s, 30 per min',
    ],
  ])("%j", (text, message) => {
    expect(said("frequency", text)).toBe(message);
  });
});

test("a text of many lines is told on one, and cut", () => {
  expect(said("rate", `10\n${"x".repeat(100)}`)).toContain(`"10\\n${"x".repeat(57)}…"`);
});
