import { describe, expect, test } from "@jest/globals";
import { bytesToHex } from "../../../src/core/bytes.ts";
import {
  readAnnounceAnswer,
  readScrapeAnswer,
  writeCompactAnswer,
  writeFailure,
  writeListAnswer,
  writeScrape,
} from "../../../src/tracker/http-answers.ts";
import { TrackerError } from "../../../src/tracker/tracker-error.ts";
import { ascii, idOf } from "../../support/announces.ts";

const terms = {
  interval: 1800,
  minInterval: 300,
  complete: 1,
  incomplete: 2,
  externalIp: Uint8Array.of(192, 0, 2, 9),
};

/** The error that reading this ends with. */
function refusal(text: string | Uint8Array): TrackerError {
  try {
    readAnnounceAnswer(typeof text === "string" ? ascii(text) : text);
  } catch (error) {
    if (error instanceof TrackerError) return error;
    throw error;
  }
  throw new Error("it was read");
}

const peersOf = (text: string) => readAnnounceAnswer(ascii(text)).peers;

describe("an answer to an announce", () => {
  test("has both families of peers, as BEP 7's example", () => {
    const answer = readAnnounceAnswer(
      ascii("d8:intervali1800e5:peers6:iiiipp6:peers618:iiiiiiiiiiiiiiiippe"),
    );
    expect(answer).toEqual({
      interval: 1_800_000,
      minInterval: undefined,
      trackerId: undefined,
      warning: undefined,
      complete: undefined,
      incomplete: undefined,
      externalIp: undefined,
      peers: [
        { host: "105.105.105.105", port: 28784 },
        { host: "6969:6969:6969:6969:6969:6969:6969:6969", port: 28784 },
      ],
    });
  });

  test("may have a dictionary for each peer, and what is no peer there is left out", () => {
    const list = [
      "d2:ip9:192.0.2.17:peer id20:....................4:porti6881ee",
      "d2:ip11:2001:DB8::14:porti1ee",
      "d2:ip17:::ffff:192.0.2.254:porti2ee",
      "d2:ip12:peer.example4:porti3ee",
      "d2:ip5:a b/c4:porti4ee",
      `d2:ip300:${"a".repeat(300)}4:porti4ee`,
      "d2:ip5:1.2.34:porti4ee",
      "d2:ip9:192.0.2.14:porti65536ee",
      "d4:porti4ee",
      "i7e",
    ].join("");
    expect(peersOf(`d5:peersl${list}ee`)).toEqual([
      { host: "192.0.2.1", port: 6881 },
      { host: "2001:db8::1", port: 1 },
      { host: "192.0.2.25", port: 2 },
      { host: "peer.example", port: 3 },
    ]);
  });

  test("says how long to wait, who it is, and what it warns of", () => {
    const text =
      "d10:tracker id2:\x01\xff15:warning message9:so\x1b[31mit8:completei7e10:incompletei8e8:intervali60e12:min intervali30ee";
    expect(readAnnounceAnswer(ascii(text))).toMatchObject({
      interval: 60_000,
      minInterval: 30_000,
      trackerId: Uint8Array.of(1, 255),
      warning: "so [31mit",
      complete: 7,
      incomplete: 8,
    });
  });

  test("without an interval, or with one that is none, is asked again in half an hour", () => {
    for (const text of [
      "de",
      "d8:intervali-5ee",
      "d8:interval1:xe",
      "d8:intervali99999999999999999999ee",
    ]) {
      expect(readAnnounceAnswer(ascii(text)).interval).toBe(1_800_000);
    }
    expect(readAnnounceAnswer(ascii("d8:interval3:120e")).interval).toBe(120_000);
  });

  test("may end with a line feed", () => {
    expect(readAnnounceAnswer(ascii("d8:intervali1ee\n")).interval).toBe(1000);
  });

  test("brings no more peers than anybody could use", () => {
    const bytes = new Uint8Array(6 * 5000).fill(1);
    expect(
      readAnnounceAnswer(writeCompactAnswer(terms, bytes, new Uint8Array())).peers,
    ).toHaveLength(2000);
    expect(peersOf(`d5:peersl${"d2:ip7:1.1.1.14:porti1ee".repeat(5000)}ee`)).toHaveLength(2000);
  });
});

