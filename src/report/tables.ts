import type { AvailabilityRow, PeerRow, RunResult, SampleRow } from "../metrics/results.ts";

type Cell = string | number | null;

/** What a column holds: that with a question mark may be empty, and a limit is Infinity where there is none. */
export type ColumnType = "number" | "number?" | "limit?" | "text";

/** The columns of a CSV file: the names of its rows' fields, in order. Names say their units. */
export interface Table<R> {
  readonly file: string;
  readonly columns: { readonly [K in keyof R]-?: ColumnType };
}

export const peersTable: Table<PeerRow> = {
  file: "peers.csv",
  columns: {
    peer: "number",
    class: "text",
    role: "text",
    arrivedSeconds: "number",
    completedSeconds: "number?",
    leftSeconds: "number?",
    completionSeconds: "number?",
    uploadCapacityBytesPerSecond: "limit?",
    downloadCapacityBytesPerSecond: "limit?",
    delayMilliseconds: "number?",
    downloadedBytes: "number",
    uploadedBytes: "number",
    wastedBytes: "number",
    controlBytesSent: "number",
    piecesAtEnd: "number",
  },
};

export const samplesTable: Table<SampleRow> = {
  file: "timeseries.csv",
  columns: {
    timeSeconds: "number",
    class: "text",
    leechers: "number",
    seeders: "number",
    downloadBytesPerSecond: "number",
    uploadBytesPerSecond: "number",
    uplinkUtilisation: "number?",
    downlinkUtilisation: "number?",
  },
};

export const availabilityTable: Table<AvailabilityRow> = {
  file: "availability.csv",
  columns: { timeSeconds: "number", minimum: "number", mean: "number", maximum: "number" },
};

/** Rows as CSV (RFC 4180, but lines end in \n): a header, null as an empty cell, numbers to six decimals. */
export function csv<R extends object>({ columns }: Table<R>, rows: readonly R[]): string {
  const keys = Object.keys(columns) as (keyof R & string)[];
  const lines = rows.map((row) => keys.map((key) => cell(row[key] as Cell)).join(","));
  return [keys.join(","), ...lines, ""].join("\n");
}

/** The rows of a CSV that `csv` wrote; an Error that names the column where it is none. */
export function parseCsv<R extends object>({ file, columns }: Table<R>, text: string): R[] {
  const [header = [], ...lines] = records(text.replace(/^\uFEFF/, "")); // spreadsheets add that mark
  const keys = Object.keys(columns) as (keyof R & string)[];
  const places = keys.map((key) => header.indexOf(key));
  const missing = keys.find((_, at) => places[at] === -1);
  if (missing !== undefined) throw new Error(`${file} has no column "${missing}"`);
  return lines.map((line, number) => {
    const row: Record<string, Cell> = {};
    keys.forEach((key, at) => {
      const value = line[places[at] as number] ?? "";
      const type: ColumnType = columns[key];
      if (type === "text") row[key] = value;
      else if (value === "" && type.endsWith("?")) row[key] = null;
      else if (value === "Infinity" && type === "limit?") row[key] = Number.POSITIVE_INFINITY;
      else row[key] = parsed(value, `${file}:${number + 2} ${key}`);
    });
    return row as R;
  });
}

/** A result as its files have it, so that a run and a later `sim report` draw the very same. */
export function asWritten(result: RunResult): RunResult {
  return {
    summary: result.summary,
    peers: result.peers.map(roundedRow),
    samples: result.samples.map(roundedRow),
    availability: result.availability.map(roundedRow),
  };
}

function roundedRow<R extends object>(row: R): R {
  const cells = Object.entries(row).map(([key, value]) => {
    return [key, typeof value === "number" ? rounded(value) : value];
  });
  return Object.fromEntries(cells) as R;
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(rounded(value));
  return /[",\n\r]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
}

function parsed(value: string, place: string): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number))
    throw new Error(`${place}: expected a number, got "${value}"`);
  return number;
}

/** Lines of cells, quoted or not. */
function records(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^,\n\r]*)(,|\r?\n|$)/g)) {
    const [whole, value = "", end] = match;
    if (whole === "" && line.length === 0) break;
    line.push(value.startsWith('"') ? value.slice(1, -1).replace(/""/g, '"') : value);
    if (end === ",") continue;
    // Editors add empty lines.
    if (line.length > 1 || line[0] !== "") lines.push(line);
    line = [];
  }
  return lines;
}
