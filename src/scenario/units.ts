/** What people write units for. Inside: bytes, bytes per second, ms, and events per ms. */
export type Dimension = "size" | "rate" | "duration" | "frequency";

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

/** The dimensions in words, after "a unit of". */
export const what: Readonly<Record<Dimension, string>> = {
  size: "size",
  rate: "rate",
  duration: "time",
  frequency: "peers per time",
};

/** The dimensions in words, after "must be". */
export const article: Readonly<Record<Dimension, string>> = {
  size: "a size",
  rate: "a rate",
  duration: "a time",
  frequency: "a number of peers per time",
};

/** The unit that is called so, of the dimension. */
export function unitCalled(dimension: Dimension, name: string): Unit | undefined {
  return units[dimension].find((one) => one.name === name || one.also.includes(name));
}

/** A regular expression's source for what `readQuantity` takes. */
export function patternOf(dimension: Dimension): string {
  const names = units[dimension].flatMap(({ name, also }) => [name, ...also]);
  // The longest first, and any run of spaces within a unit or around its slash.
  const words = names
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(" ", " +").replace("/", " */ *"));
  return `^ *\\+?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)? *(${words.join("|")}) *$`;
}

function unit(name: string, factor: number, divisor = 1, ...also: string[]): Unit {
  return { name, factor, divisor, also };
}
