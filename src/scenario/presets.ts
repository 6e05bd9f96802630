import {
  type AccessClass,
  bharambe2006Gnutella,
  bharambe2006Thirds,
  bharambe2006Trace,
  piatek2007Upload,
} from "../theory/capacities.ts";
import type { Distribution } from "./scenario.ts";

/** Published distributions of capacities, by the name that scenarios have for them. Bytes per second. */
export const capacityPresets = {
  piatek2007: { kind: "table", points: piatek2007Upload, interpolation: "logarithmic" },
} as const satisfies Readonly<Record<string, Distribution>>;

/** Published access links: both directions of one link belong together. */
export const linkPresets = {
  bharambe2006: bharambe2006Thirds.map(inBytes),
  "bharambe2006-trace": bharambe2006Trace.map(inBytes),
  "bharambe2006-gnutella": bharambe2006Gnutella.map(inBytes),
} as const satisfies Readonly<Record<string, readonly AccessLink[]>>;

/** An access link of so many peers, in bytes per second. */
export interface AccessLink {
  readonly upload: number;
  readonly download: number;
  readonly weight: number;
}

/** The names of a table, for a schema. */
export function namesOf<T extends object>(presets: T): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(presets) as [keyof T & string, ...(keyof T & string)[]];
}

function inBytes({ upload, download, weight }: AccessClass): AccessLink {
  return { upload: upload / 8, download: download / 8, weight };
}
