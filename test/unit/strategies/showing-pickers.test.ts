import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createPicker } from "../../../src/strategies/create.ts";
import type { StrategyOptions } from "../../../src/strategies/registry.ts";
import { type FakeNeighbour, neighbours, stoppedClock } from "../../support/neighbours.ts";
import { ShowingClient } from "../../support/shown.ts";

interface Script {
  readonly pieces?: number;
  readonly own?: readonly number[];
  readonly peers?: number;
  readonly options?: StrategyOptions;
}

/** A client with that picker, which has been connected to its peers for 10 s. */
function showing(name: string, { pieces = 8, own, peers: count = 3, options = {} }: Script = {}) {
  const picker = createPicker(builtInStrategies, { name, options }, profiles["mainline-4"], {
    peer: "origin/0",
    clock: stoppedClock,
  });
  const client = new ShowingClient(picker, pieces, own);
  const peers = neighbours(count);
  for (const peer of peers) client.join(peer);
  client.time = 10_000;
  return { client, peers: peers as [FakeNeighbour, FakeNeighbour, FakeNeighbour], picker };
}

const all = [0, 1, 2, 3, 4, 5, 6, 7];

describe.each(["super-seeding", "smartseed", "rarity-withhold"])("%s", (name) => {
  test("starts the rarest pieces itself, and leaves the first ones to the engine", () => {
    const { picker } = showing(name);
    const candidates = {
      next: (from: number) => [2, 5, -1][from > 5 ? 2 : from > 2 ? 1 : 0] ?? -1,
    };
    const choice = {
      candidates,
      pieceCount: 8,
      completed: 4,
      availability: (piece: number) => (piece === 5 ? 1 : 2),
      random: { next: () => 0 },
    };
    expect(picker.pick(choice)).toBe(5);
    expect(picker.ownFirstPieces).toBe(false);
  });

  test("never shows a piece that the peer has", () => {
    const { client } = showing(name, { peers: 0, options: {} });
    const [peer] = neighbours(1) as [FakeNeighbour];
    client.join(peer, [0, 1, 2, 3, 4, 5, 6]);
    expect(client.ask(peer)).toEqual([7]);
  });
});

describe.each(["super-seeding", "smartseed"])("%s", (name) => {
  test("hides nothing while it leeches", () => {
    expect(showing(name).picker.hidesOnlyAsSeeder).toBe(true);
    expect(showing("rarity-withhold").picker.hidesOnlyAsSeeder).toBe(false);
  });
});

describe("super-seeding", () => {
  test("shows a peer its first piece 10 s after it connected", () => {
    const { client, peers } = showing("super-seeding");
    client.time = 9_999;
    expect(client.ask(peers[0])).toEqual([]);
    client.time = 10_000;
    expect(client.ask(peers[0])).toHaveLength(1);
  });

  test("shows different pieces to different peers, as long as there are any", () => {
    const { client, peers } = showing("super-seeding", { peers: 8 });
    const shown = peers.flatMap((peer) => client.ask(peer));
    expect([...shown].sort()).toEqual(all);
  });

  test("shows the next piece when another peer has the first, and not before", () => {
    const { client, peers } = showing("super-seeding");
    const [a, b] = peers;
    const [first = -1] = client.ask(a);
    client.ask(b);
    expect(client.gain(a, first)).toEqual([]);
    client.time = 100_000;
    expect(client.ask(a)).toEqual([]);
    client.gain(b, first);
    expect(client.ask(a)).toHaveLength(1);
    expect(client.ask(a)).toEqual([]);
  });

  test("shows no other piece while a peer lacks the one that it was shown", () => {
    const { client, peers } = showing("super-seeding");
    const [a, b, c] = peers;
    const [first = -1] = client.ask(a);
    client.gain(b, first);
    client.gain(c, first);
    expect(client.ask(a)).toEqual([]);
  });

  test("shows what has the fewest copies, and what was shown to another counts as one", () => {
    const { client, peers } = showing("super-seeding", { pieces: 4, peers: 1 });
    const [b, c] = neighbours(2) as [FakeNeighbour, FakeNeighbour];
    client.join(b, [0, 1]);
    client.join(c, [0]);
    const [first = -1] = client.ask(peers[0]);
    expect([2, 3]).toContain(first);
    expect(client.ask(b)).toEqual([5 - first]);
    expect([1, 2, 3]).toContain(client.ask(c)[0]); // one copy of each
  });

  test("promises the piece of a peer that left to another", () => {
    const { client, peers } = showing("super-seeding", { pieces: 2 });
    const [a, b, c] = peers;
    const [first = -1] = client.ask(a);
    const [second = -1] = client.ask(b);
    expect(second).toBe(1 - first);
    client.leave(a);
    expect(client.ask(c)).toEqual([first]);
  });

  test("waits for nobody where there is nobody else", () => {
    const { client, peers } = showing("super-seeding", { peers: 1 });
    const [first = -1] = client.ask(peers[0]);
    expect(client.gain(peers[0], first)).toHaveLength(1);
  });

  test("loses patience with a peer that nobody can take its piece from", () => {
    const { client, peers } = showing("super-seeding", { options: { patience: 60 } });
    const [a, b] = peers;
    client.ask(b);
    const [first = -1] = client.ask(a);
    client.time = 69_999;
    expect(client.gain(a, first)).toEqual([]);
    client.time = 70_000;
    expect(client.ask(a)).toHaveLength(1);
  });

  test("never loses patience with a peer that does not take its piece", () => {
    const { client, peers } = showing("super-seeding", { options: { patience: 60 } });
    client.ask(peers[0]);
    client.time = 1e9;
    expect(client.ask(peers[0])).toEqual([]);
  });
});

