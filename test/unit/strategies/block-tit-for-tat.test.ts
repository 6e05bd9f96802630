import { describe, expect, test } from "@jest/globals";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { builtInChoker, scripted } from "../../support/built-in.ts";

const names = ["pairwise-block-tft", "group-block-tft"];
/** The script's torrent has pieces of so many bytes. */
const PIECE = 256_000;
const BLOCK = 16_384;

describe.each(names)("%s", (name) => {
  test("has five uploads, unless the class says otherwise", () => {
    const { settings } = builtInStrategies.chokers.get(name) ?? {};
    expect(settings).toEqual({ slots: { rule: "fixed", slots: 5 } });
  });

  test("gives a slot for one piece, and then to the next in line", () => {
    const { client, peer } = scripted(name, { slots: 2, count: 4 });
    expect(client.timer()).toEqual([1, 2]);
    client.send(peer(1), PIECE - 1);
    expect(client.unchoked).toEqual([1, 2]);
    client.send(peer(1), 1);
    expect(client.unchoked).toEqual([2, 3]);
    client.send(peer(2), PIECE);
    client.send(peer(3), PIECE);
    expect(client.unchoked).toEqual([1, 4]); // 1 came to the end of the line, and it is its turn again
  });

  test("passes over who is not interested, and takes the slot of who no longer is", () => {
    const { client, peer } = scripted(name, { slots: 2, count: 4 });
    peer(2).peerInterested = false;
    client.timer();
    expect(client.unchoked).toEqual([1, 3]);
    client.setInterest(peer(1), false);
    expect(client.unchoked).toEqual([3, 4]);
    client.leave(peer(3));
    expect(client.unchoked).toEqual([4]);
  });

  test("takes the slot of who asked for nothing a whole round long", () => {
    const { client, peer } = scripted(name, { slots: 1, count: 2 });
    client.timer();
    client.timer();
    client.send(peer(1), BLOCK);
    expect(client.timer()).toEqual([1]);
    expect(client.timer()).toEqual([2]);
  });

  test("trades in blocks of 16 KiB where the option says so", () => {
    const { client, peer } = scripted(name, { slots: 1, count: 2, options: { unit: "block" } });
    client.timer();
    client.send(peer(1), BLOCK);
    expect(client.unchoked).toEqual([2]);
  });

  test("as a seeder knows no limit", () => {
    const { client, peer } = scripted(name, { slots: 1, count: 2, isSeeding: true });
    client.timer();
    for (let turn = 0; turn < 200; turn++) {
      expect(client.unchoked).toEqual([1 + (turn % 2)]);
      client.send(peer(1 + (turn % 2)), PIECE);
    }
  });

  test("refuses another unit", () => {
    expect(() => builtInChoker(name, { unit: "byte" })).toThrow("must be one of piece, block");
  });
});

describe("pairwise-block-tft", () => {
  test("sends to a peer while sent - received is at most two blocks, and not when it is more", () => {
    const { client, peer } = scripted("pairwise-block-tft", { slots: 1, count: 1 });
    client.timer();
    for (let piece = 0; piece < 3; piece++) {
      expect(client.unchoked).toEqual([1]);
      client.send(peer(1), PIECE);
    }
    expect(client.unchoked).toEqual([]); // 3 over: 0, 1 and 2 were within the limit
    expect(client.timer()).toEqual([]);
  });

  test("goes on as soon as the peer has paid, and not before", () => {
    const { client, peer } = scripted("pairwise-block-tft", { slots: 1, count: 1 });
    client.timer();
    for (let piece = 0; piece < 3; piece++) client.send(peer(1), PIECE);
    client.receive(peer(1), PIECE - BLOCK);
    expect(client.unchoked).toEqual([]);
    client.receive(peer(1), BLOCK);
    expect(client.unchoked).toEqual([1]);
  });

  test("lets one peer's debt be no other's", () => {
    const { client, peer } = scripted("pairwise-block-tft", { slots: 1, count: 3 });
    peer(1).uploaded = 3 * PIECE;
    peer(2).uploaded = 9 * PIECE;
    peer(2).downloaded = 7 * PIECE;
    expect(client.timer()).toEqual([2]);
    client.send(peer(2), PIECE);
    expect(client.unchoked).toEqual([3]);
  });

  test("keeps who is over its limit where it stands in the line", () => {
    const { client, peer } = scripted("pairwise-block-tft", { slots: 1, count: 3 });
    peer(1).uploaded = 3 * PIECE;
    expect(client.timer()).toEqual([2]);
    client.receive(peer(1), PIECE);
    expect(client.unchoked).toEqual([2]); // no slot is free
    client.send(peer(2), PIECE);
    expect(client.unchoked).toEqual([1]);
  });

  test("takes delta as an option, 0 included: one block, and the next when it is paid", () => {
    const { client, peer } = scripted("pairwise-block-tft", {
      ...{ slots: 1, count: 1 },
      options: { delta: 0 },
    });
    client.timer();
    client.send(peer(1), PIECE);
    expect(client.unchoked).toEqual([]);
    client.receive(peer(1), PIECE);
    expect(client.unchoked).toEqual([1]);
  });
});

describe("group-block-tft", () => {
  test("sends while sent - received of all is at most forty blocks, to whom does not matter", () => {
    const { client, peer } = scripted("group-block-tft", { slots: 1, count: 2 });
    client.timer();
    for (let piece = 0; piece <= 40; piece++) {
      const [number = 0] = client.unchoked;
      expect(number).toBe(1 + (piece % 2));
      client.send(peer(number), PIECE);
    }
    expect(client.unchoked).toEqual([]);
    client.receive(peer(1), PIECE);
    expect(client.unchoked).toEqual([2]); // whose turn it is, though it gave nothing
  });

  test("counts what peers gave and took that have left", () => {
    const { client, peer } = scripted("group-block-tft", {
      ...{ slots: 1, count: 3 },
      options: { delta: 1 },
    });
    client.timer();
    client.send(peer(1), PIECE);
    client.send(peer(2), PIECE);
    client.leave(peer(1));
    client.leave(peer(2));
    expect(client.timer()).toEqual([]);
    client.receive(peer(3), PIECE);
    expect(client.unchoked).toEqual([3]);
  });
});
