import { describe, expect, test } from "@jest/globals";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createChoker } from "../../../src/strategies/create.ts";
import {
  type FakeNeighbour,
  fixedRandom,
  neighbours,
  randomOf,
  ScriptedClient,
  stoppedClock,
} from "../../support/neighbours.ts";

const settings = profiles["azureus-2.5"];

function clientOf(
  name: string,
  slots: number,
  peers: readonly FakeNeighbour[],
  random = randomOf(1),
) {
  const owner = { peer: "crowd/0", clock: stoppedClock };
  const choker = createChoker(builtInStrategies, { name, options: {} }, settings, owner);
  const client = new ScriptedClient(choker, slots, { isSeeding: name === "azureus-seed", random });
  client.join(peers);
  return client;
}

describe("Azureus as a leecher", () => {
  test("gives all but one of four slots to those that send fastest", () => {
    const peers = neighbours(8, (number) => ({ downloadRate: 1000 * number }));
    const client = clientOf("azureus", 4, peers);
    client.timer();
    expect(client.chosenAs("regular").sort()).toEqual([6, 7, 8]);
    expect(client.chosenAs("optimistic")).toHaveLength(1);
  });

  test.each([
    [4, 1],
    [10, 1],
    [11, 2],
    [21, 3],
  ])("keeps of %i slots %i for optimistic unchokes", (slots, optimistic) => {
    const client = clientOf(
      "azureus",
      slots,
      neighbours(40, () => ({ downloadRate: 5000 })),
    );
    client.timer();
    expect(client.chosenAs("optimistic")).toHaveLength(optimistic);
  });

  test("fills slots that nobody earned with further peers on trial, and snubs who does not send", () => {
    const peers = neighbours(8, (number) => ({
      downloadRate: number === 1 ? 9000 : 0,
      isSnubbed: number > 1,
    }));
    const client = clientOf("azureus", 4, peers);
    client.timer();
    expect(client.chosenAs("regular")).toEqual([1]);
    expect(client.chosenAs("optimistic")).toHaveLength(3);
  });

  test("keeps its optimistic unchokes for 30 s", () => {
    const peers = neighbours(30, (number) => ({ downloadRate: number <= 3 ? 9000 : 0 }));
    const client = clientOf("azureus", 4, peers);
    const seen: string[] = [];
    for (let round = 0; round < 9; round++) {
      client.timer();
      seen.push(client.chosenAs("optimistic").join());
    }
    // Drawn in the rounds 3, 6, 9: rounds 3 to 5 and 6 to 8 are alike.
    expect(new Set(seen.slice(2, 5)).size).toBe(1);
    expect(new Set(seen.slice(5, 8)).size).toBe(1);
    expect(new Set(seen).size).toBeGreaterThan(2);
  });

  test("tries with a given chance who gave most for what it got: place floor(n / (0.8 + 0.2 / U))", () => {
    // sent - received descending: peer 10 first, peer 1, which gave most, last
    const peers = neighbours(10, (number) => ({ uploaded: 1000 * number, downloadRate: 0 }));
    for (const [draw, place] of [
      [0.05, 2],
      [0.5, 8],
      [0.9, 9],
      [0.999, 9],
    ] as const) {
      const client = clientOf("azureus", 1, peers, fixedRandom(draw));
      client.timer();
      expect(client.chosenAs("optimistic")).toEqual([10 - place]);
      for (const peer of peers) peer.amChoking = true;
    }
  });
});

describe("Azureus as a seeder", () => {
  test("decides every 30 s, and keeps those that take fast and got little", () => {
    const peers = neighbours(4, (number) => ({
      amChoking: false,
      uploadRate: 1000 * number,
      uploaded: number === 4 ? 9e6 : 1e6 + number,
    }));
    const client = clientOf("azureus-seed", 4, peers);
    expect(client.timer()).toEqual([1, 2, 3, 4]);
    expect(client.timer()).toEqual([1, 2, 3, 4]);
    // Ranks by rate 3, 2, 1, 0 and by total 0, 1, 2, 3 are even: all have 3, and the lower number goes first.
    client.timer();
    expect(client.unchoked).toEqual([1, 2, 3]);
  });

  test("drops who takes no more than 256 bytes per second", () => {
    const peers = neighbours(8, (number) => ({
      amChoking: number > 4,
      uploadRate: number === 2 ? 256 : 5000 + number,
      uploaded: 1000,
    }));
    const client = clientOf("azureus-seed", 4, peers);
    client.timer();
    client.timer();
    expect(client.unchoked).toEqual([1, 2, 3, 4]);
    client.timer();
    expect(client.unchoked).not.toContain(2);
    expect(client.unchoked).toHaveLength(4);
  });

  test.each([
    [4, 1],
    [6, 2],
    [11, 3],
  ])("gives of %i slots %i to peers that are drawn", (slots, drawn) => {
    const peers = neighbours(40, (number) => ({
      amChoking: number > slots,
      uploadRate: 5000,
      uploaded: 1000,
    }));
    const client = clientOf("azureus-seed", slots, peers);
    for (let round = 0; round < 3; round++) client.timer();
    const kept = client.unchoked.filter((number) => number <= slots);
    expect(client.unchoked).toHaveLength(slots);
    expect(kept).toHaveLength(slots - drawn);
  });

  test("fills a slot that fell free between two decisions at once", () => {
    const peers = neighbours(9);
    const client = clientOf("azureus-seed", 4, peers);
    expect(client.timer()).toHaveLength(4);
    const [first, ...others] = client.unchoked;
    client.leave(peers.find((peer) => peer.number === first) as FakeNeighbour);
    expect(client.unchoked).toHaveLength(4);
    expect(client.unchoked).toEqual(expect.arrayContaining(others));
  });
});
