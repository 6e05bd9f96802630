import { asciiToBytes } from "../core/bytes.ts";
import { textToUtf8 } from "../core/utf8.ts";
import type { AnnounceFailure } from "./announce.ts";
import { type AnnounceParameters, ID_LENGTH } from "./announce-parameters.ts";
import { percentDecode, percentEncode } from "./percent.ts";

/** The address to ask for an announce (BEP 3, BEP 7, BEP 23): the tracker's, and what there is to say. */
export function announceUrl(tracker: string, parameters: AnnounceParameters): string {
  const { event, wanted, key, trackerId, ip } = parameters;
  const pairs = [
    ["info_hash", percentEncode(parameters.infohash)],
    ["peer_id", percentEncode(parameters.peerId)],
    ["port", parameters.port],
    ["uploaded", parameters.uploaded],
    ["downloaded", parameters.downloaded],
    ["left", parameters.left],
    ["compact", 1],
    ["no_peer_id", 1],
    ["event", event === "none" ? undefined : event],
    ["numwant", wanted],
    ["key", key?.toString(16).toUpperCase().padStart(8, "0")],
    ["trackerid", trackerId && percentEncode(trackerId)],
    ["ip", ip && percentEncode(textToUtf8(ip))],
  ].filter(([, value]) => value !== undefined);
  return withQuery(tracker, pairs.map(([name, value]) => `${name}=${value}`).join("&"));
}

/**
 * The address to ask for a scrape. By BEP 48 it is that for announces with `scrape` in the place of `announce`, which its last
 * part begins with; undefined for a tracker that has no such part.
 */
export function scrapeUrl(tracker: string, infohashes: readonly Uint8Array[]): string | undefined {
  const [, before = "", rest = ""] = announcePath.exec(tracker) ?? [];
  if (before === "") return undefined;
  const asked = infohashes.map((infohash) => `info_hash=${percentEncode(infohash)}`).join("&");
  return withQuery(`${before}scrape${rest}`, asked);
}

/** What is before the `announce` that the last part of the path begins with, and what is behind it. */
const announcePath = /^(\w+:\/\/[^/?#]+(?:\/[^?#]*)?\/)announce([^/?#]*(?:\?[^#]*)?)(?=#|$)/;

/** A tracker's address may have a query of its own, such as a pass key. */
function withQuery(url: string, query: string): string {
  const [address = ""] = url.split("#", 1);
  if (!address.includes("?")) return `${address}?${query}`;
  return /[?&]$/.test(address) ? `${address}${query}` : `${address}&${query}`;
}

/** An announce as a tracker reads it. */
export interface AnnounceQuery {
  readonly parameters: AnnounceParameters;
  /** BEP 23: whoever does not say `compact=0` gets the compact form. */
  readonly isCompact: boolean;
  /** BEP 3: in the other form every peer comes with its id, unless `no_peer_id`. */
  readonly wantsPeerIds: boolean;
}

/** Characters of a query that are read: an announce has some 400, a scrape of 74 infohashes 5,400. */
const MAX_QUERY = 8192;

/** Infohashes that are counted in one scrape, as many as over UDP. */
const MAX_SCRAPE = 74; // BEP 15

/** For who does not say what it lacks: too much to be a seeder. */
const UNKNOWN_LEFT = Number.MAX_SAFE_INTEGER;

/** What a client said behind the question mark, or why that is no announce. */
export function readAnnounceQuery(query: string): AnnounceQuery | AnnounceFailure {
  const fields = readQuery(query);
  if ("failure" in fields) return fields;
  const infohash = readId(fields, "info_hash");
  if (typeof infohash === "string") return { failure: infohash };
  const peerId = readId(fields, "peer_id");
  if (typeof peerId === "string") return { failure: peerId };
  const port = readInteger(fields.get("port")) ?? 0;
  if (port < 1 || port > 65_535) return { failure: "port must be 1 to 65535" };
  const event = fields.get("event");
  const trackerId = fields.get("trackerid");
  const parameters: AnnounceParameters = {
    infohash,
    peerId,
    port,
    uploaded: readInteger(fields.get("uploaded")) ?? 0,
    downloaded: readInteger(fields.get("downloaded")) ?? 0,
    left: readInteger(fields.get("left")) ?? UNKNOWN_LEFT,
    // BEP 21's `paused`, and what may come, is a sign of life.
    event: event === "started" || event === "completed" || event === "stopped" ? event : "none",
    wanted: readInteger(fields.get("numwant")),
    key: undefined,
    trackerId: trackerId === undefined ? undefined : asciiToBytes(trackerId),
    ip: fields.get("ip"),
  };
  return {
    parameters,
    isCompact: fields.get("compact") !== "0",
    wantsPeerIds: fields.get("no_peer_id") !== "1",
  };
}

/** The infohashes that a scrape asks about, or why it is none. */
export function readScrapeQuery(query: string): readonly Uint8Array[] | AnnounceFailure {
  if (query.length > MAX_QUERY) return { failure: "the query is too long" };
  const infohashes: Uint8Array[] = [];
  for (const pair of query.split("&")) {
    if (!pair.startsWith("info_hash=")) continue;
    const infohash = asId("info_hash", percentDecode(pair.slice("info_hash=".length)));
    if (typeof infohash === "string") return { failure: infohash };
    infohashes.push(infohash);
  }
  if (infohashes.length === 0) return { failure: "a scrape must name its torrents by info_hash" };
  if (infohashes.length > MAX_SCRAPE)
    return { failure: `at most ${MAX_SCRAPE} torrents at a time` };
  return infohashes;
}

/** Of a name that stands more than once the first counts. */
function readQuery(query: string): ReadonlyMap<string, string> | AnnounceFailure {
  if (query.length > MAX_QUERY) return { failure: "the query is too long" };
  const fields = new Map<string, string>();
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    if (equals === -1) continue;
    const name = pair.slice(0, equals);
    const value = percentDecode(pair.slice(equals + 1));
    if (value !== undefined && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

function readId(fields: ReadonlyMap<string, string>, name: string): Uint8Array | string {
  return asId(name, fields.get(name));
}

/** The bytes, or what is wrong with them. */
function asId(name: string, text: string | undefined): Uint8Array | string {
  if (text === undefined) return `${name} is missing, or wrongly escaped`;
  if (text.length === ID_LENGTH) return asciiToBytes(text);
  return `${name} must have ${ID_LENGTH} bytes, and has ${text.length}`;
}

/** A number that is not negative; of one beyond what can be counted the most that can. */
function readInteger(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,20}$/.test(text)) return undefined;
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}