describe("smartseed", () => {
  test("shows a peer in a slot two pieces ahead, and one that waits for a slot one", () => {
    const { client, peers } = showing("smartseed");
    const [a, b] = peers;
    a.amChoking = false;
    const shown = client.ask(a);
    expect(shown).toHaveLength(2);
    expect(client.ask(b)).toHaveLength(1);
    expect(client.gain(a, shown[0] ?? -1)).toHaveLength(1);
    b.amChoking = false;
    expect(client.ask(b)).toHaveLength(1);
  });

  test("does not wait until another peer has what it showed", () => {
    const { client, peers } = showing("smartseed", { options: { ahead: 1 } });
    const [a] = peers;
    a.amChoking = false;
    const seen = new Set<number>();
    let [piece = -1] = client.ask(a);
    while (piece >= 0) {
      seen.add(piece);
      [piece = -1] = client.gain(a, piece);
    }
    expect([...seen].sort()).toEqual(all);
  });

  test("serves every piece once before any twice", () => {
    const { client, peers } = showing("smartseed", { peers: 2, options: { ahead: 1 } });
    const [a, b] = peers;
    for (const peer of [a, b]) peer.amChoking = false;
    const order: number[] = [];
    let next = [client.ask(a)[0] ?? -1, client.ask(b)[0] ?? -1];
    for (let step = 0; step < 4; step++) {
      order.push(...next);
      next = [client.gain(a, next[0] ?? -1)[0] ?? -1, client.gain(b, next[1] ?? -1)[0] ?? -1];
    }
    expect([...order].sort()).toEqual(all);
    expect(next).not.toContain(-1); // what the other one was served, for the second time
  });

  test("would rather serve what waits for a slot elsewhere than what is being served", () => {
    const { client, peers } = showing("smartseed", { pieces: 3, options: { ahead: 1 } });
    const [a, b, c] = peers;
    a.amChoking = false;
    const [served = -1] = client.ask(a);
    const [waiting = -1] = client.ask(b);
    const [third = -1] = client.ask(c);
    c.amChoking = false;
    expect(new Set([served, waiting, third]).size).toBe(3);
    expect(client.gain(c, third)).toEqual([waiting]);
  });

  test("forgets what a peer that left was to be served", () => {
    const { client, peers } = showing("smartseed", { pieces: 2, options: { ahead: 1 } });
    const [a, b, c] = peers;
    const [first = -1] = client.ask(a);
    client.ask(b);
    client.leave(a);
    expect(client.ask(c)).toEqual([first]);
  });
});

describe("rarity-withhold", () => {
  test("tells each peer of one piece that it lacks, the commonest", () => {
    const { client, peers } = showing("rarity-withhold", { pieces: 4, own: [0, 1, 2] });
    const [a, b, c] = peers;
    client.gain(b, 1);
    client.gain(c, 1);
    client.gain(c, 2);
    expect(client.ask(a)).toEqual([1]);
    expect(client.ask(a)).toEqual([]);
  });

  test("tells of the next when the peer has the last, wherever it got it", () => {
    const { client, peers } = showing("rarity-withhold", { own: [3, 5] });
    const [first = -1] = client.ask(peers[0]);
    const second = client.gain(peers[0], first);
    expect(second).toEqual([first === 3 ? 5 : 3]);
    expect(client.gain(peers[0], second[0] ?? -1)).toEqual([]);
  });

  test("goes on with it when it is complete", () => {
    const { client, peers } = showing("rarity-withhold");
    expect(client.ask(peers[0])).toHaveLength(1);
  });

  test("tells of more than one ahead as an option", () => {
    const { client, peers } = showing("rarity-withhold", { options: { ahead: 3 } });
    expect(client.ask(peers[0])).toHaveLength(3);
  });
});
