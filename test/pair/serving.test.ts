import { describe, expect, test } from "@jest/globals";
import type { ChokeRound, Choker, Neighbour, ServeTurn } from "../../src/engine/choker.ts";
import { KIB, type Member, Net, openHanded } from "../support/net.ts";

/** Blocks that `from` sent, by the number of who got them, in order. */
function served(net: Net, from: Member): number[] {
  const start = `${from.number}>`;
  return net.messages
    .filter((one) => one.startsWith(start) && one.includes(" piece "))
    .map((one) => Number(one.slice(start.length).split(" ")[0]));
}

function remoteOf(peer: Neighbour): number {
  return (peer as unknown as { remote: number }).remote;
}

/** Unchokes all; serves as `serve` says. */
function serving(serve: (turn: ServeTurn) => Neighbour | undefined): Choker {
  return { ...openHanded, serve };
}

const slow = { uplink: 16 * KIB }; // a block a second
const fixed = (requests: number) => ({ pipeline: { rule: "fixed", requests } as const });

describe("a choker that names whom to serve", () => {
  test("decides about every block, whose turn it would be or not", () => {
    const net = new Net(512 * KIB, 256 * KIB);
    const turns: number[][] = [];
    const seeder = net.add({
      pieces: "all",
      ...slow,
      choker: serving(({ waiting }) => {
        turns.push(waiting.map(remoteOf));
        return waiting.find((peer) => remoteOf(peer) === 2) ?? waiting[0];
      }),
    });
    const leechers = [net.add({ settings: fixed(4) }), net.add({ settings: fixed(4) })];
    for (const leecher of leechers) net.connect(leecher, seeder);
    net.run(15_500);
    const blocks = served(net, seeder);
    expect(blocks.length).toBeGreaterThan(4);
    expect(new Set(blocks.slice(1))).toEqual(new Set([2]));
    expect(turns.every((waiting) => waiting.length > 0)).toBe(true);
  });

  test("is told first who has waited longest", () => {
    const net = new Net(1024 * KIB, 256 * KIB);
    const choker = serving(({ waiting }) => waiting[0]);
    const seeder = net.add({ pieces: "all", ...slow, choker });
    for (let count = 0; count < 3; count++) {
      net.connect(net.add({ settings: fixed(3 + count) }), seeder);
    }
    net.run(22_500);
    const blocks = served(net, seeder).slice(1); // the very first goes out before the others have asked
    expect(blocks.length).toBeGreaterThan(8);
    expect(blocks).toEqual(blocks.map((_, i) => blocks[i % 3]));
    expect(new Set(blocks)).toEqual(new Set([1, 2, 3]));
  });

  /** A seeder that serves nobody before `isResting` is over, and what it was asked at which times. */
  function resting() {
    const net = new Net(256 * KIB, 128 * KIB);
    const state = { isResting: true, askedAt: [] as number[] };
    const choker = serving(({ waiting, time }) => {
      state.askedAt.push(time);
      return state.isResting ? undefined : waiting[0];
    });
    const seeder = net.add({ pieces: "all", choker });
    const leecher = net.add({ settings: fixed(2) });
    net.connect(leecher, seeder);
    net.run(12_000); // the first round unchokes, and requests come in
    return { net, state, seeder, leecher, choker };
  }

  test("lets the uplink rest, until the next round", () => {
    const { net, state, seeder } = resting();
    expect(state.askedAt.length).toBeGreaterThan(0);
    expect(seeder.client.uploaded).toBe(0);
    expect(seeder.client.arenas.uploads.readyAt(seeder.client.row)).toBe(Number.POSITIVE_INFINITY);
    state.isResting = false;
    net.run(7_900);
    expect(seeder.client.uploaded).toBe(0);
    net.run(200);
    expect(seeder.client.uploaded).toBeGreaterThan(0);
  });

  test("or until a request comes in", () => {
    const { net, state, seeder } = resting();
    state.isResting = false;
    const other = net.add({ settings: fixed(2) });
    net.connect(other, seeder);
    // It is unchoked and asks in the next round of the seeder, at 20 s.
    state.isResting = true;
    net.run(8_005);
    const asked = state.askedAt.length;
    net.run(1_000);
    expect(state.askedAt.length).toBeGreaterThan(asked);
    expect(state.askedAt.at(-1)).toBeGreaterThan(20_000);
  });

  test("or until a block comes in", () => {
    const net = new Net(256 * KIB, 128 * KIB);
    let isResting = true;
    const choker = serving(({ waiting }) => (isResting ? undefined : waiting[0]));
    const half = net.add({ pieces: [0], choker });
    const other = net.add({ pieces: [1], settings: fixed(2), ...slow });
    net.connect(half, other);
    net.run(14_600); // blocks of piece 1 come in, one a second; nothing goes out
    expect(half.client.downloaded).toBeGreaterThan(0);
    expect(half.client.uploaded).toBe(0);
    isResting = false;
    net.run(300);
    expect(half.client.uploaded).toBe(0);
    net.run(1_000);
    expect(half.client.uploaded).toBeGreaterThan(0);
  });

  test("hands over to a choker that names nobody when the client is complete, and takes over likewise", () => {
    for (const [choker, seedChoker] of [
      [serving(({ waiting }) => waiting[0]), openHanded],
      [openHanded, serving(({ waiting }) => waiting[0])],
    ] as const) {
      const net = new Net(256 * KIB, 64 * KIB);
      const origin = net.add({ pieces: "all", uplink: 64 * KIB });
      const middle = net.add({ choker, seedChoker, uplink: 64 * KIB });
      const poor = net.add({ choker: { choose: () => [] } });
      net.connect(middle, origin);
      net.connect(poor, middle);
      net.run(60_000);
      expect(middle.client.pieces.have.isComplete).toBe(true);
      expect(poor.client.pieces.have.isComplete).toBe(true);
    }
  });
});

