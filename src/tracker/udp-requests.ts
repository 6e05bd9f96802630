import type { AnnounceEvent } from "../core/announce.ts";
import {
  asciiToBytes,
  putUint16,
  putUint32,
  putUint64,
  uint16At,
  uint32At,
  uint64At,
} from "../core/bytes.ts";
import { bytesToIp, ipToBytes } from "../core/ip-address.ts";
import { type AnnounceParameters, ID_LENGTH } from "./announce-parameters.ts";

/** What tells the requests and answers of BEP 15 apart. */
export const udpActions = { connect: 0, announce: 1, scrape: 2, error: 3 } as const;

/** Bytes of a connection id. */
export const CONNECTION_ID_LENGTH = 8;

/** Infohashes that one request may ask about (BEP 15: about 74). */
export const MAX_UDP_SCRAPE = 74;

/** A request as a tracker reads it. A connection id is 8 bytes, a transaction 32 bits of the client's choice. */
export type UdpRequest =
  | { readonly action: "connect"; readonly transaction: number }
  | {
      readonly action: "announce";
      readonly transaction: number;
      readonly connectionId: Uint8Array;
      readonly parameters: AnnounceParameters;
      /** BEP 41: path and query of the tracker's address, "" when they are not given. */
      readonly urlData: string;
    }
  | {
      readonly action: "scrape";
      readonly transaction: number;
      readonly connectionId: Uint8Array;
      readonly infohashes: readonly Uint8Array[];
    };

/** BEP 15: the protocol's number, in place of a connection id. */
const PROTOCOL = [0x417, 0x27101980] as const;
const REQUEST_LENGTH = 16;
const ANNOUNCE_LENGTH = 98;
/** BEP 15: in the order of their numbers. */
const events: readonly AnnounceEvent[] = ["none", "completed", "started", "stopped"];
/** BEP 15: the tracker decides. */
const DEFAULT_WANTED = 0xffffffff;
/** BEP 41. */
const options = { end: 0, padding: 1, urlData: 2 } as const;
const MAX_OPTION = 255;

export function writeConnectRequest(transaction: number): Uint8Array {
  const bytes = new Uint8Array(REQUEST_LENGTH);
  putUint32(bytes, 0, PROTOCOL[0]);
  putUint32(bytes, 4, PROTOCOL[1]);
  putHead(bytes, "connect", transaction);
  return bytes;
}

/** `urlData` is path and query of the tracker's address, in ASCII. */
export function writeAnnounceRequest(
  connectionId: Uint8Array,
  transaction: number,
  parameters: AnnounceParameters,
  urlData: string,
): Uint8Array {
  const extra = urlOptions(urlData);
  const bytes = new Uint8Array(ANNOUNCE_LENGTH + extra.length);
  bytes.set(connectionId);
  putHead(bytes, "announce", transaction);
  bytes.set(parameters.infohash, 16);
  bytes.set(parameters.peerId, 36);
  putUint64(bytes, 56, parameters.downloaded);
  putUint64(bytes, 64, parameters.left);
  putUint64(bytes, 72, parameters.uploaded);
  putUint32(bytes, 80, events.indexOf(parameters.event));
  const ip = parameters.ip === undefined ? undefined : ipToBytes(parameters.ip);
  // An IPv6 address has no room here (BEP 15).
  if (ip?.length === 4) bytes.set(ip, 84);
  putUint32(bytes, 88, parameters.key ?? 0);
  putUint32(bytes, 92, parameters.wanted ?? DEFAULT_WANTED);
  putUint16(bytes, 96, parameters.port);
  bytes.set(extra, ANNOUNCE_LENGTH);
  return bytes;
}

export function writeScrapeRequest(
  connectionId: Uint8Array,
  transaction: number,
  infohashes: readonly Uint8Array[],
): Uint8Array {
  const bytes = new Uint8Array(REQUEST_LENGTH + ID_LENGTH * infohashes.length);
  bytes.set(connectionId);
  putHead(bytes, "scrape", transaction);
  for (const [i, infohash] of infohashes.entries()) {
    bytes.set(infohash, REQUEST_LENGTH + ID_LENGTH * i);
  }
  return bytes;
}

