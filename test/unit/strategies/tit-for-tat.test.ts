import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createChoker } from "../../../src/strategies/create.ts";
import type { StrategyOptions } from "../../../src/strategies/registry.ts";
import {
  neighbour,
  neighbours,
  randomOf,
  ScriptedClient,
  stoppedClock,
} from "../../support/neighbours.ts";

const settings = profiles["mainline-4"];

function titForTat(options: StrategyOptions = {}) {
  return createChoker(builtInStrategies, { name: "tit-for-tat", options }, settings, {
    peer: "dsl/0",
    clock: stoppedClock,
  });
}

/** Ten neighbours; number 1 sends least, number 10 most. The list of the choker is 1, 2, … 10. */
function tenNeighbours(slots = 4, options: StrategyOptions = {}) {
  const client = new ScriptedClient(titForTat(options), slots);
  const peers = neighbours(10, (number) => ({ downloadRate: 1000 * number }));
  client.join(peers);
  return { client, peers };
}

describe("tit-for-tat", () => {
  test("unchokes the three that send most, and the head of its list as the optimistic one", () => {
    const { client } = tenNeighbours();
    expect(client.timer()).toEqual([1, 8, 9, 10]);
    expect(client.chosenAs("regular")).toEqual([10, 9, 8]);
    expect(client.chosenAs("optimistic")).toEqual([1]);
  });

  test("moves the optimistic unchoke on at rounds 3, 6, 9 and 12 only", () => {
    const { client } = tenNeighbours();
    const optimistic = Array.from({ length: 12 }, () => {
      client.timer();
      return client.chosenAs("optimistic")[0];
    });
    expect(optimistic).toEqual([1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5]);
  });

  test("does not move it on an event, even after a round in which it moved", () => {
    const { client } = tenNeighbours();
    for (let round = 0; round < 3; round++) client.timer();
    client.event();
    client.event();
    expect(client.chosenAs("optimistic")).toEqual([2]);
  });

  test("passes over who is unchoked or not interested when it moves", () => {
    const { client, peers } = tenNeighbours();
    client.timer();
    client.setInterest(peers[1]!, false);
    client.timer();
    client.timer();
    expect(client.chosenAs("optimistic")).toEqual([3]);
  });

  test("keeps the optimistic peer at the head, so that the next in the list follows when it earns a slot", () => {
    const { client, peers } = tenNeighbours();
    client.timer();
    peers[0]!.downloadRate = 20_000;
    client.timer();
    expect(client.chosenAs("regular")).toEqual([1, 10, 9]);
    expect(client.chosenAs("optimistic")).toEqual([2]);
  });

  test("takes its period from the profile, and an option over it", () => {
    const { client } = tenNeighbours(4, { optimisticRounds: 2 });
    const optimistic = Array.from({ length: 4 }, () => {
      client.timer();
      return client.chosenAs("optimistic")[0];
    });
    expect(optimistic).toEqual([1, 2, 2, 3]);
  });

  test("gives no regular slot to a snubbed peer, and another optimistic unchoke when few are left", () => {
    const { client, peers } = tenNeighbours();
    for (const peer of peers) peer.isSnubbed = true;
    expect(client.timer()).toEqual([1, 2]);
    expect(client.chosenAs("optimistic")).toEqual([1, 2]);
    peers[9]!.isSnubbed = false;
    expect(client.timer()).toEqual([1, 10]);
    peers[8]!.isSnubbed = false;
    expect(client.timer()).toEqual([2, 9, 10]);
  });

  test("unchokes peers that are not interested for free while it looks for the optimistic one", () => {
    const { client, peers } = tenNeighbours();
    peers[0]!.peerInterested = false;
    peers[1]!.peerInterested = false;
    peers[4]!.peerInterested = false;
    expect(client.timer()).toEqual([1, 2, 3, 8, 9, 10]);
  });

  test("decides anew when a freely unchoked peer becomes interested", () => {
    const { client, peers } = tenNeighbours();
    peers[0]!.peerInterested = false;
    client.timer();
    client.setInterest(peers[0]!, true);
    expect(client.unchoked).toEqual([1, 8, 9, 10]);
  });

  test("hands on the slot of a peer that leaves", () => {
    const { client, peers } = tenNeighbours();
    client.timer();
    client.leave(peers[9]!);
    expect(client.unchoked).toEqual([1, 7, 8, 9]);
  });

  test("orders equal rates by its list", () => {
    const client = new ScriptedClient(titForTat(), 4);
    client.join(neighbours(6, () => ({ downloadRate: 5 })));
    expect(client.timer()).toEqual([1, 2, 3, 4]);
  });

  test("never unchokes more interested peers than it has slots", () => {
    const random = randomOf("never more than slots");
    for (let slots = 0; slots <= 8; slots++) {
      const client = new ScriptedClient(titForTat({ minUploads: slots % 5 }), slots);
      client.join(neighbours(10), random);
      for (let round = 0; round < 60; round++) {
        for (const peer of client.neighbours) {
          peer.downloadRate = Math.floor(random.next() * 5);
          peer.isSnubbed = random.next() < 0.3;
          peer.peerInterested = random.next() < 0.5;
        }
        if (random.next() < 0.5) client.timer();
        else client.event();
        const served = client.neighbours.filter((peer) => !peer.amChoking && peer.peerInterested);
        const interested = client.neighbours.filter((peer) => peer.peerInterested);
        expect(served.length).toBeLessThanOrEqual(slots);
        if (slots > 0 && interested.length > 0) expect(served.length).toBeGreaterThan(0);
      }
    }
  });

  test("puts a new peer at the head with probability 3 / (n + 3), anywhere else alike", () => {
    const draws = 100_000;
    const n = 7;
    const random = randomOf("new peers three times as likely");
    const observed = new Array<number>(n + 1).fill(0);
    for (let draw = 0; draw < draws; draw++) {
      // The place in the list shows in the order in which slots - 1 + 1 snubbed peers are tried.
      const choker = titForTat({ minUploads: n + 1 });
      const client = new ScriptedClient(choker, n + 1);
      client.join(neighbours(n, () => ({ isSnubbed: true })));
      client.join([neighbour(99, { isSnubbed: true })], random);
      client.timer();
      const place = client.chosenAs("optimistic").indexOf(99);
      observed[place] = (observed[place] ?? 0) + 1;
    }
    const expected = observed.map((_, place) => (draws * (place === 0 ? 3 : 1)) / (n + 3));
    const chiSquare = observed.reduce(
      (sum, count, place) => sum + (count - expected[place]!) ** 2 / expected[place]!,
      0,
    );
    expect(chiSquare).toBeLessThan(24.32); // 7 degrees of freedom, p = 0.001
  });

  test("is for leechers only", () => {
    expect(builtInStrategies.chokers.get("tit-for-tat")?.leecherOnly).toBe(true);
  });
});
