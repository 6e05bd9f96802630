import { describe, expect, test } from "@jest/globals";
import { bytesToHex, hexToBytes } from "../../../src/core/bytes.ts";
import {
  readUdpAnswer,
  writeAnnounceAnswer,
  writeConnectAnswer,
  writeErrorAnswer,
  writeScrapeAnswer,
} from "../../../src/tracker/udp-answers.ts";
import {
  readUdpRequest,
  writeAnnounceRequest,
  writeConnectRequest,
  writeScrapeRequest,
} from "../../../src/tracker/udp-requests.ts";
import { ascii, idOf, parametersOf } from "../../support/announces.ts";

const connectionId = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const hex = (text: string) => hexToBytes(text.replaceAll(" ", "")) as Uint8Array;

describe("requests of BEP 15", () => {
  test("connect is the magic number, 0 and the transaction", () => {
    const packet = writeConnectRequest(0xdeadbeef);
    expect(bytesToHex(packet)).toBe("0000041727101980" + "00000000" + "deadbeef");
    expect(readUdpRequest(packet)).toEqual({ action: "connect", transaction: 0xdeadbeef });
  });

  test("an announce has its fields where the table has them", () => {
    const parameters = parametersOf({
      downloaded: 0x1_0000_0002,
      left: 3,
      uploaded: 4,
      event: "completed",
      ip: "192.0.2.7",
      wanted: 30,
      port: 0x1ae1,
    });
    const packet = writeAnnounceRequest(connectionId, 9, parameters, "");
    expect(packet).toEqual(
      hex(
        `0102030405060708 00000001 00000009 ${bytesToHex(idOf("infohash"))} ${bytesToHex(idOf("peer"))}` +
          "0000000100000002 0000000000000003 0000000000000004" +
          "00000001 c0000207 0102abcd 0000001e 1ae1",
      ),
    );
    const request = readUdpRequest(packet);
    expect(request).toMatchObject({ action: "announce", transaction: 9, connectionId, parameters });
  });

  test("an announce that leaves address and number to the tracker says 0 and -1", () => {
    const parameters = parametersOf({ event: "none", ip: "2001:db8::1", key: undefined });
    const packet = writeAnnounceRequest(connectionId, 9, parameters, "");
    expect(bytesToHex(packet.subarray(80))).toBe("00000000000000000000000" + "0ffffffff1ae1");
    const request = readUdpRequest(packet);
    expect(request).toMatchObject({ parameters: { ip: undefined, wanted: undefined } });
  });

  test.each([
    [0, "none"],
    [1, "completed"],
    [2, "started"],
    [3, "stopped"],
    [4, "none"],
  ])("event %i is %s", (number, event) => {
    const packet = writeAnnounceRequest(connectionId, 9, parametersOf(), "");
    packet[83] = number;
    expect(readUdpRequest(packet)).toMatchObject({ parameters: { event } });
  });

  test("a scrape has infohashes behind its head, at most 74", () => {
    const infohashes = [idOf("a"), idOf("b")];
    const packet = writeScrapeRequest(connectionId, 7, infohashes);
    const head = "0102030405060708" + "00000002" + "00000007";
    expect(bytesToHex(packet)).toBe(head + infohashes.map(bytesToHex).join(""));
    const request = readUdpRequest(packet);
    expect(request).toEqual({ action: "scrape", transaction: 7, connectionId, infohashes });
    const many = (count: number) =>
      readUdpRequest(writeScrapeRequest(connectionId, 7, new Array(count).fill(idOf("a"))));
    expect(many(74)).toMatchObject({ infohashes: { length: 74 } });
    expect(many(75)).toBeUndefined();
    expect(many(0)).toBeUndefined();
  });

  test.each([
    ["the empty packet", new Uint8Array()],
    ["a cut connect", writeConnectRequest(1).subarray(0, 15)],
    ["a connect of another protocol", hex("0000041727101981 00000000 00000001")],
    ["a cut announce", writeAnnounceRequest(connectionId, 1, parametersOf(), "").subarray(0, 97)],
    ["an unknown action", hex("0102030405060708 00000003 00000001")],
  ])("%s is none", (_, packet) => {
    expect(readUdpRequest(packet)).toBeUndefined();
  });
});

