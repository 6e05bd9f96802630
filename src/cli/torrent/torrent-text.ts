import { bytesToHex } from "../../core/bytes.ts";
import { counted, grouped, size } from "../../report/units.ts";
import { formatQuantity } from "../../scenario/format-units.ts";
import type { Metainfo } from "../../torrent/metainfo.ts";
import { textTable } from "../text-table.ts";

/** A torrent file as `--json` prints it: bytes, and seconds since 1970. */
export function torrentJson(metainfo: Metainfo): Record<string, unknown> {
  const { name, pieceLength, isPrivate, trackers, comment, createdBy, createdAt } = metainfo;
  return {
    name,
    infohash: bytesToHex(metainfo.infohash),
    size: metainfo.size,
    pieceLength,
    pieces: pieceCount(metainfo),
    private: isPrivate,
    trackers,
    comment: comment ?? null,
    createdBy: createdBy ?? null,
    createdAt: createdAt ?? null,
    symlinks: metainfo.symlinks,
    files: metainfo.files.map(({ path, length, isPadding }) => ({
      path: path.join("/"),
      length,
      ...(isPadding && { padding: true }),
    })),
  };
}

/** What a torrent file says, but for its files. */
export function headText(metainfo: Metainfo, bold: (text: string) => string): string {
  const { files, trackers, comment, symlinks } = metainfo;
  const real = files.filter(({ isPadding }) => !isPadding);
  const padding = files.filter(({ isPadding }) => isPadding);
  const rows: [string, string][] = [
    ["infohash", bytesToHex(metainfo.infohash)],
    ["size", `${sizeText(totalOf(real))} in ${counted(real.length, "file")}`],
    [
      "pieces",
      `${grouped(pieceCount(metainfo))} of ${formatQuantity("size", metainfo.pieceLength)}`,
    ],
  ];
  if (padding.length > 0) rows.push(["padding", sizeText(totalOf(padding))]);
  if (symlinks > 0) rows.push(["left out", counted(symlinks, "symbolic link")]);
  rows.push(["private", metainfo.isPrivate ? "yes" : "no"]);
  if (trackers.length === 0) rows.push(["trackers", "none"]);
  trackers.forEach((tier, at) => {
    rows.push([at === 0 ? "trackers" : "", tier.join(", ")]);
  });
  if (comment !== undefined) rows.push(["comment", comment]);
  const made = madeText(metainfo);
  if (made !== "") rows.push(["created", made]);
  const lines = rows.map(([name, value]) => `${name.padEnd(8)}  ${plain(value)}\n`);
  return `${bold(plain(metainfo.name))}\n${lines.join("")}`;
}

/** A table of the files, without padding. */
export function filesText({ files }: Metainfo, bold: (text: string) => string): string {
  const rows = files
    .filter(({ isPadding }) => !isPadding)
    .map(({ path, length }) => [plain(path.join("/")), grouped(length)]);
  return textTable(["File", "Bytes"], rows, bold);
}

/** Text of others without what a terminal would act on, or show in another order. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ");
}

/** `1.23 GiB (1,320,702,444 bytes)`. */
function sizeText(bytes: number): string {
  return bytes < 1000 ? counted(bytes, "byte") : `${size(bytes)} (${grouped(bytes)} bytes)`;
}

function madeText({ createdAt, createdBy }: Metainfo): string {
  const date = createdAt === undefined ? undefined : new Date(createdAt * 1000);
  // A date beyond the year 275760 is none.
  const isDate = date !== undefined && !Number.isNaN(date.getTime());
  const time = isDate ? `${date.toISOString().slice(0, 19).replace("T", " ")} UTC` : "";
  return [time, createdBy === undefined ? "" : `by ${createdBy}`].join(" ").trim();
}

function pieceCount({ pieceHashes }: Metainfo): number {
  return pieceHashes.length / 20;
}

function totalOf(files: readonly { readonly length: number }[]): number {
  return files.reduce((sum, { length }) => sum + length, 0);
}
