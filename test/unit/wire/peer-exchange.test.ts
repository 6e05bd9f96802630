import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bytesToIp } from "../../../src/core/ip-address.ts";
import {
  decodePeerExchange,
  type ExchangedPeer,
  encodePeerExchange,
} from "../../../src/wire/peer-exchange.ts";
import { ToldPeers } from "../../../src/wire/told-peers.ts";
import { WireError } from "../../../src/wire/wire-error.ts";
import { ascii } from "../../support/announces.ts";

const four = { host: "192.0.2.1", port: 0x1ae1 };
const six = { host: "2001:db8::1", port: 1 };
const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);

describe("a peer exchange (BEP 11)", () => {
  test("has compact strings of each family, and a byte of flags for each peer", () => {
    const payload = encodePeerExchange({
      added: [
        { endpoint: six, flags: 0x02 },
        { endpoint: four, flags: 0x12 },
      ],
      dropped: [{ host: "192.0.2.2", port: 2 }],
    });
    expect(text(payload)).toBe(
      "d5:added6:\xc0\x00\x02\x01\x1a\xe17:added.f1:\x126:added618:\x20\x01\x0d\xb8" +
        `${"\x00".repeat(11)}\x01\x00\x018:added6.f1:\x027:dropped6:\xc0\x00\x02\x02\x00\x02e`,
    );
    expect(decodePeerExchange(payload)).toEqual({
      added: [
        { endpoint: four, flags: 0x12 },
        { endpoint: six, flags: 0x02 },
      ],
      dropped: [{ host: "192.0.2.2", port: 2 }],
    });
  });

  test("without flags says nothing about peers, and may lack everything", () => {
    expect(decodePeerExchange(ascii("d5:added6:\x01\x02\x03\x04\x00\x05e"))).toEqual({
      added: [{ endpoint: { host: "1.2.3.4", port: 5 }, flags: 0 }],
      dropped: [],
    });
    expect(decodePeerExchange(ascii("d5:addedi1ee"))).toEqual({ added: [], dropped: [] });
  });

  test("tells each peer once, and one that is added is not dropped", () => {
    const one = "\x01\x02\x03\x04\x00\x05";
    const payload = `d5:added12:${one}${one}7:added.f2:\x02\x007:dropped12:${one}\x09\x09\x09\x09\x00\x01e`;
    expect(decodePeerExchange(ascii(payload))).toEqual({
      added: [{ endpoint: { host: "1.2.3.4", port: 5 }, flags: 2 }],
      dropped: [{ host: "9.9.9.9", port: 1 }],
    });
  });

  test("has at most 50 peers when we send it, and 100 when we read it", () => {
    const endpoints = [...Array(300).keys()].map((i) => ({
      host: `10.0.${i >> 8}.${i & 255}`,
      port: 1,
    }));
    const added = endpoints.map((endpoint) => ({ endpoint, flags: 1 }));
    const sent = decodePeerExchange(encodePeerExchange({ added, dropped: endpoints.slice(150) }));
    expect(sent.added).toEqual(added.slice(0, 50));
    expect(sent.dropped).toEqual(endpoints.slice(150, 200));
    const bytes = endpoints.map(
      (_, i) => `\x0a\x00${String.fromCharCode(i >> 8, i & 255)}\x00\x01`,
    );
    const read = decodePeerExchange(ascii(`d5:added1800:${bytes.join("")}e`));
    expect(read.added).toHaveLength(100);
  });

  test("that is no dictionary costs the connection", () => {
    for (const payload of ["", "le", "d5:added", "x"]) {
      expect(() => decodePeerExchange(ascii(payload))).toThrow(WireError);
    }
  });

  test("comes back as it was told, whoever is in it", () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    const endpoint = fc.record({
      host: fc.oneof(bytes(4), bytes(16)).map(bytesToIp),
      port: fc.nat(65_535),
    });
    const unique = { selector: (one: { host: string }) => one.host, maxLength: 50 };
    fc.assert(
      fc.property(
        fc.uniqueArray(endpoint, unique),
        fc.array(fc.nat(255), { minLength: 50 }),
        (all, flags) => {
          const added = all.map((one, i) => ({ endpoint: one, flags: flags[i] as number }));
          const told = decodePeerExchange(encodePeerExchange({ added, dropped: [] }));
          const sorted = (peers: readonly ExchangedPeer[]) =>
            peers.map((one) => JSON.stringify(one)).sort();
          expect(sorted(told.added)).toEqual(sorted(added));
        },
      ),
    );
  });

  test("is read, or refused with a WireError, whatever comes", () => {
    const part = fc.constantFrom(
      "d",
      "e",
      "5:added",
      "7:added.f",
      "6:added6",
      "7:dropped",
      "6:xxxxxx",
      "i1e",
    );
    const payload = fc.oneof(
      fc.uint8Array(),
      fc.array(part).map((parts) => ascii(`d${parts.join("")}e`)),
    );
    fc.assert(
      fc.property(payload, (some) => {
        try {
          decodePeerExchange(some);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });
});

describe("what a peer has been told", () => {
  const peer = (number: number): ExchangedPeer => ({
    endpoint: { host: `10.0.0.${number}`, port: 1 },
    flags: number,
  });
  const peers = (...numbers: number[]) => numbers.map(peer);

  test("is told once, and what has changed since", () => {
    const told = new ToldPeers();
    expect(told.next(peers(1, 2))).toEqual({ added: peers(1, 2), dropped: [] });
    expect(told.next(peers(1, 2))).toBeUndefined();
    expect(told.next(peers(2, 3))).toEqual({ added: peers(3), dropped: [peer(1).endpoint] });
    expect(told.next([])).toEqual({ added: [], dropped: [peer(2).endpoint, peer(3).endpoint] });
    expect(told.next([])).toBeUndefined();
  });

  test("comes in messages of 50, until all is told", () => {
    const told = new ToldPeers();
    const all = peers(...Array(120).keys());
    const sizes = [1, 2, 3].map(() => told.next(all)?.added.length);
    expect(sizes).toEqual([50, 50, 20]);
    expect(told.next(all)).toBeUndefined();
    const gone = [1, 2, 3].map(() => told.next([])?.dropped.length);
    expect(gone).toEqual([50, 50, 20]);
  });
});
