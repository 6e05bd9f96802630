import type { Clock } from "../../core/clock.ts";
import type { AddressFamily } from "../../core/compact-peers.ts";
import { isLoopback, isMulticast, isUnspecified, plainIpBytes } from "../../core/ip-address.ts";
import type { Random } from "../../core/random.ts";
import type { AnnounceFailure, ScrapeCounts } from "../../tracker/announce.ts";
import type { AnnounceParameters } from "../../tracker/announce-parameters.ts";
import { Tracker } from "../../tracker/tracker.ts";
import type { AddressLimits } from "./address-limits.ts";
import { familyOf, type ServedPeer, servedPeer } from "./served-peer.ts";
import type { TrackerServerSettings } from "./settings.ts";

/** What an announce comes to. Times in ms. */
export interface ServedAnswer {
  readonly asker: ServedPeer;
  readonly family: AddressFamily;
  readonly interval: number;
  readonly minInterval: number;
  /** Of both families. A peer that announces over both counts twice. */
  readonly complete: number;
  readonly incomplete: number;
  readonly peers: Readonly<Record<AddressFamily, readonly ServedPeer[]>>;
}

const otherFamily = { IPv4: "IPv6", IPv6: "IPv4" } as const;

/**
 * The tracker, once for each family of addresses, so that an answer over UDP can be full of addresses of the family that it
 * must have. Whoever can take both gets the other family's where their own has too few.
 */
export class FamilyTrackers {
  private readonly trackers: Readonly<Record<AddressFamily, Tracker<ServedPeer>>>;
  private readonly settings: TrackerServerSettings;

  constructor(
    clock: Clock,
    random: Random,
    settings: TrackerServerSettings,
    limits: AddressLimits,
  ) {
    this.settings = settings;
    this.trackers = {
      IPv4: new Tracker(clock, random, settings, limits),
      IPv6: new Tracker(clock, random, settings, limits),
    };
  }

  /** An announce from `source` (4 or 16 bytes); the answer has peers of its family, or of both. */
  announce(
    source: Uint8Array,
    parameters: AnnounceParameters,
    takesBoth: boolean,
  ): ServedAnswer | AnnounceFailure {
    const { infohash, peerId, port, event, wanted, left } = parameters;
    const ip = namedAddress(source, parameters.ip) ?? source;
    const asker = servedPeer(ip, peerId, port);
    // Over UDP the packet's family decides what the answer can hold, whatever address is named.
    const family = familyOf(ip);
    const own = this.trackers[family];
    const request = { key: asker.key, address: asker, event, wanted, left };
    const answer = own.announce(infohash, request);
    if ("failure" in answer) return answer;
    const other = this.trackers[otherFamily[family]];
    const counts = other.scrape(infohash);
    const room = takesBoth && event !== "stopped" && !answer.isEarly ? this.roomFor(wanted) : 0;
    const rest = room - answer.peers.length;
    const others = rest > 0 ? other.peersFor(infohash, rest, left) : [];
    return {
      asker,
      family,
      interval: answer.interval,
      minInterval: answer.minInterval,
      complete: answer.complete + (counts?.complete ?? 0),
      incomplete: answer.incomplete + (counts?.incomplete ?? 0),
      peers: {
        IPv4: family === "IPv4" ? answer.peers : others,
        IPv6: family === "IPv6" ? answer.peers : others,
      },
    };
  }

  /** Undefined for an infohash that nobody announced. */
  scrape(infohash: Uint8Array): ScrapeCounts | undefined {
    const { IPv4, IPv6 } = this.trackers;
    return sum(IPv4.scrape(infohash), IPv6.scrape(infohash));
  }

  /** What is counted of each torrent, by infohash in hexadecimal. */
  counts(): Map<string, ScrapeCounts> {
    const { IPv4, IPv6 } = this.trackers;
    const all = new Map(IPv4.counts());
    for (const [infohash, counts] of IPv6.counts()) {
      all.set(infohash, sum(all.get(infohash), counts) as ScrapeCounts);
    }
    return all;
  }

  expire(): void {
    this.trackers.IPv4.expire();
    this.trackers.IPv6.expire();
  }

  private roomFor(wanted: number | undefined): number {
    const { numwant, maxNumwant } = this.settings;
    return Math.min(wanted ?? numwant, maxNumwant);
  }
}

/**
 * The address that a peer wants to be handed out. Only programs on this machine are believed: anybody else could point a whole
 * swarm at a stranger.
 */
function namedAddress(source: Uint8Array, named: string | undefined): Uint8Array | undefined {
  if (named === undefined || !isLoopback(source)) return undefined;
  const bytes = plainIpBytes(named);
  if (bytes === undefined || isUnspecified(bytes) || isMulticast(bytes)) return undefined;
  return bytes;
}

function sum(
  one: ScrapeCounts | undefined,
  other: ScrapeCounts | undefined,
): ScrapeCounts | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    complete: one.complete + other.complete,
    incomplete: one.incomplete + other.incomplete,
    downloaded: one.downloaded + other.downloaded,
  };
}
