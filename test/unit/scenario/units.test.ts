import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatQuantity } from "../../../src/scenario/format-units.ts";
import { readQuantity } from "../../../src/scenario/read-quantity.ts";
import { type Dimension, patternOf, units } from "../../../src/scenario/units.ts";

const dimensions = Object.keys(units) as Dimension[];
const spellings = dimensions.flatMap((dimension) =>
  units[dimension].flatMap(({ name, also }) =>
    [name, ...also].map((word) => ({ dimension, word })),
  ),
);

/** The value inside, or what is wrong. */
function read(dimension: Dimension, text: string): number | string {
  const { value, problem } = readQuantity(dimension, text);
  return value ?? problem;
}

const table = [
  ["size", "1 B", 1],
  ["size", "1 byte", 1],
  ["size", "2 bytes", 2],
  ["size", "1 KB", 1000],
  ["size", "1 kB", 1000],
  ["size", "1 MB", 1_000_000],
  ["size", "1 GB", 1_000_000_000],
  ["size", "1 TB", 1_000_000_000_000],
  ["size", "1 KiB", 1024],
  ["size", "1 MiB", 1_048_576],
  ["size", "1 GiB", 1_073_741_824],
  ["size", "1 TiB", 1_099_511_627_776],
  ["rate", "8 bit/s", 1],
  ["rate", "8 bps", 1],
  ["rate", "8 kbit/s", 1000],
  ["rate", "8 Kbit/s", 1000],
  ["rate", "8 kbps", 1000],
  ["rate", "8 Kbps", 1000],
  ["rate", "8 Mbit/s", 1_000_000],
  ["rate", "8 Mbps", 1_000_000],
  ["rate", "8 Gbit/s", 1_000_000_000],
  ["rate", "8 Gbps", 1_000_000_000],
  ["rate", "8 Tbit/s", 1_000_000_000_000],
  ["rate", "8 Tbps", 1_000_000_000_000],
  ["rate", "1 B/s", 1],
  ["rate", "1 KB/s", 1000],
  ["rate", "1 kB/s", 1000],
  ["rate", "1 MB/s", 1_000_000],
  ["rate", "1 GB/s", 1_000_000_000],
  ["rate", "1 KiB/s", 1024],
  ["rate", "1 MiB/s", 1_048_576],
  ["rate", "1 GiB/s", 1_073_741_824],
  ["duration", "1000 us", 1],
  ["duration", "1000 µs", 1],
  ["duration", "1000 μs", 1],
  ["duration", "1 ms", 1],
  ["duration", "1 s", 1000],
  ["duration", "1 sec", 1000],
  ["duration", "1 second", 1000],
  ["duration", "2 seconds", 2000],
  ["duration", "1 min", 60_000],
  ["duration", "2 mins", 120_000],
  ["duration", "1 minute", 60_000],
  ["duration", "2 minutes", 120_000],
  ["duration", "1 h", 3_600_000],
  ["duration", "1 hour", 3_600_000],
  ["duration", "2 hours", 7_200_000],
  ["duration", "1 d", 86_400_000],
  ["duration", "1 day", 86_400_000],
  ["duration", "2 days", 172_800_000],
  ["frequency", "2 per ms", 2],
  ["frequency", "2 /ms", 2],
  ["frequency", "2 per s", 0.002],
  ["frequency", "2 per second", 0.002],
  ["frequency", "2 /s", 0.002],
  ["frequency", "30 per min", 0.0005],
  ["frequency", "30 per minute", 0.0005],
  ["frequency", "30 /min", 0.0005],
  ["frequency", "1800 per h", 0.0005],
  ["frequency", "1800 per hour", 0.0005],
  ["frequency", "1800 /h", 0.0005],
  ["frequency", "86400 per d", 0.001],
  ["frequency", "86400 per day", 0.001],
  ["frequency", "86400 /d", 0.001],
] as const;

