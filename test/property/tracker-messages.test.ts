import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readCompactPeers, writeCompactPeers } from "../../src/core/compact-peers.ts";
import { bytesToIp } from "../../src/core/ip-address.ts";
import type { AnnounceParameters } from "../../src/tracker/announce-parameters.ts";
import {
  readAnnounceAnswer,
  readScrapeAnswer,
  writeCompactAnswer,
} from "../../src/tracker/http-answers.ts";
import { announceUrl, readAnnounceQuery, readScrapeQuery } from "../../src/tracker/http-queries.ts";
import { percentDecode, percentEncode } from "../../src/tracker/percent.ts";
import { TrackerError } from "../../src/tracker/tracker-error.ts";
import { readUdpAnswer } from "../../src/tracker/udp-answers.ts";
import { readUdpRequest, writeAnnounceRequest } from "../../src/tracker/udp-requests.ts";
import { ascii } from "../support/announces.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const count = fc.maxSafeNat();
const parameters: fc.Arbitrary<AnnounceParameters> = fc.record({
  infohash: bytes(20),
  peerId: bytes(20),
  port: fc.integer({ min: 1, max: 65_535 }),
  uploaded: count,
  downloaded: count,
  left: count,
  event: fc.constantFrom("none", "started", "completed", "stopped"),
  wanted: fc.option(fc.nat(1000), { nil: undefined }),
  key: fc.integer({ min: 0, max: 0xffffffff }),
  ip: fc.option(
    bytes(4)
      .filter((ip) => ip.some((byte) => byte > 0))
      .map(bytesToIp),
    { nil: undefined },
  ),
});
const family = fc.constantFrom("IPv4" as const, "IPv6" as const);
const endpoint = fc.record({
  host: fc.oneof(bytes(4), bytes(16)).map(bytesToIp),
  port: fc.nat(65_535),
});

/** Bytes that look like an answer here and there. */
const bencodeLike = fc
  .array(
    fc.oneof(
      fc.constantFrom("d", "l", "e", "i1e", "i-1e", "5:peers", "6:peers6", "8:interval", "2:ip"),
      fc.constantFrom("14:failure reason", "8:retry in", "5:files", "4:port", "11:external ip"),
      fc.nat(30).map((length) => `${length}:${"\xff".repeat(length)}`),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => ascii(parts.join("")));

/** What it ends with, if that is no TrackerError. */
function otherError(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    return error instanceof TrackerError && error.message !== "" ? undefined : error;
  }
  return undefined;
}

describe("announces", () => {
  test("come out of a query as they went in", () => {
    fc.assert(
      fc.property(parameters, fc.option(fc.uint8Array({ maxLength: 9 })), (said, trackerId) => {
        const all = { ...said, trackerId: trackerId ?? undefined };
        const url = announceUrl("http://a/announce", all);
        expect(readAnnounceQuery(url.slice(url.indexOf("?") + 1))).toEqual({
          parameters: { ...all, key: undefined },
          isCompact: true,
          wantsPeerIds: false,
        });
      }),
    );
  });

  test("come out of a packet as they went in", () => {
    const path = fc.string({ unit: fc.constantFrom(..."/ab?=&%1"), maxLength: 600 });
    fc.assert(
      fc.property(parameters, bytes(8), path, (said, connectionId, urlData) => {
        const packet = writeAnnounceRequest(connectionId, 7, said, urlData);
        expect(readUdpRequest(packet)).toEqual({
          action: "announce",
          transaction: 7,
          connectionId,
          parameters: said,
          urlData,
        });
      }),
    );
  });
});

test("bytes come back from their escapes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (some) => {
      const escaped = percentEncode(some);
      expect(escaped).toMatch(/^([\w.~-]|%[\dA-F]{2})*$/);
      expect(ascii(percentDecode(escaped) as string)).toEqual(some);
    }),
  );
});

test("peers come back from their compact strings, each family from its own", () => {
  fc.assert(
    fc.property(fc.array(endpoint), (endpoints) => {
      const { IPv4, IPv6 } = writeCompactPeers(endpoints);
      const isSix = ({ host }: { host: string }) => host.includes(":");
      expect(readCompactPeers(IPv4, "IPv4")).toEqual(endpoints.filter((one) => !isSix(one)));
      expect(readCompactPeers(IPv6, "IPv6")).toEqual(endpoints.filter(isSix));
    }),
  );
});

describe("garbage", () => {
  const garbage = fc.oneof(fc.uint8Array({ maxLength: 200 }), bencodeLike);

  test("of a tracker over HTTP is read, or refused with a TrackerError", () => {
    fc.assert(
      fc.property(garbage, (some) => {
        expect(otherError(() => readAnnounceAnswer(some))).toBeUndefined();
        expect(otherError(() => readScrapeAnswer(some))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test("in the place of any byte of an answer is read, or refused with a TrackerError", () => {
    const terms = {
      interval: 1,
      minInterval: 1,
      complete: 1,
      incomplete: 1,
      externalIp: new Uint8Array(4),
    };
    const answer = writeCompactAnswer(terms, new Uint8Array(12), new Uint8Array(18));
    fc.assert(
      fc.property(
        fc.nat(answer.length - 1),
        fc.nat(255),
        fc.nat(answer.length),
        (at, byte, end) => {
          const spoilt = answer.slice(0, end);
          if (at < end) spoilt[at] = byte;
          expect(otherError(() => readAnnounceAnswer(spoilt))).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  test("of a tracker over UDP is nothing, or an answer", () => {
    const actions = fc
      .tuple(fc.nat(4), fc.uint8Array({ maxLength: 60 }))
      .map(([action, rest]) => Uint8Array.from([0, 0, 0, action, ...rest]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), actions), family, (some, over) => {
        const answer = readUdpAnswer(some, over);
        expect(answer === undefined).toBe(some.length < 8);
      }),
    );
  });

  test("of a client is a request, or nothing", () => {
    const actions = fc
      .tuple(bytes(8), fc.nat(4), fc.uint8Array({ maxLength: 150 }))
      .map(([id, action, rest]) => Uint8Array.from([...id, 0, 0, 0, action, ...rest]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), actions), (some) => {
        const request = readUdpRequest(some);
        if (request?.action !== "announce") return;
        const { connectionId, transaction, urlData } = request;
        const parameters = request.parameters;
        const again = readUdpRequest(
          writeAnnounceRequest(connectionId, transaction, parameters, urlData),
        );
        // Counts beyond what a number holds are not exact.
        expect(again).toMatchObject({ parameters: { infohash: parameters.infohash }, urlData });
      }),
      { numRuns: 500 },
    );
  });

  test("of a client over HTTP is a query, or refused with a reason", () => {
    const field = fc.constantFrom("info_hash", "peer_id", "port", "left", "numwant", "x", "ip");
    const value = fc.oneof(
      fc.string(),
      bytes(20).map(percentEncode),
      fc.constantFrom("%", "%4", "1"),
    );
    const query = fc
      .array(fc.tuple(field, value))
      .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));
    fc.assert(
      fc.property(fc.oneof(fc.string(), query), (some) => {
        const announce = readAnnounceQuery(some);
        if ("failure" in announce) expect(announce.failure).not.toBe("");
        else expect(announce.parameters.infohash).toHaveLength(20);
        const scrape = readScrapeQuery(some);
        if ("failure" in scrape) expect(scrape.failure).not.toBe("");
        else expect(scrape.every(({ length }) => length === 20)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
