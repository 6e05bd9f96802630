/** People's units. Inside, and in the files, times are seconds, sizes bytes and rates bytes per second. */
export interface Unit {
  /** As an axis says it. */
  readonly name: string;
  /** One of this unit in the unit used inside. */
  readonly size: number;
}

/** The unit for durations up to `seconds`. */
export function timeUnit(seconds: number): Unit {
  if (seconds <= 180) return { name: "s", size: 1 };
  if (seconds <= 3 * 3600) return { name: "min", size: 60 };
  return { name: "h", size: 3600 };
}

/** The unit for rates up to `bytesPerSecond`. */
export function rateUnit(bytesPerSecond: number): Unit {
  if (bytesPerSecond < 125_000) return { name: "kbit/s", size: 125 };
  if (bytesPerSecond < 125_000_000) return { name: "Mbit/s", size: 125_000 };
  return { name: "Gbit/s", size: 125_000_000 };
}

/** A value in a unit, to five digits: enough to draw, and short in a spec. */
export function inUnit(value: number, unit: Unit): number {
  return significant(value / unit.size, 5);
}

/** A number to so many significant digits. */
export function significant(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** `0:07`, `12:34` or `1:02:03`: minutes and seconds, with hours where there are any. */
export function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const tail = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** A time in a table: `0.253 s`, `17.4 s`, from a minute on `12:34` or `1:02:03`. */
export function elapsed(seconds: number): string {
  if (seconds >= 60) return clockTime(seconds);
  if (seconds < 1) return `${significant(seconds, 3)} s`;
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

/** For a sentence: `0.25 s`, `42 s`, `12.3 min`, `5.0 h`. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${significant(seconds, 2)} s`;
  const unit = timeUnit(seconds);
  const value = seconds / unit.size;
  const digits = unit.size === 1 && value >= 10 ? 0 : 1;
  return `${value.toFixed(digits)} ${unit.name}`;
}

/** `950 kbit/s`, `7.62 Mbit/s`: three digits. */
export function rate(bytesPerSecond: number): string {
  const unit = rateUnit(bytesPerSecond);
  return `${significant(bytesPerSecond / unit.size, 3)} ${unit.name}`;
}

/** `950 B`, `1.23 GiB`: three digits, of bytes all. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const names = ["KiB", "MiB", "GiB"];
  let value = bytes / 1024;
  let name = 0;
  for (; value >= 1024 && name < names.length; name++) value /= 1024;
  return `${significant(value, 3)} ${names[name] ?? "TiB"}`;
}

/** `1,048` as it reads best, whatever the machine's language. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 peer`, `2 peers`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A ratio with two decimals; a dash for none. */
export function ratio(value: number | null): string {
  return value === null ? "–" : value.toFixed(2);
}