describe("a refusal", () => {
  test.each([
    ["d14:failure reason7:go awaye", "go away", undefined],
    ["d14:failure reason7:go away8:retry in1:5e", "go away", 300_000],
    ["d14:failure reason7:go away8:retry ini5ee", "go away", 300_000],
    ["d14:failure reason7:go away8:retry in5:nevere", "go away", Number.POSITIVE_INFINITY],
    ["d14:failure reason4:\xc3\xa9\r\ne", "é", undefined],
    ["d14:failure reason1:\xe9e", "é", undefined],
    ["d14:failure reason0:e", "it refused, without a reason", undefined],
  ])("%j says why, and when to come again", (text, message, retryIn) => {
    const error = refusal(text);
    expect([error.message, error.retryIn]).toEqual([message, retryIn]);
  });

  test.each([
    ["", "it sent an empty answer"],
    ["<html>no</html>", "it sent a web page that is no tracker's answer"],
    ["le", "it sent something that is no tracker's answer"],
    ["d5:peers", "it sent something that is no tracker's answer"],
    [`d5:peers${"l".repeat(1000)}`, "it sent something that is no tracker's answer"],
  ])("%j is one of an answer that is none", (text, message) => {
    expect(refusal(text).message).toBe(message);
  });

  test("ten million levels cost no more than ten", () => {
    expect(refusal(new Uint8Array(10_000_000).fill("l".charCodeAt(0))).message).toMatch(
      /no tracker's/,
    );
  });

  test("is cut where it is an essay", () => {
    const reason = "x".repeat(1000);
    expect(refusal(`d14:failure reason1000:${reason}e`).message).toBe(`${"x".repeat(300)}…`);
    // To the end of a character, of two bytes here and of one more before.
    const long = `x${"\xc3\xa9".repeat(5000)}`;
    const cut = refusal(`d14:failure reason${long.length}:${long}e`).message;
    expect(cut).toBe(`x${"é".repeat(299)}…`);
    const none = "\x80".repeat(5000);
    expect(refusal(`d14:failure reason5000:${none}e`).message).toBe("it refused, without a reason");
  });
});

describe("what our tracker writes", () => {
  const peer = Uint8Array.of(192, 0, 2, 1, 26, 225);

  test("is a compact answer with `peers6` only where there are some", () => {
    const bytes = writeCompactAnswer(terms, peer, new Uint8Array());
    expect(String.fromCharCode(...bytes)).toBe(
      "d8:completei1e11:external ip4:\xc0\x00\x02\x0910:incompletei2e8:intervali1800e12:min intervali300e5:peers6:\xc0\x00\x02\x01\x1a\xe1e",
    );
    const both = readAnnounceAnswer(writeCompactAnswer(terms, peer, new Uint8Array(18).fill(1)));
    expect(both).toMatchObject({
      interval: 1_800_000,
      minInterval: 300_000,
      externalIp: "192.0.2.9",
    });
    expect(both.peers.map(({ host }) => host)).toEqual([
      "192.0.2.1",
      "101:101:101:101:101:101:101:101",
    ]);
  });

  test("is a list with peer ids, or without", () => {
    const one = { host: "2001:db8::1", port: 6881 };
    const withId = writeListAnswer(terms, [{ ...one, peerId: idOf("p") }]);
    expect(String.fromCharCode(...withId)).toContain("5:peersld2:ip11:2001:db8::17:peer id20:p...");
    const without = writeListAnswer(terms, [{ ...one, peerId: undefined }]);
    expect(String.fromCharCode(...without)).toContain("5:peersld2:ip11:2001:db8::14:porti6881eee");
    expect(readAnnounceAnswer(withId).peers).toEqual([one]);
    expect(readAnnounceAnswer(without).peers).toEqual([one]);
  });

  test("is a refusal that our client reads", () => {
    expect(refusal(writeFailure("too many", 2))).toMatchObject({
      message: "too many",
      retryIn: 120_000,
    });
    expect(refusal(writeFailure("too many")).retryIn).toBeUndefined();
  });
});

describe("a scrape's answer", () => {
  const x = ascii("x".repeat(20));

  test("is BEP 48's example", () => {
    const text = `d5:filesd20:${"x".repeat(20)}d8:completei11e10:downloadedi13772e10:incompletei19eeee`;
    const counts = { complete: 11, downloaded: 13_772, incomplete: 19 };
    expect(readScrapeAnswer(ascii(text))).toEqual(new Map([[bytesToHex(x), counts]]));
    expect(writeScrape([[x, counts]])).toEqual(ascii(text));
  });

  test("leaves out what is no count, and takes missing ones for 0", () => {
    const text = `d5:filesd1:xde20:${"x".repeat(20)}d8:complete1:aee20:${"y".repeat(20)}i1eee`;
    const none = { complete: 0, downloaded: 0, incomplete: 0 };
    expect([...readScrapeAnswer(ascii(text)).values()]).toEqual([none]);
  });

  test("may be a refusal, or nonsense", () => {
    expect(() => readScrapeAnswer(writeFailure("no"))).toThrow(new TrackerError("no"));
    expect(() => readScrapeAnswer(ascii("de"))).toThrow(
      new TrackerError("it sent a scrape without counts"),
    );
  });
});
