import type { Comparison, GroupResult } from "../../compare/comparison.ts";
import type { SpeedUp } from "../../compare/speed-up.ts";
import { elapsed, rate, ratio, significant } from "../units.ts";
import { leecherGroups } from "./variant-scale.ts";

/** The rows of one group of peers: a variant each, its name first. */
export interface GroupTable {
  readonly group: string;
  readonly rows: readonly (readonly string[])[];
}

export const comparisonHeader = [
  "variant",
  "peers",
  "unfinished",
  "half within",
  "95 % within",
  "download",
  "share ratio",
  "Jain index",
  "uplink use",
  "speed-up",
] as const;

/** The header as 100 columns have room for it. */
export const shortComparisonHeader = [
  "",
  "peers",
  "unfinished",
  "p50",
  "p95",
  "download",
  "ratio",
  "Jain",
  "uplink",
  "speed-up",
] as const;

/** A table a group: means over the seeds, and the speed-up. Seeders come last, and have few numbers. */
export function comparisonTables(comparison: Comparison): GroupTable[] {
  const leechers = leecherGroups(comparison).map(({ group }) => group);
  const seeders = (comparison.variants[0]?.groups ?? []).filter(({ role }) => role === "seeder");
  return [...leechers, ...seeders.map(({ group }) => group)].map((name) => ({
    group: name,
    rows: comparison.variants.map((variant, at) => {
      const own = variant.groups.find(({ group }) => group === name) as GroupResult;
      return [variant.name, ...cells(own, at === 0)];
    }),
  }));
}

function cells({ mean, role, speedUp }: GroupResult, isFirst: boolean): string[] {
  const isSeeding = role === "seeder";
  const isMeasure = isFirst && mean.medianSeconds !== null;
  const speed = isMeasure ? "1" : speedUp === null ? "–" : speedText(speedUp);
  return [
    count(mean.peers),
    isSeeding ? "–" : count(mean.notCompleted),
    time(mean.medianSeconds),
    time(mean.p95Seconds),
    mean.downloadBytesPerSecond === null ? "–" : rate(mean.downloadBytesPerSecond),
    ratio(mean.shareRatio),
    ratio(mean.jainIndex),
    mean.uplinkUtilisation === null ? "–" : `${(mean.uplinkUtilisation * 100).toFixed(0)} %`,
    isSeeding ? "–" : speed,
  ];
}

/** `1.05 (1.02–1.08)`. */
export function speedText({ mean, interval }: SpeedUp): string {
  if (interval === null) return ratio(mean);
  return `${ratio(mean)} (${ratio(interval.low)}–${ratio(interval.high)})`;
}

function time(seconds: number | null): string {
  return seconds === null ? "–" : elapsed(seconds);
}

/** A mean of counts: whole where it is. */
function count(value: number): string {
  const text = value >= 1000 || Number.isInteger(value) ? String(Math.round(value)) : "";
  return text === "" ? String(significant(value, 3)) : text.replace(/\B(?=(\d{3})+$)/g, ",");
}
