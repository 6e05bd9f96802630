import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { JarAccount } from "../../../src/strategies/choker/bittyrant-1.1-account.ts";
import { createStrategies } from "../../../src/strategies/create.ts";
import { scripted } from "../../support/built-in.ts";
import { neighbour, stoppedClock } from "../../support/neighbours.ts";

/** Bytes of an allocation for 10 s when nothing is known, and the least. */
const INITIAL = 120_000;
const LEAST = 30_000;

function account(fields: Parameters<typeof neighbour>[1] = {}) {
  const peer = neighbour(1, fields);
  return { peer, jar: new JarAccount(peer, 10) };
}

/** An uplink that carries so many initial allocations in a round. */
function clientOf(shares: number, script: Parameters<typeof scripted>[1] = {}) {
  const all = scripted("bittyrant-1.1", script);
  all.client.uplink = (shares * INITIAL) / 10;
  return all;
}

describe("an account of bittyrant-1.1", () => {
  test("lowers an allocation by 2 %, and raises it by 10 %, from 120000 bytes on", () => {
    const { jar } = account();
    expect(jar.lowered).toBe(0.98 * INITIAL);
    expect(jar.raised).toBe(INITIAL); // the first is not raised
    jar.allocation = 50_001;
    expect(jar.lowered).toBe(49_000);
    expect(jar.raised).toBe(55_001);
  });

  test("loses a third of what it left unused, and nothing for taking more, and stays at 30000 at least", () => {
    const { jar } = account();
    jar.allocation = 100_000;
    jar.unused = 40_000;
    jar.punish();
    expect(jar.allocation).toBe(100_000 - 13_333);
    jar.unused = -5_000;
    jar.punish();
    expect(jar.allocation).toBe(100_000 - 13_333);
    jar.unused = 1e6;
    jar.punish();
    expect(jar.allocation).toBe(LEAST);
  });

  test("looks back a minute, and so over the last five rounds of 10 s", () => {
    const { jar, peer } = account();
    for (let round = 1; round <= 9; round++) {
      peer.uploaded += 1_000 * round;
      peer.downloaded += 10 * round;
      jar.remember(10_000 * round);
    }
    // The round that ended at 30 s is just a minute old, and out of it.
    expect(jar.sentLately).toBe(1_000 * (5 + 6 + 7 + 8 + 9));
    expect(jar.receivedLately).toBe(10 * (5 + 6 + 7 + 8 + 9));
  });

  test("takes a peer for maxed out that gives more than 1.5 kB/s, and less than it gets", () => {
    const { jar, peer } = account();
    jar.remember(0);
    peer.downloaded = 90_000;
    peer.uploaded = 90_001;
    jar.remember(50_000);
    expect(jar.isMaxedOut).toBe(false);
    peer.downloaded = 90_001;
    peer.uploaded = 90_002;
    jar.remember(50_000);
    expect(jar.isMaxedOut).toBe(true);
    peer.uploaded = 90_001;
    jar.remember(50_000);
    expect(jar.isMaxedOut).toBe(false);
  });

  test("scores sent over received; 0.99 until 50 KiB were sent, and 1 for its own kind", () => {
    expect(account({ uploaded: 50 * 1024 - 1, downloaded: 1 }).jar.score).toBe(0.99);
    expect(account({ uploaded: 100_000, downloaded: 400_000 }).jar.score).toBe(0.25);
    expect(account({ uploaded: 100_000 }).jar.score).toBe(Number.POSITIVE_INFINITY);
    expect(account({ mark: "TYRT", uploaded: 1e9 }).jar.score).toBe(1);
  });

  test("owes its own kind 32 KiB a round until 100 kB were sent, and then 1.25 times what it gave", () => {
    const { jar, peer } = account({ mark: "TYRT" });
    expect(jar.owed).toBe(32 * 1024);
    peer.uploaded = 99_999;
    expect(jar.owed).toBe(32 * 1024);
    peer.uploaded = 100_000;
    peer.downloaded = 100_001;
    expect(jar.owed).toBe(25_001);
    peer.downloaded = 80_000;
    expect(jar.owed).toBe(0);
  });

  test("is snubbed when it has not choked us for the snub time and sends nothing", () => {
    const { jar, peer } = account({ isSnubbed: true });
    jar.remember(10_000);
    expect(jar.isSnubbed(90_000, 60_000)).toBe(false); // it chokes us, and owes nothing
    peer.peerChoking = false;
    jar.remember(20_000);
    expect(jar.isSnubbed(70_000, 60_000)).toBe(false);
    expect(jar.isSnubbed(80_000, 60_000)).toBe(true);
    peer.amInterested = false;
    expect(jar.isSnubbed(80_000, 60_000)).toBe(false);
  });
});

