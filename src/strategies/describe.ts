/** Name, message and, where the engine tells, the line of what was thrown. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return show(error);
  const frame = /^\s+at (?:.*\()?(\S+?:\d+:\d+)\)?$/m.exec(error.stack ?? "")?.[1];
  const line = frame === undefined || frame.startsWith("data:") ? "" : ` (at ${frame})`;
  return `${error.name}: ${error.message}${line}`;
}

/** A value as a message names it, cut short. */
export function show(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (value instanceof Promise) return "a promise (strategies are not async)";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "object" && value !== null) {
    return `an object with ${Object.keys(value).slice(0, 5).join(", ") || "nothing in it"}`;
  }
  return String(value);
}