describe("options of BEP 41", () => {
  const base = writeAnnounceRequest(connectionId, 1, parametersOf(), "");
  const read = (...extra: number[]) => readUdpRequest(Uint8Array.from([...base, ...extra]));
  const path = [...ascii("/dir?a=b&c=d")];

  test("path and query go behind the announce, as the BEP's example has them", () => {
    const packet = writeAnnounceRequest(connectionId, 1, parametersOf(), "/dir?a=b&c=d");
    expect([...packet.subarray(98)]).toEqual([2, 12, ...path]);
  });

  test("paddings are passed over, and nothing is read behind the end", () => {
    const urlData = "/dir?a=b&c=d";
    expect(read(2, 12, ...path, 1, 1, 0)).toMatchObject({ urlData });
    expect(read(1, 2, 12, ...path, 0, 2, 255)).toMatchObject({ urlData });
  });

  test("one without data, an unknown one and none are as good as nothing", () => {
    expect(read()).toMatchObject({ urlData: "" });
    expect(read(2, 0)).toMatchObject({ urlData: "" });
    expect(read(77, 3, 1, 2, 3, 2, 1, 47)).toMatchObject({ urlData: "/" });
  });

  test("a long path goes in parts of 255 bytes, and comes back whole", () => {
    const urlData = `/${"x".repeat(600)}`;
    const packet = writeAnnounceRequest(connectionId, 1, parametersOf(), urlData);
    expect(packet).toHaveLength(98 + 601 + 3 * 2);
    expect(readUdpRequest(packet)).toMatchObject({ urlData });
  });

  test("one that is cut off makes the packet garbage", () => {
    expect(read(2)).toBeUndefined();
    expect(read(2, 12, ...path.slice(1))).toBeUndefined();
  });
});

describe("answers of BEP 15", () => {
  test("connect brings a connection id", () => {
    const packet = writeConnectAnswer(9, connectionId);
    expect(packet).toEqual(hex("00000000 00000009 0102030405060708"));
    expect(readUdpAnswer(packet, "IPv4")).toEqual({
      action: "connect",
      transaction: 9,
      connectionId,
    });
  });

  test("an announce's has peers of 6 bytes over IPv4, and of 18 over IPv6", () => {
    const terms = { interval: 1800, leechers: 3, seeders: 2 };
    const four = writeAnnounceAnswer(9, terms, hex("c0000201 1ae1 c0000202 0001"));
    expect(four).toEqual(
      hex("00000001 00000009 00000708 00000003 00000002 c00002011ae1 c00002020001"),
    );
    expect(readUdpAnswer(four, "IPv4")).toEqual({
      action: "announce",
      transaction: 9,
      terms,
      peers: [
        { host: "192.0.2.1", port: 6881 },
        { host: "192.0.2.2", port: 1 },
      ],
    });
    const six = writeAnnounceAnswer(9, terms, hex("20010db8000000000000000000000001 1ae1"));
    const none = writeAnnounceAnswer(9, terms, new Uint8Array());
    expect(readUdpAnswer(none, "IPv4")).toMatchObject({ action: "announce", peers: [] });
    expect(readUdpAnswer(six, "IPv6")).toMatchObject({
      peers: [{ host: "2001:db8::1", port: 6881 }],
    });
  });

  test("a scrape's has seeders, completed and leechers, in this order", () => {
    const counts = [
      { complete: 1, downloaded: 2, incomplete: 3 },
      { complete: 4, downloaded: 5, incomplete: 6 },
    ];
    const packet = writeScrapeAnswer(9, counts);
    const numbers = [1, 2, 3, 4, 5, 6].map((number) => `0000000${number}`).join("");
    expect(packet).toEqual(hex(`00000002 00000009 ${numbers}`));
    expect(readUdpAnswer(packet, "IPv4")).toEqual({ action: "scrape", transaction: 9, counts });
  });

  test("an error brings its message", () => {
    const packet = writeErrorAnswer(9, "go away");
    expect(packet).toEqual(Uint8Array.from([...hex("00000003 00000009"), ...ascii("go away")]));
    const answer = readUdpAnswer(packet, "IPv4");
    expect(answer).toEqual({ action: "error", transaction: 9, message: "go away" });
  });

  test.each([
    ["a bare head, opentracker's refusal,", "00000001 00000009", /without content.*this torrent/],
    ["an announce's that is cut off", "00000001 00000009 0000", /cut off/],
    ["a connect's that is cut off", "00000000 00000009 01020304", /cut off/],
    ["an error without a message", "00000003 00000009", /without a reason/],
    ["one of an unknown kind", "0000002a 00000009", /unknown kind, 42/],
  ])("%s is an error too", (_, packet, message) => {
    const answer = readUdpAnswer(hex(packet), "IPv4");
    expect(answer).toMatchObject({ action: "error", transaction: 9 });
    expect(answer).toHaveProperty("message", expect.stringMatching(message));
  });

  test("what is shorter than a head is none", () => {
    expect(readUdpAnswer(hex("00000003 000000"), "IPv4")).toBeUndefined();
  });
});