describe("bittyrant-1.1", () => {
  test("unchokes until the uplink of the round is given away, and the last a little over it", () => {
    const { client, choker } = clientOf(2.5);
    expect(client.timer()).toEqual([1, 2, 3]);
    expect(choker.unlimited).toBe(true);
  });

  test("begins with who gave most for what it got, and those that are not known yet", () => {
    const { client, peer } = clientOf(1.9, { count: 4 });
    Object.assign(peer(1), { uploaded: 200_000, downloaded: 100_000 }); // 2
    Object.assign(peer(2), { uploaded: 200_000, downloaded: 400_000 }); // 0.5
    Object.assign(peer(3), { uploaded: 10, downloaded: 1 }); // 0.99, as 4
    expect(client.timer()).toEqual([2, 3]);
  });

  test("gives first to who lately gave more, then to who seems maxed out, then to old friends", () => {
    const { client, peer } = clientOf(0, { count: 5 });
    peer(3).downloaded = 3e6; // 3 and 4 gave more than they got, long ago
    peer(3).uploaded = 1e6;
    peer(4).downloaded = 5e6;
    peer(4).uploaded = 1e6;
    client.timer();
    const round = (shares: number) => {
      client.uplink = (shares * INITIAL) / 10;
      peer(1).downloaded += 200_000; // 2 kB/s and more, and less than it gets
      peer(2).downloaded += 400_000;
      for (const number of [1, 2]) client.send(peer(number), 300_000);
      return client.timer();
    };
    expect(round(0.9)).toEqual([2]);
    // An initial allocation, lowered once and twice; the others have none yet.
    expect(round(1.9)).toEqual([1, 2]);
    expect(round(2.8)).toEqual([1, 2, 4]); // 4 scores lower than 3
    expect(round(9)).toEqual([1, 2, 3, 4, 5]);
    expect(client.chosenAs("optimistic")).toEqual([5]);
  });

  test("leaves snubbed peers for the end", () => {
    const { client, peer } = clientOf(0.01, { count: 2 });
    Object.assign(peer(1), { peerChoking: false, isSnubbed: true });
    for (let round = 0; round < 6; round++) expect(client.timer()).toEqual([1]);
    expect(client.timer()).toEqual([2]);
    client.uplink = 1e9;
    expect(client.timer()).toEqual([1, 2]);
  });

  test("trades with its own kind, and chokes one that owes more than a fifth", () => {
    const { client, peer } = clientOf(100, { count: 2, fields: () => ({ mark: "TYRT" }) });
    expect(client.timer()).toEqual([1, 2]);
    for (const number of [1, 2]) peer(number).uploaded = 100_000;
    peer(2).downloaded = 80_001;
    peer(1).downloaded = 79_999;
    expect(client.timer()).toEqual([2]);
  });

  test("chokes seeders and those that are not interested, and between two rounds nobody", () => {
    const { client, peer } = clientOf(100, { count: 3, fields: () => ({}) });
    peer(1).isSeeding = true;
    expect(client.timer()).toEqual([2, 3]);
    peer(2).peerInterested = false;
    expect(client.event()).toEqual([2, 3]);
    expect(client.timer()).toEqual([3]);
    client.leave(peer(3));
    expect(client.unchoked).toEqual([]);
  });

  test("draws whom to serve with the allocations as weights", () => {
    const { client, peer, peers } = clientOf(100, { count: 2 });
    client.timer();
    client.serve([peer(1)], 100);
    peer(1).downloaded += 1;
    // 2 left all of its 120000 unused: a third is gone, and a tenth of the rest comes on top.
    client.timer();
    const counts = [0, 0, 0];
    for (const number of client.serve(peers, 20_000, 1)) counts[number]!++;
    const expected = 132_000 / (132_000 + 88_000);
    expect(counts[1]! / 20_000).toBeGreaterThan(expected - 0.015);
    expect(counts[1]! / 20_000).toBeLessThan(expected + 0.015);
  });

  test("leaves seeding to azureus-seed, whatever the profile, unless the class says otherwise", () => {
    const choices = {
      role: "leecher" as const,
      choker: { name: "bittyrant-1.1", options: {} },
      seedChoker: undefined,
      picker: { name: "rarest-first", options: {} },
      profile: "mainline-4" as const,
      settings: profiles["mainline-4"],
      ownSettings: {},
    };
    const owner = { peer: "dsl/0", clock: stoppedClock };
    const { seedChoker } = createStrategies(builtInStrategies, choices, owner);
    expect(() => seedChoker.choose(undefined as never)).toThrow(/Choker "azureus-seed" of dsl/);
    const own = { ...choices, seedChoker: { name: "random", options: {} } };
    const made = createStrategies(builtInStrategies, own, owner);
    expect(() => made.seedChoker.choose(undefined as never)).toThrow(/Choker "random" of dsl/);
  });
});