describe("a choker that wants to hear of blocks", () => {
  /** Unchokes all, hears of blocks, and asks to be asked again after each block of so many. */
  function listening(every: number) {
    const heard: string[] = [];
    const events: ChokeRound["trigger"][] = [];
    let count = 0;
    const hear = (what: string) => (peer: Neighbour, bytes: number) => {
      heard.push(`${what} ${remoteOf(peer)} ${bytes}`);
      return ++count % every === 0;
    };
    const choker: Choker = {
      ...openHanded,
      choose(round) {
        events.push(round.trigger);
        return openHanded.choose(round);
      },
      sent: hear("sent"),
      received: hear("received"),
    };
    return { heard, events, choker };
  }

  test("is told whose they are and how long", () => {
    const net = new Net(40_000, 40_000);
    const [a, b] = [listening(100), listening(100)];
    const seeder = net.add({ pieces: "all", choker: a.choker });
    const leecher = net.add({ choker: b.choker });
    net.connect(leecher, seeder);
    net.run(15_000);
    expect(a.heard).toEqual(["sent 1 16384", "sent 1 16384", "sent 1 7232"]);
    expect(b.heard).toEqual(["received 0 16384", "received 0 16384", "received 0 7232"]);
  });

  test("knows the new totals of the peer when it is told", () => {
    const net = new Net(32 * KIB, 32 * KIB);
    const totals: number[][] = [];
    const choker: Choker = {
      ...openHanded,
      sent(peer) {
        totals.push([peer.uploaded, peer.downloaded]);
        return false;
      },
    };
    net.connect(net.add(), net.add({ pieces: "all", choker }));
    net.run(15_000);
    expect(totals).toEqual([
      [16_384, 0],
      [32_768, 0],
    ]);
  });

  test("is asked anew when it says so, and not otherwise", () => {
    const net = new Net(256 * KIB, 256 * KIB);
    const { heard, events, choker } = listening(4);
    const seeder = net.add({ pieces: "all", choker, uplink: 64 * KIB });
    net.connect(net.add({ settings: fixed(4) }), seeder);
    net.run(9_900);
    events.length = 0;
    net.run(9_900); // one round, sixteen blocks; and when it is complete it leaves
    expect(heard).toHaveLength(16);
    expect(events.filter((trigger) => trigger === "timer")).toHaveLength(1);
    expect(events.filter((trigger) => trigger === "event").length).toBeGreaterThanOrEqual(4);
    expect(events.filter((trigger) => trigger === "event").length).toBeLessThanOrEqual(6);
  });

  test("may choke a peer for a block, whose requests are dropped then", () => {
    const net = new Net(256 * KIB, 256 * KIB);
    let isOver = false;
    const choker: Choker = {
      choose: ({ candidates }) => (isOver ? [] : candidates.map((peer) => ({ peer }))),
      sent(peer) {
        isOver = peer.uploaded >= 3 * 16_384;
        return isOver;
      },
    };
    const seeder = net.add({ pieces: "all", choker, uplink: 64 * KIB });
    const leecher = net.add({ settings: fixed(8) });
    net.connect(leecher, seeder);
    net.run(30_000);
    expect(seeder.client.uploaded).toBe(3 * 16_384);
    expect(leecher.to(seeder).peerChoking).toBe(true);
    expect(leecher.to(seeder).inFlight).toBe(0);
  });
});
