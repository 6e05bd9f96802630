import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createChoker } from "../../../src/strategies/create.ts";
import { neighbours, randomOf, ScriptedClient, stoppedClock } from "../../support/neighbours.ts";

const settings = profiles["mainline-4"];

function seeder(name: string, slots: number, count = 10) {
  const choker = createChoker(builtInStrategies, { name, options: {} }, settings, {
    peer: "origin/0",
    clock: stoppedClock,
  });
  const client = new ScriptedClient(choker, slots, { isSeeding: true });
  const peers = neighbours(count, (number) => ({ uploadRate: 1000 * number }));
  client.join(peers);
  return { client, peers };
}

/** How many peers each of the rounds took in that had no slot before. */
function newcomers(client: ScriptedClient, rounds: number): number[] {
  return Array.from({ length: rounds }, () => {
    const before = new Set(client.unchoked);
    return client.timer().filter((number) => !before.has(number)).length;
  });
}

describe("new-seed", () => {
  test("fills its slots from the head of its list in the first round", () => {
    const { client } = seeder("new-seed", 4);
    expect(client.timer()).toEqual([1, 2, 3, 4]);
  });

  test("with 4 slots forces 0, 1 and 1 new peers in three rounds", () => {
    const { client } = seeder("new-seed", 4);
    // Rounds 1 to 12; the first fills four empty slots. Round 3, 6, 9, 12 force none.
    expect(newcomers(client, 12)).toEqual([4, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0]);
  });

  test("with 7 slots forces 1 new peer in every round", () => {
    const { client } = seeder("new-seed", 7, 20);
    expect(newcomers(client, 9)).toEqual([7, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  test("keeps the latest unchoked of those that keep asking, whatever their rate", () => {
    const { client, peers } = seeder("new-seed", 4);
    for (const peer of peers) peer.queuedRequests = 5;
    client.timer();
    // Round 2: all four came in together, so the slowest goes, and 5 comes.
    expect(client.timer()).toEqual([2, 3, 4, 5]);
    client.timer();
    for (const peer of peers) peer.uploadRate = 1000 * (20 - peer.number);
    // 2, 3 and 4 came in at round 1 and the slowest of them goes; then 5, that came in at round 2, and so on.
    expect(client.timer()).toEqual([2, 3, 5, 6]);
    expect(client.timer()).toEqual([2, 5, 6, 7]);
    client.timer();
    expect(client.timer()).toEqual([5, 6, 7, 8]);
    expect(client.timer()).toEqual([6, 7, 8, 9]);
  });

  test("lets the slowest go first of those that ask for nothing and have had three rounds", () => {
    const { client, peers } = seeder("new-seed", 4);
    client.timer(); // 1 2 3 4
    client.timer(); // 2 3 4 5
    client.timer();
    client.timer(); // 3 4 5 6
    peers[2]!.uploadRate = 1e6;
    peers[3]!.uploadRate = 1e6;
    peers[4]!.uploadRate = 1;
    peers[5]!.uploadRate = 1;
    // 5 came in at round 2, three rounds ago, 6 at round 4.
    expect(client.timer()).toEqual([3, 4, 6, 7]);
  });

  test("counts what events brought in against what the next round must force", () => {
    const { client, peers } = seeder("new-seed", 4);
    client.timer(); // 1 2 3 4
    client.leave(peers[0]!);
    expect(client.unchoked).toEqual([2, 3, 4, 5]);
    // Round 2 would force one, but one came in since round 1.
    expect(client.timer()).toEqual([2, 3, 4, 5]);
    expect(newcomers(client, 2)).toEqual([0, 1]);
  });

  test("forces nobody in on an event", () => {
    const { client } = seeder("new-seed", 4);
    client.timer();
    client.event();
    client.event();
    expect(client.unchoked).toEqual([1, 2, 3, 4]);
  });

  test("chokes who is not interested, and takes the next from behind the last it unchoked", () => {
    const { client, peers } = seeder("new-seed", 4);
    client.timer();
    client.setInterest(peers[1]!, false);
    expect(client.unchoked).toEqual([1, 3, 4, 5]);
    client.setInterest(peers[1]!, true);
    client.setInterest(peers[2]!, false);
    expect(client.unchoked).toEqual([1, 4, 5, 6]);
  });

  test("serves all alike, whatever their speed", () => {
    const { client, peers } = seeder("new-seed", 4, 12);
    for (const peer of peers) peer.queuedRequests = 5;
    const rounds = new Array<number>(13).fill(0);
    for (let round = 0; round < 600; round++) {
      for (const number of client.timer()) rounds[number] = rounds[number]! + 1;
    }
    const served = rounds.slice(1);
    expect(Math.max(...served) / Math.min(...served)).toBeLessThan(1.1);
  });
});

describe("old-seed", () => {
  test("unchokes the three that take fastest, and the head of its list on trial", () => {
    const { client } = seeder("old-seed", 4);
    expect(client.timer()).toEqual([1, 8, 9, 10]);
    client.timer();
    expect(client.timer()).toEqual([2, 8, 9, 10]);
  });

  test("does not mind that nobody sends to a seeder", () => {
    const { client, peers } = seeder("old-seed", 4);
    for (const peer of peers) peer.isSnubbed = true;
    expect(client.timer()).toEqual([1, 8, 9, 10]);
  });
});

describe("a seed choker", () => {
  test.each(["new-seed", "old-seed"])("%s never unchokes more than its slots", (name) => {
    const random = randomOf(name);
    for (let slots = 0; slots <= 8; slots++) {
      const { client } = seeder(name, slots);
      for (let step = 0; step < 100; step++) {
        for (const peer of client.neighbours) peer.uploadRate = random.next();
        const peer = client.neighbours[Math.floor(random.next() * client.neighbours.length)]!;
        client.setInterest(peer, random.next() < 0.7);
        client.timer();
        const served = client.neighbours.filter((one) => !one.amChoking && one.peerInterested);
        const interested = client.neighbours.filter((one) => one.peerInterested);
        expect(served.length).toBeLessThanOrEqual(slots);
        if (name === "new-seed") expect(served.length).toBe(Math.min(slots, interested.length));
      }
    }
  });

  test.each(["new-seed", "old-seed"])("%s is for seeders only", (name) => {
    expect(builtInStrategies.chokers.get(name)?.seederOnly).toBe(true);
  });
});
