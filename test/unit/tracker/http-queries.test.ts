import { describe, expect, test } from "@jest/globals";
import { hexToBytes } from "../../../src/core/bytes.ts";
import {
  type AnnounceQuery,
  announceUrl,
  readAnnounceQuery,
  readScrapeQuery,
  scrapeUrl,
} from "../../../src/tracker/http-queries.ts";
import { ascii, idOf, parametersOf } from "../../support/announces.ts";

const tracker = "http://tracker.example/announce";
/** The escaped example that specifications of the protocol show. */
const infohash = hexToBytes("123456789abcdef123456789abcdef123456789a") as Uint8Array;
const escaped = "%124Vx%9A%BC%DE%F1%23Eg%89%AB%CD%EF%124Vx%9A";
const queryOf = (url: string) => url.slice(url.indexOf("?") + 1);

describe("an announce's address", () => {
  test("has everything that BEP 3 names, escaped byte by byte", () => {
    const parameters = parametersOf({ infohash, uploaded: 1, downloaded: 2, left: 3, wanted: 50 });
    expect(announceUrl(tracker, parameters)).toBe(
      `${tracker}?info_hash=${escaped}&peer_id=peer................&port=6881&uploaded=1&downloaded=2` +
        "&left=3&compact=1&no_peer_id=1&event=started&numwant=50&key=0102ABCD",
    );
  });

  test("has no event when it is the periodic one, and nothing that is not known", () => {
    const url = announceUrl(tracker, parametersOf({ event: "none", key: undefined }));
    expect(url).not.toMatch(/event|numwant|key|trackerid|ip=/);
  });

  test("brings the tracker id back as it came, and an address of ours", () => {
    const parameters = parametersOf({ trackerId: ascii("a&b=\xff"), ip: "2001:db8::1" });
    expect(announceUrl(tracker, parameters)).toMatch(
      /&trackerid=a%26b%3D%FF&ip=2001%3Adb8%3A%3A1$/,
    );
  });

  test.each([
    ["http://a/announce", "http://a/announce?info_hash="],
    ["http://a/announce?pass=1", "http://a/announce?pass=1&info_hash="],
    ["http://a/announce?", "http://a/announce?info_hash="],
    ["http://a/announce?pass=1&", "http://a/announce?pass=1&info_hash="],
    ["http://a/announce#part", "http://a/announce?info_hash="],
  ])("%s goes on as %s", (given, begin) => {
    expect(announceUrl(given, parametersOf()).startsWith(begin)).toBe(true);
  });
});

describe("a scrape's address", () => {
  test.each([
    ["http://a/announce", "http://a/scrape?info_hash="],
    ["http://a/x/announce.php", "http://a/x/scrape.php?info_hash="],
    ["http://a/announce?pass=x/announce", "http://a/scrape?pass=x/announce&info_hash="],
    ["http://a/announce#b", "http://a/scrape?info_hash="],
    ["http://announce/announce", "http://announce/scrape?info_hash="],
  ])("of %s is %s", (given, begin) => {
    expect(scrapeUrl(given, [idOf("a")])?.startsWith(begin)).toBe(true);
  });

  test("names each infohash, and a tracker without `announce` in its last part has none", () => {
    expect(scrapeUrl(tracker, [infohash, idOf("b")])).toBe(
      `http://tracker.example/scrape?info_hash=${escaped}&info_hash=b...................`,
    );
    for (const other of ["http://a/", "http://announce/x", "http://a/announce/x", "http://a"]) {
      expect(scrapeUrl(other, [infohash])).toBeUndefined();
    }
  });
});

describe("an announce as the tracker reads it", () => {
  const read = (query: string) => readAnnounceQuery(query) as AnnounceQuery;
  const least = `info_hash=${escaped}&peer_id=${"p".repeat(20)}&port=1`;

  test("is what the client said", () => {
    const parameters = parametersOf({
      infohash,
      left: 0,
      event: "completed",
      wanted: 7,
      trackerId: ascii("x"),
      ip: "::1",
    });
    const query = read(queryOf(announceUrl(tracker, parameters)));
    expect(query).toEqual({
      parameters: { ...parameters, key: undefined },
      isCompact: true,
      wantsPeerIds: false,
    });
  });

  test("may leave out all but infohash, peer id and port", () => {
    expect(read(least)).toEqual({
      parameters: {
        infohash,
        peerId: ascii("p".repeat(20)),
        port: 1,
        uploaded: 0,
        downloaded: 0,
        left: Number.MAX_SAFE_INTEGER,
        event: "none",
        wanted: undefined,
        key: undefined,
        trackerId: undefined,
        ip: undefined,
      },
      isCompact: true,
      wantsPeerIds: true,
    });
  });

  test("may write its escapes small, and a plus as itself", () => {
    const { parameters } = read(
      `info_hash=${escaped.toLowerCase().replace("vx", "Vx").replace("eg", "Eg").replace("vx", "Vx")}&peer_id=${"+".repeat(20)}&port=1`,
    );
    expect(parameters.infohash).toEqual(infohash);
    expect(parameters.peerId).toEqual(ascii("+".repeat(20)));
  });

  test.each([
    ["event=paused", { event: "none" }],
    ["left=99999999999999999999", { left: Number.MAX_SAFE_INTEGER }],
    ["left=-1&uploaded=x", { left: Number.MAX_SAFE_INTEGER, uploaded: 0 }],
    ["numwant=-1", { wanted: undefined }],
    ["port=2&left=5", { port: 1, left: 5 }],
    ["&&=&x&=y&left=%zz", { left: Number.MAX_SAFE_INTEGER }],
  ])("with %s is taken as it can be", (more, fields) => {
    expect(read(`${least}&${more}`).parameters).toMatchObject(fields);
  });

  test("gets the list form only when it says compact=0", () => {
    expect(read(`${least}&compact=0`).isCompact).toBe(false);
    expect(read(`${least}&compact=1`).isCompact).toBe(true);
  });

  test.each([
    ["", /info_hash is missing/],
    ["info_hash=abc&peer_id=x&port=1", /info_hash must have 20 bytes, and has 3/],
    [`info_hash=${escaped}%4`, /info_hash is missing, or wrongly escaped/],
    [`info_hash=${escaped}`, /peer_id is missing/],
    [`info_hash=${escaped}&peer_id=${"é".repeat(20)}`, /peer_id is missing, or wrongly escaped/],
    [`info_hash=${escaped}&peer_id=${"p".repeat(20)}`, /port must be 1 to 65535/],
    [`${least.replace("port=1", "port=65536")}`, /port must be 1 to 65535/],
    [`${least}&x=${"y".repeat(9000)}`, /too long/],
  ])("%s is refused", (query, reason) => {
    expect(readAnnounceQuery(query)).toEqual({ failure: expect.stringMatching(reason) });
  });
});

describe("a scrape as the tracker reads it", () => {
  test("names infohashes", () => {
    const url = scrapeUrl(tracker, [infohash, idOf("b")]) as string;
    expect(readScrapeQuery(queryOf(url))).toEqual([infohash, idOf("b")]);
  });

  test.each([
    ["", /must name/],
    ["info_hash=abc", /20 bytes/],
    [`info_hash=${"a".repeat(20)}&`.repeat(75), /at most 74/],
    ["x".repeat(9000), /too long/],
  ])("%s is refused", (query, reason) => {
    expect(readScrapeQuery(query)).toEqual({ failure: expect.stringMatching(reason) });
  });
});
