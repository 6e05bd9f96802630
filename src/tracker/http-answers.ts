import {
  asBytes,
  asDictionary,
  asInteger,
  asList,
  type Bencodable,
  type BencodeDictionary,
  BencodeError,
  type BencodeValue,
  decodeBencodePrefix,
  encodeBencode,
} from "../core/bencode.ts";
import { bytesToHex } from "../core/bytes.ts";
import { compactLength, readCompactPeers } from "../core/compact-peers.ts";
import type { Endpoint } from "../core/endpoint.ts";
import { bytesToIp, plainIpBytes } from "../core/ip-address.ts";
import type { ScrapeCounts } from "./announce.ts";
import { ID_LENGTH, type TrackerAnswer } from "./announce-parameters.ts";
import { peopleText } from "./people-text.ts";
import { TrackerError } from "./tracker-error.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** For a tracker that says none: mainline 4.x reannounce_interval. */
const DEFAULT_INTERVAL = 30 * MINUTE;

/** Levels in an answer: a dictionary, of lists, of dictionaries. More leave room for what others add. */
const MAX_DEPTH = 10;

/** Peers that are read of an answer: ten times what trackers send at most. */
const MAX_PEERS = 2000;

/** RFC 1123, 2.1, without the final dot. */
const MAX_HOST_NAME = 253;

/** What a tracker answered to an announce. Throws a TrackerError: its failure reason, or that these bytes are no answer. */
export function readAnnounceAnswer(bytes: Uint8Array): TrackerAnswer {
  const answer = readAnswer(bytes);
  const interval = numberOf(answer.get("interval")) ?? DEFAULT_INTERVAL / SECOND;
  const minInterval = numberOf(answer.get("min interval"));
  const warning = asBytes(answer.get("warning message"));
  const external = asBytes(answer.get("external ip"));
  const peers = answer.get("peers");
  return {
    interval: interval * SECOND,
    minInterval: minInterval === undefined ? undefined : minInterval * SECOND,
    trackerId: asBytes(answer.get("tracker id")),
    warning: warning && peopleText(warning),
    complete: numberOf(answer.get("complete")),
    incomplete: numberOf(answer.get("incomplete")),
    peers: [
      ...(peers instanceof Uint8Array ? compactPeers(peers, "IPv4") : listedPeers(peers)),
      ...compactPeers(asBytes(answer.get("peers6")) ?? new Uint8Array(), "IPv6"),
    ],
    externalIp: external?.length === 4 || external?.length === 16 ? bytesToIp(external) : undefined,
  };
}

/** What a tracker counted, by infohash in hexadecimal. Throws a TrackerError. */
export function readScrapeAnswer(bytes: Uint8Array): ReadonlyMap<string, ScrapeCounts> {
  const files = asDictionary(readAnswer(bytes).get("files"));
  if (files === undefined) throw new TrackerError("it sent a scrape without counts");
  const counts = new Map<string, ScrapeCounts>();
  for (const [name, value] of files) {
    const file = asDictionary(value);
    if (name.length !== ID_LENGTH || file === undefined) continue;
    const count = (key: string) => numberOf(file.get(key)) ?? 0;
    const infohash = bytesToHex(Uint8Array.from(name, (character) => character.charCodeAt(0)));
    counts.set(infohash, {
      complete: count("complete"),
      incomplete: count("incomplete"),
      downloaded: count("downloaded"),
    });
  }
  return counts;
}

function readAnswer(bytes: Uint8Array): BencodeDictionary {
  const answer = decoded(bytes);
  const reason = asBytes(answer.get("failure reason"));
  if (reason === undefined) return answer;
  const message = peopleText(reason) || "it refused, without a reason";
  throw new TrackerError(message, { retryIn: retryOf(answer), isRefusal: true });
}

function decoded(bytes: Uint8Array): BencodeDictionary {
  try {
    // Some end it with a line feed.
    const answer = asDictionary(decodeBencodePrefix(bytes, { maxDepth: MAX_DEPTH }).value);
    if (answer !== undefined) return answer;
  } catch (error) {
    if (!(error instanceof BencodeError)) throw error;
  }
  const [first] = bytes;
  if (first === undefined) throw new TrackerError("it sent an empty answer");
  const isPage = first === "<".charCodeAt(0);
  throw new TrackerError(
    `it sent ${isPage ? "a web page" : "something"} that is no tracker's answer`,
  );
}