describe("a unit", () => {
  test.each(table)("of %s: %s", (dimension, text, value) => {
    expect(read(dimension, text)).toBe(value);
  });

  test("that is known stands in the table above", () => {
    const listed = table.map(([dimension, text]) => `${dimension} ${text.replace(/^\d+ /, "")}`);
    expect(listed.sort()).toEqual(spellings.map((one) => `${one.dimension} ${one.word}`).sort());
  });

  test("of bits per second is an eighth of that of bytes, and neither is read as the other", () => {
    for (const prefix of ["", "k", "M", "G"]) {
      const bytes = `${prefix.toUpperCase()}B/s`;
      expect(read("rate", `8 ${prefix}bit/s`)).toBe(read("rate", `1 ${bytes}`));
    }
    for (const word of [
      "mb/s",
      "Mb/s",
      "mB/s",
      "Mb",
      "MB",
      "mb",
      "Mbit",
      "Mbyte",
      "MiB",
      "mbit/s",
      "MBps",
    ]) {
      expect(readQuantity("rate", `10 ${word}`).value).toBeUndefined();
    }
    for (const word of ["Mb", "mb", "Mbit", "Mbps", "Mbit/s", "MB/s", "mib", "mB"]) {
      expect(readQuantity("size", `10 ${word}`).value).toBeUndefined();
    }
  });

  test("belongs to one dimension only", () => {
    for (const { dimension, word } of spellings) {
      for (const other of dimensions) {
        if (other === dimension) continue;
        expect(readQuantity(other, `1 ${word}`).value).toBeUndefined();
      }
    }
  });
});

describe("a quantity", () => {
  test.each([
    ["10Mbit/s", 1_250_000],
    ["  10   Mbit/s ", 1_250_000],
    ["10 Mbit / s", 1_250_000],
    ["+10 Mbit/s", 1_250_000],
    ["1e1 Mbit/s", 1_250_000],
    [".5 MB/s", 500_000],
    ["5. MB/s", 5_000_000],
    ["1.5E-1 MB/s", 150_000],
    ["0 bit/s", 0],
  ])("may be written %j", (text, value) => {
    expect(read("rate", text)).toBe(value);
  });

  test.each([
    ["duration", "4.35 s", 4350],
    ["size", "4.35 KB", 4350],
    ["size", "1.005 MB", 1_005_000],
    ["rate", "1.1 Mbit/s", 137_500],
  ] as const)("is rounded once: %s %s", (dimension, text, value) => {
    expect(read(dimension, text)).toBe(value);
  });

  test("is read where the pattern of the JSON Schema matches, and nowhere else", () => {
    const words = fc.constantFrom(
      ...[
        "10",
        "1.5",
        ".5",
        "5.",
        "-1",
        "+2",
        "1e3",
        "1e400",
        "",
        " ",
        "  ",
        ",",
        "/",
        "i",
        "bit",
        "per",
        "x",
      ],
      ...spellings.map(({ word }) => word),
    );
    const text = fc.array(words, { maxLength: 6 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.constantFrom(...dimensions), text, (dimension, written) => {
        const { value, problem } = readQuantity(dimension, written);
        const isRead = value !== undefined || problem.endsWith("is too large");
        expect(new RegExp(patternOf(dimension), "u").test(written)).toBe(isRead);
      }),
      { numRuns: 3000 },
    );
  });

  test("that is written reads back as exactly the same number", () => {
    const value = fc.oneof(
      fc.double({ min: 0, max: 1e15, noNaN: true }),
      fc.nat(10_000_000),
      fc.nat(1_000_000).map((thousandths) => thousandths / 1000),
      fc.nat(10_000).map((count) => count * 131_072),
    );
    fc.assert(
      fc.property(fc.constantFrom(...dimensions), value, (dimension, written) => {
        expect(read(dimension, formatQuantity(dimension, written))).toBe(written);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ["size", 10_485_760, "10 MiB"],
    ["size", 4_700_000_000, "4.7 GB"],
    ["size", 1460, "1460 B"],
    ["rate", 125_000, "1 Mbit/s"],
    ["rate", 98_000, "784 kbit/s"],
    ["duration", 90_000, "90 s"],
    ["duration", 86_400_000, "1 d"],
    ["duration", 0.5, "500 us"],
    ["frequency", 0.002, "2 per s"],
    ["duration", 0, "0 s"],
  ] as const)("of %s: %d is written %s", (dimension, value, text) => {
    expect(formatQuantity(dimension, value)).toBe(text);
  });
});
