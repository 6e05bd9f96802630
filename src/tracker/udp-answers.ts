import { putUint32, uint32At } from "../core/bytes.ts";
import { type AddressFamily, readCompactPeers } from "../core/compact-peers.ts";
import type { Endpoint } from "../core/endpoint.ts";
import type { ScrapeCounts } from "./announce.ts";
import { peopleText } from "./people-text.ts";
import { CONNECTION_ID_LENGTH, udpActions } from "./udp-requests.ts";

/** What a tracker says of a swarm in an announce's answer. */
export interface UdpTerms {
  /** Seconds. */
  readonly interval: number;
  readonly leechers: number;
  readonly seeders: number;
}

/** An answer as a client reads it. */
export type UdpAnswer =
  | { readonly action: "connect"; readonly transaction: number; readonly connectionId: Uint8Array }
  | {
      readonly action: "announce";
      readonly transaction: number;
      readonly terms: UdpTerms;
      readonly peers: readonly Endpoint[];
    }
  | {
      readonly action: "scrape";
      readonly transaction: number;
      /** In the order of the infohashes that were asked about. */
      readonly counts: readonly ScrapeCounts[];
    }
  /** Also what a packet is that ends too early, or whose action there is not. */
  | { readonly action: "error"; readonly transaction: number; readonly message: string };

const HEAD_LENGTH = 8;
const TERMS_LENGTH = 20;
const COUNTS_LENGTH = 12;

export function writeConnectAnswer(transaction: number, connectionId: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD_LENGTH + CONNECTION_ID_LENGTH);
  putHead(bytes, "connect", transaction);
  bytes.set(connectionId, HEAD_LENGTH);
  return bytes;
}

/** `peers` is the compact string of the family that the client asked over. */
export function writeAnnounceAnswer(
  transaction: number,
  { interval, leechers, seeders }: UdpTerms,
  peers: Uint8Array,
): Uint8Array {
  const bytes = new Uint8Array(TERMS_LENGTH + peers.length);
  putHead(bytes, "announce", transaction);
  putUint32(bytes, 8, interval);
  putUint32(bytes, 12, leechers);
  putUint32(bytes, 16, seeders);
  bytes.set(peers, TERMS_LENGTH);
  return bytes;
}

export function writeScrapeAnswer(
  transaction: number,
  counts: readonly ScrapeCounts[],
): Uint8Array {
  const bytes = new Uint8Array(HEAD_LENGTH + COUNTS_LENGTH * counts.length);
  putHead(bytes, "scrape", transaction);
  for (const [i, { complete, downloaded, incomplete }] of counts.entries()) {
    const at = HEAD_LENGTH + COUNTS_LENGTH * i;
    putUint32(bytes, at, complete);
    putUint32(bytes, at + 4, downloaded);
    putUint32(bytes, at + 8, incomplete);
  }
  return bytes;
}

/** `message` in ASCII. */
export function writeErrorAnswer(transaction: number, message: string): Uint8Array {
  const bytes = new Uint8Array(HEAD_LENGTH + message.length);
  putHead(bytes, "error", transaction);
  for (let i = 0; i < message.length; i++) bytes[HEAD_LENGTH + i] = message.charCodeAt(i);
  return bytes;
}

/**
 * The answer in a packet that came over `family`; undefined when it is too short to say to what it is one. opentracker refuses an
 * infohash with the bare head of an announce's answer: that is an error too.
 */
export function readUdpAnswer(bytes: Uint8Array, family: AddressFamily): UdpAnswer | undefined {
  if (bytes.length < HEAD_LENGTH) return undefined;
  const transaction = uint32At(bytes, 4);
  const error = (message: string): UdpAnswer => ({ action: "error", transaction, message });
  switch (uint32At(bytes, 0)) {
    case udpActions.connect: {
      const end = HEAD_LENGTH + CONNECTION_ID_LENGTH;
      if (bytes.length < end) return error("it sent a connection id that is cut off");
      return { action: "connect", transaction, connectionId: bytes.slice(HEAD_LENGTH, end) };
    }
    case udpActions.announce: {
      if (bytes.length === HEAD_LENGTH) {
        return error("it sent an answer without content; it may not serve this torrent");
      }
      if (bytes.length < TERMS_LENGTH) return error("it sent an answer that is cut off");
      const terms = {
        interval: uint32At(bytes, 8),
        leechers: uint32At(bytes, 12),
        seeders: uint32At(bytes, 16),
      };
      const peers = readCompactPeers(bytes.subarray(TERMS_LENGTH), family);
      return { action: "announce", transaction, terms, peers };
    }
    case udpActions.scrape:
      return { action: "scrape", transaction, counts: countsIn(bytes) };
    case udpActions.error:
      return error(peopleText(bytes.subarray(HEAD_LENGTH)) || "it sent an error without a reason");
    default:
      return error(`it sent an answer of an unknown kind, ${uint32At(bytes, 0)}`);
  }
}

function putHead(bytes: Uint8Array, action: keyof typeof udpActions, transaction: number): void {
  putUint32(bytes, 0, udpActions[action]);
  putUint32(bytes, 4, transaction);
}

function countsIn(bytes: Uint8Array): ScrapeCounts[] {
  const counts: ScrapeCounts[] = [];
  for (let at = HEAD_LENGTH; at + COUNTS_LENGTH <= bytes.length; at += COUNTS_LENGTH) {
    counts.push({
      complete: uint32At(bytes, at),
      downloaded: uint32At(bytes, at + 4),
      incomplete: uint32At(bytes, at + 8),
    });
  }
  return counts;
}
