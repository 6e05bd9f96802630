import { nearest } from "../core/nearest.ts";

/** What people write units for. Inside: bytes, bytes per second, ms, and events per ms. */
export type Dimension = "size" | "rate" | "duration" | "frequency";

/** A quantity that was read, or what is wrong with it and what to write instead. */
export type Reading =
  | { readonly value: number; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string; readonly hint: string };

/** One unit: a number of it is worth `factor / divisor` of the inner unit. */
export interface Unit {
  readonly name: string;
  readonly factor: number;
  readonly divisor: number;
  /** Further spellings. */
  readonly also: readonly string[];
}

/** The units of each dimension; the first name is the one that is written. */
export const units: Readonly<Record<Dimension, readonly Unit[]>> = {
  size: [
    unit("GiB", 2 ** 30),
    unit("MiB", 2 ** 20),
    unit("KiB", 2 ** 10),
    unit("TiB", 2 ** 40),
    unit("TB", 1e12),
    unit("GB", 1e9),
    unit("MB", 1e6),
    unit("KB", 1e3, 1, "kB"),
    unit("B", 1, 1, "byte", "bytes"),
  ],
  rate: [
    unit("Tbit/s", 1.25e11, 1, "Tbps"),
    unit("Gbit/s", 1.25e8, 1, "Gbps"),
    unit("Mbit/s", 125_000, 1, "Mbps"),
    unit("kbit/s", 125, 1, "Kbit/s", "kbps", "Kbps"),
    unit("bit/s", 1, 8, "bps"),
    unit("GB/s", 1e9),
    unit("MB/s", 1e6),
    unit("KB/s", 1e3, 1, "kB/s"),
    unit("GiB/s", 2 ** 30),
    unit("MiB/s", 2 ** 20),
    unit("KiB/s", 2 ** 10),
    unit("B/s", 1),
  ],
  duration: [
    unit("d", 86_400_000, 1, "day", "days"),
    unit("h", 3_600_000, 1, "hour", "hours"),
    unit("min", 60_000, 1, "mins", "minute", "minutes"),
    unit("s", 1000, 1, "sec", "second", "seconds"),
    unit("ms", 1),
    unit("us", 1, 1000, "µs", "μs"),
  ],
  frequency: [
    unit("per s", 1, 1000, "per second", "/s"),
    unit("per min", 1, 60_000, "per minute", "/min"),
    unit("per h", 1, 3_600_000, "per hour", "/h"),
    unit("per d", 1, 86_400_000, "per day", "/d"),
    unit("per ms", 1, 1, "/ms"),
  ],
};

/** How a quantity of the dimension looks, for messages and the schema. */
export const examples: Readonly<Record<Dimension, readonly string[]>> = {
  size: ["100 MiB", "256 KiB", "1 GB"],
  rate: ["10 Mbit/s", "784 kbit/s", "1.5 MB/s"],
  duration: ["40 ms", "60 s", "5 min"],
  frequency: ["2 per s", "30 per min"],
};

/** A regular expression's source for what `readQuantity` takes. */
export function patternOf(dimension: Dimension): string {
  const names = units[dimension].flatMap(({ name, also }) => [name, ...also]);
  // The longest first, and any run of spaces within a unit.
  const words = names.sort((a, b) => b.length - a.length).map((name) => name.replace(" ", " +"));
  return `^(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)? *(${words.join("|")})$`;
}

/** Reads "10 Mbit/s": a number that is not negative, and a unit. Bits and bytes are never guessed. */
export function readQuantity(dimension: Dimension, text: string): Reading {
  const example = examples[dimension][0] as string;
  const parts = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*$/.exec(text);
  if (parts === null)
    return { problem: `"${text}" is not a number with a unit`, hint: `Write it as in ${example}` };
  const [number, name] = [parts[1] as string, (parts[2] as string).replace(/ +/g, " ")];
  if (name === "") {
    return { problem: `"${text}" lacks its unit`, hint: `Write it as in ${example}` };
  }
  const found = units[dimension].find((one) => one.name === name || one.also.includes(name));
  if (found === undefined) return unknownUnit(dimension, text.trim(), number, name);
  if (number.startsWith("-"))
    return { problem: `"${text}" is negative`, hint: `Write it as in ${example}` };
  const value = scale(number.replace("+", ""), found);
  if (!Number.isFinite(value))
    return { problem: `"${text}" is too large`, hint: `Write it as in ${example}` };
  return { value };
}

function unit(name: string, factor: number, divisor = 1, ...also: string[]): Unit {
  return { name, factor, divisor, also };
}

/** The number times the unit, rounded once: 4.35 KB is 4350 B, though 4.35 * 1000 need not be in floating point. */
function scale(number: string, { factor, divisor }: Unit): number {
  const plain = Number(number);
  if (factor === 1 && divisor === 1) return plain;
  const [mantissa = "", exponent = "0"] = number.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const scaled = Number(whole + fraction) * factor;
  const power = fraction.length - Number(exponent);
  const below = divisor * Number(`1e${power}`);
  if (power >= 0 && Number.isSafeInteger(scaled) && Number.isSafeInteger(below))
    return scaled / below;
  return (plain * factor) / divisor;
}

function unknownUnit(dimension: Dimension, text: string, number: string, name: string): Reading {
  const bits = /^([kmgt]?)(i?)b(it|its|yte|ytes)?( ?\/ ?s| ?ps| ?per s)?$/i.exec(name);
  if (bits !== null && (dimension === "rate" || dimension === "size")) {
    const prefix = (bits[1] as string).toUpperCase();
    if (dimension === "size") {
      return {
        problem: `"${text}" is not a size in bytes`,
        hint: prefix
          ? `Write ${number} ${prefix}B (powers of 1000) or ${number} ${prefix}iB (powers of 1024)`
          : `Write ${number} B`,
      };
    }
    return {
      problem: `"${text}" may mean bits or bytes per second`,
      hint: `Write ${number} ${prefix === "K" ? "k" : prefix}bit/s for bits, or ${number} ${prefix}B/s for bytes`,
    };
  }
  if (dimension === "duration" && /^m$/i.test(name)) {
    return {
      problem: `"${text}" may mean minutes or milliseconds`,
      hint: `Write ${number} min or ${number} ms`,
    };
  }
  if (dimension === "size" && /^[kmgt]i?$/i.test(name)) {
    const prefix = (name[0] as string).toUpperCase();
    return {
      problem: `"${text}" lacks its unit`,
      hint: `Write ${number} ${prefix}iB or ${number} ${prefix}B`,
    };
  }
  const near = nearest(
    name,
    units[dimension].map((one) => one.name),
  );
  const known = units[dimension].map((one) => one.name).join(", ");
  return {
    problem: `"${name}" in "${text}" is not a unit of ${what[dimension]}`,
    hint: `${near === undefined ? "" : `Did you mean ${near}? `}Known units: ${known}`,
  };
}

/** The dimensions in words. */
export const what: Readonly<Record<Dimension, string>> = {
  size: "size",
  rate: "rate",
  duration: "time",
  frequency: "peers per time",
};
