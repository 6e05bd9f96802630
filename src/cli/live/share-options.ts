import { isIP } from "node:net";
import type { Endpoint } from "../../core/endpoint.ts";
import { nearest } from "../../core/nearest.ts";
import { type ProfileName, profiles } from "../../engine/profiles.ts";
import { readQuantity } from "../../scenario/read-quantity.ts";
import { InputError } from "../exit-codes.ts";

/** What `sim seed` and `sim download` are given, as the command line has it. */
export interface ShareOptions {
  /** Download directory. */
  readonly out?: string;
  readonly seedRatio?: string;
  readonly port?: string;
  readonly host?: string;
  /** HOST:PORT. */
  readonly peer: readonly string[];
  /** False: no tracker is asked. */
  readonly trackers: boolean;
  /** Instead of the torrent's own. */
  readonly announce: readonly string[];
  readonly choker?: string;
  readonly picker?: string;
  readonly profile?: string;
  readonly upLimit?: string;
  readonly downLimit?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Today's clients are nearer to it than to the reference client, whose 20-year-old limits the simulator has by default. */
export const liveProfile: ProfileName = "libtorrent-2";

/** Where BitTorrent clients listen by custom (BEP 3: 6881 to 6889). */
const FIRST_PORT = 6881;

export function portOf(text: string | undefined): number {
  if (text === undefined) return FIRST_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InputError(
    `--port ${text}: expected a number from 1 to 65535, or 0 for any free port.`,
  );
}

export function hostOf(text: string | undefined): string | undefined {
  if (text === undefined || isIP(text) !== 0) return text;
  throw new InputError(`--host ${text}: expected an address of this machine, as in 127.0.0.1.`);
}

export function peersOf(texts: readonly string[]): Endpoint[] {
  return texts.map((text) => {
    const [, v6, name, digits = ""] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
    const host = v6 ?? name;
    const port = Number(digits);
    if (host === undefined || port < 1 || port > 65_535 || (v6 !== undefined && isIP(v6) !== 6)) {
      throw new InputError(
        `--peer ${text}: expected HOST:PORT, as in 192.0.2.1:6881 or [2001:db8::1]:6881.`,
      );
    }
    return { host, port };
  });
}

/** Bytes per second; Infinity when nothing is given. */
export function rateOf(option: string, text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const reading = readQuantity("rate", text);
  if (reading.problem !== undefined) {
    throw new InputError(`${option} ${text}: ${reading.problem}. ${reading.hint}.`);
  }
  if (reading.value <= 0) throw new InputError(`${option} ${text}: must be above 0.`);
  return reading.value;
}

/** Undefined when nothing is given. */
export function ratioOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ratio = Number(text);
  if (text.trim() !== "" && ratio >= 0) return ratio;
  throw new InputError(
    `--seed-ratio ${text}: expected uploaded bytes over the torrent's size, as in 1.5.`,
  );
}

export function profileOf(text: string | undefined): ProfileName {
  if (text === undefined) return liveProfile;
  if (Object.hasOwn(profiles, text)) return text as ProfileName;
  const names = Object.keys(profiles);
  const near = nearest(text, names);
  const hint = near === undefined ? `There are ${names.join(", ")}.` : `Did you mean ${near}?`;
  throw new InputError(`--profile ${text}: there is no such profile. ${hint}`);
}