/** BEP 31: minutes, as a number or as text, or "never". */
function retryOf(answer: BencodeDictionary): number | undefined {
  const value = answer.get("retry in");
  if (value instanceof Uint8Array && peopleText(value) === "never") return Number.POSITIVE_INFINITY;
  const minutes = numberOf(value);
  return minutes === undefined ? undefined : minutes * MINUTE;
}

/** A number that is not negative; some trackers write them as text. */
function numberOf(value: BencodeValue | undefined): number | undefined {
  let number = asInteger(value);
  if (value instanceof Uint8Array) {
    const text = peopleText(value);
    if (/^\d{1,9}$/.test(text)) number = Number(text);
  }
  return number !== undefined && number >= 0 ? number : undefined;
}

function compactPeers(bytes: Uint8Array, family: "IPv4" | "IPv6"): Endpoint[] {
  return readCompactPeers(bytes.subarray(0, MAX_PEERS * compactLength[family]), family);
}

/** BEP 3's form: a dictionary for each peer. Whatever is no peer is left out. */
function listedPeers(value: BencodeValue | undefined): Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const item of asList(value)?.slice(0, MAX_PEERS) ?? []) {
    const peer = asDictionary(item);
    const host = asBytes(peer?.get("ip"));
    const port = numberOf(peer?.get("port"));
    if (host === undefined || port === undefined || port > 65_535) continue;
    const text = peopleText(host);
    const bytes = plainIpBytes(text);
    if (bytes !== undefined) endpoints.push({ host: bytesToIp(bytes), port });
    else if (isHostName(text)) endpoints.push({ host: text, port });
  }
  return endpoints;
}

/** RFC 1123, 2.1: letters, digits, hyphens and dots; a name that ends in a number is an address that was written wrongly. */
function isHostName(text: string): boolean {
  return text.length <= MAX_HOST_NAME && /^(?:[a-z\d-]+\.)*[a-z][a-z\d-]*$/i.test(text);
}

/** What a tracker tells in an announce's answer. Times in s. */
export interface AnnounceTerms {
  readonly interval: number;
  readonly minInterval: number;
  readonly complete: number;
  readonly incomplete: number;
  /** BEP 24: 4 or 16 bytes. */
  readonly externalIp: Uint8Array;
}

/** BEP 23, BEP 7: an answer with peers as compact strings. */
export function writeCompactAnswer(
  terms: AnnounceTerms,
  peers: Uint8Array,
  peers6: Uint8Array,
): Uint8Array {
  return encodeBencode({
    ...termsOf(terms),
    peers,
    peers6: peers6.length === 0 ? undefined : peers6,
  });
}

/** A peer of a list. */
export interface ListedPeer extends Endpoint {
  /** 20 bytes; undefined where they are not wanted. */
  readonly peerId: Uint8Array | undefined;
}

/** BEP 3: an answer with a dictionary for each peer. */
export function writeListAnswer(terms: AnnounceTerms, peers: readonly ListedPeer[]): Uint8Array {
  return encodeBencode({
    ...termsOf(terms),
    peers: peers.map(({ host, port, peerId }) => ({ ip: host, "peer id": peerId, port })),
  });
}

/** BEP 3, BEP 31; `retryIn` in min. */
export function writeFailure(reason: string, retryIn?: number): Uint8Array {
  return encodeBencode({ "failure reason": reason, "retry in": retryIn });
}

/** BEP 48: what was counted of each infohash; one that nobody announced is left out. */
export function writeScrape(
  counts: readonly (readonly [infohash: Uint8Array, counts: ScrapeCounts])[],
): Uint8Array {
  const files = new Map<string, Bencodable>();
  for (const [infohash, { complete, downloaded, incomplete }] of counts) {
    files.set(String.fromCharCode(...infohash), { complete, downloaded, incomplete });
  }
  return encodeBencode({ files });
}

function termsOf(terms: AnnounceTerms) {
  const { interval, minInterval, complete, incomplete, externalIp } = terms;
  return {
    interval,
    "min interval": minInterval,
    complete,
    incomplete,
    "external ip": externalIp,
  };
}