/** The request in a packet; undefined for garbage, which gets no answer. */
export function readUdpRequest(bytes: Uint8Array): UdpRequest | undefined {
  if (bytes.length < REQUEST_LENGTH) return undefined;
  const transaction = uint32At(bytes, 12);
  switch (uint32At(bytes, 8)) {
    case udpActions.connect: {
      const isOurs = uint32At(bytes, 0) === PROTOCOL[0] && uint32At(bytes, 4) === PROTOCOL[1];
      return isOurs ? { action: "connect", transaction } : undefined;
    }
    case udpActions.announce:
      return readAnnounce(bytes, transaction);
    case udpActions.scrape:
      return readScrape(bytes, transaction);
    default:
      return undefined;
  }
}

function putHead(
  bytes: Uint8Array,
  action: "connect" | "announce" | "scrape",
  transaction: number,
) {
  putUint32(bytes, 8, udpActions[action]);
  putUint32(bytes, 12, transaction);
}

function readAnnounce(bytes: Uint8Array, transaction: number): UdpRequest | undefined {
  if (bytes.length < ANNOUNCE_LENGTH) return undefined;
  const urlData = readUrlData(bytes);
  if (urlData === undefined) return undefined;
  const wanted = uint32At(bytes, 92) | 0;
  const ip = bytes.subarray(84, 88);
  const parameters: AnnounceParameters = {
    infohash: bytes.slice(16, 36),
    peerId: bytes.slice(36, 56),
    downloaded: uint64At(bytes, 56),
    left: uint64At(bytes, 64),
    uploaded: uint64At(bytes, 72),
    // BEP 21's `paused`, and what may come, is a sign of life.
    event: events[uint32At(bytes, 80)] ?? "none",
    ip: ip.every((byte) => byte === 0) ? undefined : bytesToIp(ip),
    key: uint32At(bytes, 88),
    wanted: wanted < 0 ? undefined : wanted,
    port: uint16At(bytes, 96),
  };
  return { action: "announce", transaction, connectionId: idOf(bytes), parameters, urlData };
}

function readScrape(bytes: Uint8Array, transaction: number): UdpRequest | undefined {
  const count = Math.floor((bytes.length - REQUEST_LENGTH) / ID_LENGTH);
  if (count === 0 || count > MAX_UDP_SCRAPE) return undefined;
  const infohashes = [...Array(count).keys()].map((i) => {
    const at = REQUEST_LENGTH + ID_LENGTH * i;
    return bytes.slice(at, at + ID_LENGTH);
  });
  return { action: "scrape", transaction, connectionId: idOf(bytes), infohashes };
}

function idOf(bytes: Uint8Array): Uint8Array {
  return bytes.slice(0, CONNECTION_ID_LENGTH);
}

/** BEP 41: as many options as the text needs; none where there is no text. */
function urlOptions(urlData: string): Uint8Array {
  const text = asciiToBytes(urlData);
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += MAX_OPTION) {
    const part = text.subarray(at, at + MAX_OPTION);
    bytes.push(options.urlData, part.length, ...part);
  }
  return Uint8Array.from(bytes);
}

/** BEP 41: the text of all options that hold some; undefined when one is cut off. */
function readUrlData(bytes: Uint8Array): string | undefined {
  let text = "";
  let at = ANNOUNCE_LENGTH;
  while (at < bytes.length) {
    const option = bytes[at++];
    if (option === options.end) break;
    if (option === options.padding) continue;
    const length = bytes[at++];
    if (length === undefined || at + length > bytes.length) return undefined;
    if (option === options.urlData) {
      text += String.fromCharCode(...bytes.subarray(at, at + length));
    }
    at += length;
  }
  return text;
}
