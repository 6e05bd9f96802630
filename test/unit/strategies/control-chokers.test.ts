import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createChoker } from "../../../src/strategies/create.ts";
import { findChoker } from "../../../src/strategies/registry.ts";
import { neighbours, randomOf, ScriptedClient, stoppedClock } from "../../support/neighbours.ts";

const settings = profiles["mainline-4"];

function scripted(name: string, slots = 4, count = 10, seed = name) {
  const choker = createChoker(builtInStrategies, { name, options: {} }, settings, {
    peer: "dsl/0",
    clock: stoppedClock,
  });
  const client = new ScriptedClient(choker, slots, { random: randomOf(seed) });
  const peers = neighbours(count);
  client.join(peers);
  return { client, peers };
}

describe("none", () => {
  test("unchokes nobody, neither on the timer nor on an event", () => {
    const { client } = scripted("none");
    expect(client.timer()).toEqual([]);
    expect(client.event()).toEqual([]);
  });
});

describe("random", () => {
  test("draws each interested peer equally often", () => {
    const { client, peers } = scripted("random");
    peers[0]!.peerInterested = false;
    const times = new Map<number, number>();
    const rounds = 9_000;
    for (let round = 0; round < rounds; round++) {
      const served = client.timer();
      expect(served.length).toBe(4);
      for (const number of served) times.set(number, (times.get(number) ?? 0) + 1);
    }
    expect(times.has(1)).toBe(false);
    const expected = (rounds * 4) / 9;
    let chiSquare = 0;
    for (const count of times.values()) chiSquare += (count - expected) ** 2 / expected;
    expect(times.size).toBe(9);
    expect(chiSquare).toBeLessThan(26.12); // 8 degrees of freedom, p = 0.001
  });

  test("serves everybody when there are fewer than slots", () => {
    const { client } = scripted("random", 4, 3);
    expect(client.timer()).toEqual([1, 2, 3]);
  });

  test("on an event keeps the others and draws for the free slot alone", () => {
    const { client } = scripted("random");
    client.timer();
    for (let event = 0; event < 20; event++) {
      const [first] = client.unchoked;
      const others = client.unchoked.filter((number) => number !== first);
      client.setInterest(client.neighbours[first! - 1]!, false);
      expect(client.unchoked).toEqual(expect.arrayContaining(others));
      expect(client.unchoked).toHaveLength(4);
      client.setInterest(client.neighbours[first! - 1]!, true);
    }
  });
});

describe("round-robin", () => {
  test("serves the interested peers in turn, one round each", () => {
    const { client, peers } = scripted("round-robin");
    peers[4]!.peerInterested = false;
    expect(client.timer()).toEqual([1, 2, 3, 4]);
    expect(client.timer()).toEqual([6, 7, 8, 9]);
    expect(client.timer()).toEqual([1, 2, 3, 10]);
    peers[4]!.peerInterested = true;
    expect(client.timer()).toEqual([4, 5, 6, 7]);
  });

  test("hands a slot that falls free between two rounds to the next in turn", () => {
    const { client, peers } = scripted("round-robin");
    client.timer();
    client.leave(peers[1]!);
    expect(client.unchoked).toEqual([1, 3, 4, 5]);
    expect(client.timer()).toEqual([6, 7, 8, 9]);
  });

  test("never lets a peer wait for more than a whole turn of the others", () => {
    const { client } = scripted("round-robin", 3, 11);
    const waits = new Map(client.neighbours.map((peer) => [peer.number, 0]));
    for (let round = 0; round < 100; round++) {
      const served = client.timer();
      for (const [number, wait] of waits) waits.set(number, served.includes(number) ? 0 : wait + 1);
      expect(Math.max(...waits.values())).toBeLessThanOrEqual(3); // ceil(11 / 3) - 1
    }
  });
});

describe("fastest-upload", () => {
  test("keeps who took most in the last round, whatever it took before", () => {
    const { client, peers } = scripted("fastest-upload", 2, 4);
    peers[3]!.uploaded = 1_000_000;
    client.timer();
    peers[0]!.uploaded += 100;
    peers[1]!.uploaded += 200;
    peers[2]!.uploaded += 150;
    expect(client.timer()).toEqual([2, 3]);
  });

  test("among those that took nothing serves who has waited longest", () => {
    const { client, peers } = scripted("fastest-upload", 2, 5);
    const rounds: number[][] = [];
    for (let round = 0; round < 6; round++) {
      rounds.push(client.timer());
      peers[0]!.uploaded += 10;
    }
    // 1 keeps taking, and its slot; the other slot goes round.
    expect(rounds.map((served) => served[0])).toEqual([1, 1, 1, 1, 1, 1]);
    expect(rounds.map((served) => served[1])).toEqual([2, 3, 4, 5, 2, 3]);
  });

  test("on an event only fills the slot that fell free", () => {
    const { client, peers } = scripted("fastest-upload", 2, 4);
    client.timer();
    peers[3]!.uploaded += 10;
    client.setInterest(peers[0]!, false);
    expect(client.unchoked).toEqual([2, 4]);
  });
});

describe("every choker that serves leechers", () => {
  const names = [...builtInStrategies.chokers.keys()].filter(hasSlots);

  test.each(names)("%s never unchokes more than its slots", (name) => {
    const random = randomOf(name);
    for (let slots = 0; slots <= 6; slots++) {
      const { client } = scripted(name, slots);
      for (let step = 0; step < 100; step++) {
        for (const peer of client.neighbours) {
          peer.uploaded += Math.floor(random.next() * 100);
          peer.downloadRate = random.next();
        }
        const peer = client.neighbours[Math.floor(random.next() * client.neighbours.length)]!;
        client.setInterest(peer, random.next() < 0.6);
        if (random.next() < 0.5) client.timer();
        const served = client.neighbours.filter((one) => !one.amChoking && one.peerInterested);
        expect(served.length).toBeLessThanOrEqual(slots);
      }
    }
  });
});

/** Whether a choker serves leechers, and knows slots. */
function hasSlots(name: string): boolean {
  const { seederOnly } = findChoker(builtInStrategies, name);
  const choice = { name, options: {} };
  const owner = { peer: "dsl/0", clock: stoppedClock };
  return !seederOnly && !createChoker(builtInStrategies, choice, settings, owner).unlimited;
}
