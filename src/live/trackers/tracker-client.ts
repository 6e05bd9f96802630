import { bytesToHex } from "../../core/bytes.ts";
import { isUnspecified, plainIpBytes } from "../../core/ip-address.ts";
import type { ScrapeCounts } from "../../tracker/announce.ts";
import type { AnnounceParameters, TrackerAnswer } from "../../tracker/announce-parameters.ts";
import { readAnnounceAnswer, readScrapeAnswer } from "../../tracker/http-answers.ts";
import { announceUrl, scrapeUrl } from "../../tracker/http-queries.ts";
import { TrackerError } from "../../tracker/tracker-error.ts";
import type { UdpAnswer } from "../../tracker/udp-answers.ts";
import { writeAnnounceRequest, writeScrapeRequest } from "../../tracker/udp-requests.ts";
import { download } from "./http-download.ts";
import { defaultTrackerClientSettings, type TrackerClientSettings } from "./settings.ts";
import { UdpTrackers } from "./udp-trackers.ts";

const SECOND = 1000;

/** Asks trackers, over HTTP, HTTPS and UDP. Whatever they do, what comes of it is an answer or a TrackerError. */
export class TrackerClient {
  private readonly settings: TrackerClientSettings;
  private readonly udp: UdpTrackers;

  constructor(settings: Partial<TrackerClientSettings> = {}) {
    const localAddress = specific(settings.localAddress);
    this.settings = { ...defaultTrackerClientSettings, ...settings, localAddress };
    this.udp = new UdpTrackers(this.settings);
  }

  /** Announces to the tracker at `tracker`. Rejects with a TrackerError, whose message is for people. */
  async announce(
    tracker: string,
    parameters: AnnounceParameters,
    signal: AbortSignal,
  ): Promise<TrackerAnswer> {
    const url = parsed(tracker);
    if (url.protocol !== "udp:") {
      return this.overHttp(announceUrl(tracker, parameters), readAnnounceAnswer, signal);
    }
    // BEP 41; a path is part of nearly every address, and most of them mean nothing by it.
    const urlData = `${url.pathname}${url.search}`;
    const answer = await this.udp.request(
      url,
      (id, transaction) => writeAnnounceRequest(id, transaction, parameters, urlData),
      signal,
    );
    return udpAnswer(answer);
  }

  /** What the tracker counted of each of these torrents; undefined for one that it does not know. Rejects with a TrackerError. */
  async scrape(
    tracker: string,
    infohashes: readonly Uint8Array[],
    signal: AbortSignal,
  ): Promise<(ScrapeCounts | undefined)[]> {
    const url = parsed(tracker);
    if (url.protocol === "udp:") {
      const answer = await this.udp.request(
        url,
        (id, transaction) => writeScrapeRequest(id, transaction, infohashes),
        signal,
      );
      if (answer.action !== "scrape") throw new TrackerError("it answered what was not asked");
      return infohashes.map((_, i) => answer.counts[i]);
    }
    const address = scrapeUrl(tracker, infohashes);
    if (address === undefined) throw new TrackerError("by its address it takes no scrapes");
    const counts = await this.overHttp(address, readScrapeAnswer, signal);
    return infohashes.map((infohash) => counts.get(bytesToHex(infohash)));
  }

  /** Gives up what is under way, and lets go of the sockets. */
  close(): void {
    this.udp.close();
  }

  private async overHttp<T>(
    address: string,
    read: (body: Uint8Array) => T,
    signal: AbortSignal,
  ): Promise<T> {
    const { status, body } = await download(address, this.settings, signal);
    if (status === 200) return read(body);
    throw refusal(status, body);
  }
}

/** The address, unless it stands for all there are. */
function specific(address: string | undefined): string | undefined {
  const bytes = address === undefined ? undefined : plainIpBytes(address);
  return bytes === undefined || isUnspecified(bytes) ? undefined : address;
}

/** Some give a reason with a status of failure; of the others the status is the reason. */
function refusal(status: number, body: Uint8Array): TrackerError {
  try {
    readAnnounceAnswer(body);
  } catch (error) {
    if (error instanceof TrackerError && error.isRefusal) return error;
  }
  return new TrackerError(`it answered with HTTP status ${status}`);
}

function parsed(tracker: string): URL {
  if (!URL.canParse(tracker)) throw new TrackerError("this is no address of a tracker");
  const url = new URL(tracker);
  if (["http:", "https:", "udp:"].includes(url.protocol)) return url;
  throw new TrackerError(
    `trackers are asked over http, https and udp, not over ${url.protocol.slice(0, -1)}`,
  );
}

function udpAnswer(answer: UdpAnswer): TrackerAnswer {
  if (answer.action !== "announce") throw new TrackerError("it answered what was not asked");
  const { interval, leechers, seeders } = answer.terms;
  return {
    interval: interval * SECOND,
    minInterval: undefined,
    trackerId: undefined,
    warning: undefined,
    complete: seeders,
    incomplete: leechers,
    peers: answer.peers,
    externalIp: undefined,
  };
}
